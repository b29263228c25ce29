// What reaches a principal: all that it knows of the world arrives as one of these, at the moment
// at which it may know it. There is no other way in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agents/deal/term_sheet.h"

namespace oneup::mind {

// A principal's place among the scenario's principals; kNobody for none.
using Who = int;
inline constexpr Who kNobody = -1;
// The hub is the first of every roll (agents/people/cast.cc).
inline constexpr Who kHub = 0;

enum class SignalKind : uint8_t {
  // One's own clock: once a day.
  kDay,
  // Public.
  kAnnouncement,      // about, and the hub, announce a deal: sheet, headline
  kPublicRefusal,     // from doubts the hub in public
  kLeak,              // a report that about is being replaced by from
  kRumour,            // a report that the hub and about are in talks
  kDenial,            // the hub denies a leak about about
  kDoubt,             // a sceptic's word on the whole field
  kWaiver,            // from lets the hub go to others
  kCounterProgramme,  // from unveils something of its own
  kDerogation,        // from mocks a term that about has conceded
  kSurge,             // about's stock has had an unusual day: return
  kStage,             // a stage will be, or is, to be had: stage
  // Private: messages to oneself.
  kApproach,   // from wants to talk: ask
  kCourtship,  // from takes trouble over one: a visit, a keynote
  kOffer,      // sheet
  kAccept,     // of one's own last offer
  kRefuse,     // from will not talk
  kPause,      // from sees no progress
  kReopen,     // from calls: let us go on
  kDecommit,   // from leaves an agreement and pays for it
  kTip,        // for the press: that about is being replaced by other
  kLeaseCuts,  // for analysts: what can be seen of from's sites
};
inline constexpr int kSignalKinds = static_cast<int>(SignalKind::kLeaseCuts) + 1;
// "announcement"
const char* NameOf(SignalKind kind);
// What begins the id of what emerges: "deal" of an announcement, else the name: "public_refusal".
std::string StemOf(SignalKind kind);
// Whether it happens in public: all hear of it at once.
bool IsPublic(SignalKind kind);
// Whether the id of an event matches a pattern with at most one '*', at its end.
bool Matches(std::string_view pattern, std::string_view id);

struct Signal {
  SignalKind kind = SignalKind::kDay;
  Who from = kNobody;   // who speaks or acts
  Who about = kNobody;  // whom it concerns
  Who other = kNobody;  // a third, see the kinds
  deal::TermSheet sheet;
  deal::Table table;  // what from would put on the table
  // Billion USD: of an announcement the headline, of an approach the sum asked for.
  double usd_bn = 0;
  double years = 0;     // over which the sum asked for is spent
  double share = 0;     // of a surge: the abnormal return; of a stage: its glamour
  bool now = false;     // of a stage: it can be had from now on
  uint64_t record = 0;  // of the thing itself in the trace, 0 without one
};

}  // namespace oneup::mind
