#include "sims/report/terminal_table.h"

#include <algorithm>

namespace oneup::sims {
namespace {

constexpr std::string_view kGap = "  ";

std::string Rule(const std::vector<int>& widths, const TerminalStyle& style) {
  std::string rule;
  for (size_t c = 0; c < widths.size(); ++c) {
    if (c > 0) rule.append(kGap);
    for (int i = 0; i < widths[c]; ++i) rule.append(style.unicode ? "─" : "-");
  }
  return Paint(style, Color::kDim, rule) + "\n";
}

// Columns from c on that share its group: the position after the last of them.
size_t GroupEnd(const std::vector<TableColumn>& columns, size_t c) {
  size_t end = c + 1;
  while (end < columns.size() && !columns[c].group.empty() &&
         columns[end].group == columns[c].group) {
    ++end;
  }
  return end;
}

int WidthOf(const std::vector<int>& widths, size_t begin, size_t end) {
  int width = static_cast<int>(kGap.size() * (end - begin - 1));
  for (size_t c = begin; c < end; ++c) width += widths[c];
  return width;
}

// A group's last column makes room for its heading.
void WidenForGroups(const std::vector<TableColumn>& columns, std::vector<int>& widths) {
  for (size_t c = 0; c < columns.size(); c = GroupEnd(columns, c)) {
    const size_t end = GroupEnd(columns, c);
    widths[end - 1] += std::max(0, DisplayWidth(columns[c].group) - WidthOf(widths, c, end));
  }
}

std::string GroupLine(const std::vector<TableColumn>& columns, const std::vector<int>& widths) {
  std::string line;
  for (size_t c = 0; c < columns.size(); c = GroupEnd(columns, c)) {
    if (c > 0) line.append(kGap);
    line.append(Pad(columns[c].group, WidthOf(widths, c, GroupEnd(columns, c)), Align::kRight));
  }
  return line;
}

void TrimEnd(std::string& line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
}

}  // namespace

std::string RenderTable(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows,
                        const TerminalStyle& style) {
  const auto cell = [](const TableRow& row, size_t c) {
    return c < row.cells.size() ? std::string_view(row.cells[c]) : std::string_view();
  };
  std::vector<int> widths;
  for (size_t c = 0; c < columns.size(); ++c) {
    int width = DisplayWidth(columns[c].header);
    for (const TableRow& row : rows) width = std::max(width, DisplayWidth(cell(row, c)));
    widths.push_back(width);
  }
  WidenForGroups(columns, widths);
  std::string table;
  std::string line = GroupLine(columns, widths);
  TrimEnd(line);
  if (!line.empty()) table.append(Paint(style, Color::kBold, line)).append("\n");
  line.clear();
  for (size_t c = 0; c < columns.size(); ++c) {
    if (c > 0) line.append(kGap);
    line.append(Pad(columns[c].header, widths[c], columns[c].align));
  }
  TrimEnd(line);
  table.append(Paint(style, Color::kBold, line)).append("\n");
  table.append(Rule(widths, style));
  for (const TableRow& row : rows) {
    if (row.rule_above) table.append(Rule(widths, style));
    line.clear();
    for (size_t c = 0; c < columns.size(); ++c) {
      if (c > 0) line.append(kGap);
      line.append(Pad(cell(row, c), widths[c], columns[c].align));
    }
    TrimEnd(line);
    table.append(line).append("\n");
  }
  return table;
}

}  // namespace oneup::sims
