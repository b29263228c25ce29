// States that a rule's condition asks for, to put together in a table of cases.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "tests/agents/mind/people.h"

namespace oneup::mind {

using Setting = std::function<void(Self&, Signal&)>;

struct Case {
  const char* id;
  Who who;
  // What makes the condition hold, on a fresh mind and a signal of the rule's kind.
  Setting given;
  double mean_days;  // until it acts, 0 for at once
  std::string deeds;
  // Each of these on top of `given`, and the rule must not act.
  std::vector<Setting> unless = {};
  // What it changes without a deed.
  std::function<bool(const Self&)> after = [](const Self&) { return true; };
};

// ---- Settings ----
inline Setting All(std::vector<Setting> settings) {
  return [settings](Self& me, Signal& signal) {
    for (const Setting& setting : settings) setting(me, signal);
  };
}
inline Setting Fomo(double level) {
  return [level](Self& me, Signal&) { me.mind.AddFomo(level - me.mind.fomo()); };
}
inline Setting Face(double level) {
  return [level](Self& me, Signal&) { me.mind.AddFace(level - me.mind.face()); };
}
inline Setting About(Who whom, double usd_bn = 0) {
  return [=](Self& me, Signal& signal) {
    signal.about = whom;
    signal.usd_bn = usd_bn;
    me.known.record_usd_bn = std::max(me.known.record_usd_bn, usd_bn);
  };
}
inline Setting From(Who whom) {
  return [whom](Self&, Signal& signal) { signal.from = whom; };
}
inline Setting Regards(Who whom, double weight) {
  return [=](Self& me, Signal&) { me.regards[static_cast<size_t>(whom)] = weight; };
}
inline Setting Record(double usd_bn) {
  return [usd_bn](Self& me, Signal&) { me.known.record_usd_bn = usd_bn; };
}
// The thread with another has been in a stage for so many days.
inline Setting Talks(Who with, Stage stage, int days = 0, double elapsed = 0) {
  return [=](Self& me, Signal&) {
    Thread& thread = me.threads[static_cast<size_t>(with)];
    thread.stage = stage;
    thread.since = me.now - Duration::Days(days);
    thread.elapsed = elapsed;
  };
}
inline Setting Offered(double margin) {
  return [margin](Self& me, Signal&) {
    me.threads[kHub].heard = true;
    me.threads[kHub].margin = margin;
  };
}
inline Setting Word(deal::Issue issue, double hold) {
  return [=](Self& me, Signal&) { me.mind.Take({issue, 0, hold}); };
}
inline Setting Unlocked(deal::Issue issue) {
  return [issue](Self& me, Signal&) { me.unlocked[deal::IndexOf(issue)] = true; };
}
inline Setting Sheet(deal::Issue issue, double value) {
  return [=](Self&, Signal& signal) { signal.sheet.Set(issue, value); };
}
inline Setting Credible(double level) {
  return [level](Self& me, Signal&) { me.credibility = level; };
}
inline Setting Countered(int times, int days_ago) {
  return [=](Self& me, Signal&) {
    me.countered = times;
    me.countered_at = me.now - Duration::Days(days_ago);
  };
}
inline Setting Ask(double usd_bn, double years) {
  return [=](Self&, Signal& ask) {
    ask.from = kHub;
    ask.usd_bn = usd_bn;
    ask.years = years;
  };
}
inline Setting Courted(Who other) {
  return [other](Self& me, Signal&) { me.threads[static_cast<size_t>(other)].courted = true; };
}

inline bool NearTo(double a, double b) { return a - b < 1e-12 && b - a < 1e-12; }

}  // namespace oneup::mind
