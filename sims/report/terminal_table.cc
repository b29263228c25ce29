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
  std::string table;
  std::string line;
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
