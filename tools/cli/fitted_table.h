// Tables that may be wider than the terminal: the first columns are repeated, the others go into as
// few tables as the width allows.
#pragma once

#include <string>
#include <vector>

#include "sims/report/terminal_table.h"

namespace oneup::cli {

// The first `keys` columns are repeated. Columns of one group stay together. Every row has a cell a
// column. Tables are parted by an empty line; a group that is too wide by itself is not broken.
std::string RenderFitted(const std::vector<sims::TableColumn>& columns,
                         const std::vector<std::vector<std::string>>& rows,
                         const sims::TerminalStyle& style, size_t keys = 1);

}  // namespace oneup::cli
