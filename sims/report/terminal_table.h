// Tables in the terminal: columns as wide as their widest cell, aligned by what
// people see, not by bytes.
//
//   std::cout << RenderTable({{"event"}, {"recorded", Align::kRight}}, rows, style);
#pragma once

#include <string>
#include <vector>

#include "sims/report/terminal.h"

namespace oneup::sims {

struct TableColumn {
  std::string header = {};
  Align align = Align::kLeft;
  // Neighbours of one group share a heading above their own; empty for none.
  std::string group = {};
};

struct TableRow {
  std::vector<std::string> cells = {};  // may carry colour (Paint); missing ones are empty
  bool rule_above = false;              // a line before it, as before a total
};

// Headings of groups if there are any, header, rule, rows; each line ends with '\n' and has no
// blanks at its end.
std::string RenderTable(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows,
                        const TerminalStyle& style);

}  // namespace oneup::sims
