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

// The first column and those from begin to end - 1.
std::string Part(const std::vector<sims::TableColumn>& columns,
                 const std::vector<std::vector<std::string>>& rows, size_t begin, size_t end,
                 const sims::TerminalStyle& style) {
  std::vector<sims::TableColumn> chosen = {columns.front()};
  for (size_t c = begin; c < end; ++c) chosen.push_back(columns[c]);
  std::vector<sims::TableRow> cells;
  for (const std::vector<std::string>& row : rows) {
    sims::TableRow& part = cells.emplace_back();
    part.cells.push_back(row.front());
    for (size_t c = begin; c < end; ++c) part.cells.push_back(row[c]);
  }
  return sims::RenderTable(chosen, cells, style);
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
                         const sims::TerminalStyle& style) {
  std::string text;
  for (size_t begin = 1; begin < columns.size();) {
    size_t end = EndOfGroup(columns, begin);
    std::string table = Part(columns, rows, begin, end, style);
    while (end < columns.size()) {
      const size_t next = EndOfGroup(columns, end);
      std::string wider = Part(columns, rows, begin, next, style);
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
