#include "agents/mind/signal.h"

#include <algorithm>

namespace oneup::mind {

const char* NameOf(SignalKind kind) {
  switch (kind) {
    case SignalKind::kDay:
      return "day";
    case SignalKind::kAnnouncement:
      return "announcement";
    case SignalKind::kPublicRefusal:
      return "public refusal";
    case SignalKind::kLeak:
      return "leak";
    case SignalKind::kRumour:
      return "rumour";
    case SignalKind::kDenial:
      return "denial";
    case SignalKind::kDoubt:
      return "doubt";
    case SignalKind::kWaiver:
      return "waiver";
    case SignalKind::kCounterProgramme:
      return "counter-programme";
    case SignalKind::kDerogation:
      return "derogation";
    case SignalKind::kSurge:
      return "surge";
    case SignalKind::kStage:
      return "stage";
    case SignalKind::kApproach:
      return "approach";
    case SignalKind::kCourtship:
      return "courtship";
    case SignalKind::kOffer:
      return "offer";
    case SignalKind::kAccept:
      return "acceptance";
    case SignalKind::kRefuse:
      return "refusal";
    case SignalKind::kPause:
      return "pause";
    case SignalKind::kReopen:
      return "call";
    case SignalKind::kDecommit:
      return "decommitment";
    case SignalKind::kTip:
      return "tip";
    case SignalKind::kLeaseCuts:
      return "lease cuts";
  }
  return "";
}

std::string StemOf(SignalKind kind) {
  std::string stem = kind == SignalKind::kAnnouncement ? "deal" : NameOf(kind);
  std::ranges::replace_if(
      stem, [](char c) { return c == ' ' || c == '-'; }, '_');
  return stem;
}

bool IsPublic(SignalKind kind) {
  return kind >= SignalKind::kAnnouncement && kind <= SignalKind::kDerogation;
}

bool Matches(std::string_view pattern, std::string_view id) {
  if (!pattern.ends_with('*')) return pattern == id;
  return id.starts_with(pattern.substr(0, pattern.size() - 1));
}

}  // namespace oneup::mind
