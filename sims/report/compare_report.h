// The page of a comparison: outcomes with their intervals, each stock's path in both worlds, the
// network of promises before and after, and why deals came out otherwise. Plain data in, one HTML
// file without scripts out; the charts are drawings within it.
#pragma once

#include <string>
#include <vector>

#include "sims/report/band_chart.h"

namespace oneup::sims {

struct CompareReportRow {
  std::string outcome;
  // As people read them: "12.3 bn".
  std::string baseline;
  std::string changed;
  std::string difference;
  std::string student;
  std::string bootstrap;
  std::string p;
  std::string p_holm;
  std::string pairing;
};

// All vectors of one length. Prices are relative to the first close.
struct CompareReportPath {
  std::string ticker;
  std::vector<std::string> dates;  // "2025-09-10", ascending
  BandValues baseline;
  BandValues changed;
  BandValues difference;
};

struct CompareReportNetwork {
  std::string caption;
  std::string svg;          // a whole SVG file
  std::string description;  // for those who cannot see it
};

// A deal that came out otherwise, and the lines that lead to it.
struct CompareReportDeal {
  std::string heading;
  std::vector<std::string> outcomes;
  std::vector<std::string> chain;
};

struct CompareReportData {
  std::string scenario;
  std::string what_if;
  std::string description;
  std::vector<std::string> interventions;  // lines of the grammar
  std::string runs;                        // "200 pairs of runs from seed 2025"
  std::vector<CompareReportRow> rows;
  std::vector<std::string> same;  // outcomes that are equal in every pair
  int path_pairs = 0;
  std::vector<CompareReportPath> paths;
  std::vector<CompareReportNetwork> networks;
  std::string explained;  // which pair the following is of; empty: nothing is explained
  std::vector<CompareReportDeal> deals;
  std::vector<std::vector<std::string>> carriers;  // outcome, rules, value, standard error
  std::string command;                             // makes this page again
  std::string version;
};

std::string RenderCompareReport(const CompareReportData& data);

}  // namespace oneup::sims
