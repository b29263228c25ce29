#include "tools/cli/fitted_table.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace oneup::cli {
namespace {

int WidthOf(const std::string& table) {
  int width = 0;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    width = std::max(width, sims::DisplayWidth(line));
  }
  return width;
}

// The first `keys` of a row's values, and those from begin to end - 1.
template <typename T>
std::vector<T> Chosen(const std::vector<T>& all, size_t keys, size_t begin, size_t end) {
  std::vector<T> chosen(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(keys));
  for (size_t c = begin; c < end; ++c) chosen.push_back(all[c]);
  return chosen;
}

// The first column after `begin` that is not of its group.
size_t EndOfGroup(const std::vector<sims::TableColumn>& columns, size_t begin) {
  size_t end = begin + 1;
  while (end < columns.size() && !columns[end].group.empty() &&
         columns[end].group == columns[begin].group) {
    ++end;
  }
  return end;
}

}  // namespace

std::string RenderFitted(const std::vector<sims::TableColumn>& columns,
                         const std::vector<std::vector<std::string>>& rows,
                         const sims::TerminalStyle& style, size_t keys) {
  const auto part = [&](size_t begin, size_t end) {
    std::vector<sims::TableRow> cells;
    for (const std::vector<std::string>& row : rows) {
      cells.push_back({.cells = Chosen(row, keys, begin, end)});
    }
    return sims::RenderTable(Chosen(columns, keys, begin, end), cells, style);
  };
  std::string text;
  for (size_t begin = keys; begin < columns.size();) {
    size_t end = EndOfGroup(columns, begin);
    std::string table = part(begin, end);
    while (end < columns.size()) {
      const size_t next = EndOfGroup(columns, end);
      std::string wider = part(begin, next);
      if (WidthOf(wider) > style.width) break;
      table = std::move(wider);
      end = next;
    }
    text += (text.empty() ? "" : "\n") + table;
    begin = end;
  }
  return text;
}

}  // namespace oneup::cli
