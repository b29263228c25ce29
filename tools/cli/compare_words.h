// How a comparison's figures and records are written, in the terminal and on the page.
#pragma once

#include <string>
#include <vector>

#include "oneup/v1/trace.pb.h"
#include "sims/compare/carriers.h"
#include "sims/compare/comparison.h"
#include "sims/compare/explanation.h"

namespace oneup::cli {

// Shares and returns in percent, all else with three digits or so; "-" for what does not exist.
std::string Figure(double value, const std::string& unit, bool sign);
// "[+1.2, +3.4]"
std::string Range(double low, double high, const std::string& unit);
// "0.012", "<.001"
std::string Probability(double p);
// Nothing for a fraction, which is written in percent.
std::string UnitOf(const std::string& unit);
// "3.4 x": how many times more runs independent seeds would need.
std::string Pairing(const sims::Effect& effect);

// Adds an outcome that is the same in every pair, unless it is part of one before it: deal.son.gw
// after deal.son.
void AddSame(const std::string& metric, std::vector<std::string>* same);
// A record of an explanation, on one line.
std::string RecordLine(const v1::Record& record);
// "deal_nvidia: only in the baseline"
std::string HeadingOf(const sims::ChangedDeal& deal);
// One line a link: how, in which world, what.
std::vector<std::string> ChainLines(const sims::ChangedDeal& deal);
// Rows of outcome, rules, value, standard error.
std::vector<std::vector<std::string>> CarrierRows(const sims::Carriers& carriers);

}  // namespace oneup::cli
