#include "agents/people/press_release.h"

#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "agents/talks/worth.h"

namespace oneup::people {
namespace {

using deal::Issue;
using mind::Signal;
using mind::SignalKind;

// "350 billion dollars", "7 trillion dollars"
std::string Money(double usd_bn) {
  if (usd_bn >= 1000) return absl::StrCat(std::round(usd_bn / 100) / 10, " trillion dollars");
  return absl::StrCat(usd_bn >= 10 ? std::round(usd_bn) : usd_bn, " billion dollars");
}

std::string DealHeadline(const Signal& deal, const Names& names, bool invests) {
  const Names::Name& supplier = names.Of(deal.about);
  const deal::TermSheet& sheet = deal.sheet;
  std::string text =
      absl::StrCat(supplier.person, " and ", names.Of(deal.from).person, " announce ");
  absl::StrAppend(&text, sheet.Value(Issue::kCapacity), " GW for ", Money(sheet.ContractUsdBn()));
  if (sheet.Value(Issue::kHeadline) > 1) {
    absl::StrAppend(&text, ", with a headline of ", Money(sheet.HeadlineUsdBn()));
  }
  const char* const kStages[] = {"in a press release", "at the supplier's headquarters",
                                 "together on one stage", "at the White House"};
  absl::StrAppend(&text, ", ", kStages[sheet.place[deal::IndexOf(Issue::kStage)]]);
  if (const double equity = sheet.Value(Issue::kEquity); equity > 0) {
    absl::StrAppend(&text, "; ", supplier.company, invests ? " puts in " : " invests up to ",
                    Money(equity));
  }
  if (const double warrants = sheet.Value(Issue::kWarrants); warrants > 0) {
    absl::StrAppend(&text, "; it gives warrants on ", warrants, " % of itself");
  }
  if (const double guarantee = sheet.Value(Issue::kGuarantee); guarantee > 0) {
    absl::StrAppend(&text, "; it guarantees loans of ", Money(guarantee));
  }
  return text + ".";
}

void Expose(v1::Event& event, const std::string& ticker, v1::ExposureRole role) {
  if (ticker.empty()) return;
  v1::Exposure* exposure = event.mutable_announcement()->add_exposures();
  exposure->set_company(ticker);
  exposure->set_role(role);
}

void Deal(v1::Event& event, const Signal& deal, const Names& names, bool invests) {
  const Names::Name& supplier = names.Of(deal.about);
  event.set_kind(v1::EVENT_KIND_ANNOUNCEMENT);
  event.set_headline(DealHeadline(deal, names, invests));
  *event.mutable_terms() = deal::ToTerms(deal.sheet);
  // A venture's funder sells nothing to the hub: its sum is a plan, no commitment to buy.
  if (!invests) event.set_committed_by(names.Of(deal.from).organisation);
  event.mutable_announcement();
  Expose(event, supplier.ticker, invests ? v1::EXPOSURE_ROLE_FUNDER : v1::EXPOSURE_ROLE_SUPPLIER);
  if (!invests || event.announcement().exposures().empty()) return;
  v1::Exposure& exposure = *event.mutable_announcement()->mutable_exposures(0);
  exposure.set_revenue_usd_bn(talks::SaleOf(deal.sheet, invests).revenue_usd_bn);
  exposure.set_capital_at_risk_usd_bn(deal.sheet.Value(Issue::kEquity));
}

void Doubt(v1::Event& event, double strength, const std::string& ticker) {
  event.mutable_announcement()->set_doubt(strength);
  Expose(event, ticker, v1::EXPOSURE_ROLE_CUSTOMER);
}

}  // namespace

v1::Event EventOf(const Signal& signal, const Names& names, bool invests) {
  v1::Event event;
  event.set_emerged(true);
  const auto name = [&](mind::Who who) -> const Names::Name& { return names.Of(who); };
  const auto say = [&](v1::EventKind kind, std::string headline) {
    event.set_kind(kind);
    event.set_headline(std::move(headline));
  };
  event.add_actors(name(signal.from).actor);
  const bool about_other = signal.about != mind::kNobody && signal.about != signal.from;
  if (about_other) event.add_actors(name(signal.about).actor);
  switch (signal.kind) {
    case SignalKind::kAnnouncement:
      Deal(event, signal, names, invests);
      break;
    case SignalKind::kApproach:
      if (about_other && signal.usd_bn > 0) {
        say(v1::EVENT_KIND_PROPOSAL,
            absl::StrCat(name(signal.from).person, " asks ", name(signal.about).person, " for ",
                         Money(signal.usd_bn), " of computing."));
        event.mutable_terms()->set_value_usd_bn(signal.usd_bn);
      } else {
        say(v1::EVENT_KIND_PROPOSAL,
            absl::StrCat(name(signal.from).person, " makes OpenAI a secret proposal."));
      }
      break;
    case SignalKind::kRefuse:
      say(v1::EVENT_KIND_REFUSAL,
          absl::StrCat(name(signal.from).person, " says no",
                       signal.usd_bn > 0 ? absl::StrCat(" to ", Money(signal.usd_bn)) : "", "."));
      if (signal.usd_bn > 0) event.mutable_terms()->set_value_usd_bn(signal.usd_bn);
      break;
    case SignalKind::kPublicRefusal:
      say(v1::EVENT_KIND_STATEMENT,
          absl::StrCat(name(signal.from).person, " doubts ", name(signal.about).person,
                       " in public: too aggressive to believe."));
      Doubt(event, 0.2, "");
      break;
    case SignalKind::kCourtship:
      say(v1::EVENT_KIND_MEETING, absl::StrCat(name(signal.from).person, " takes trouble over ",
                                               name(signal.about).person, "."));
      break;
    case SignalKind::kPause:
      say(v1::EVENT_KIND_STALL, absl::StrCat("Talks of ", name(signal.from).person, " and ",
                                             name(signal.about).person, " reach a dead end."));
      break;
    case SignalKind::kReopen:
      say(v1::EVENT_KIND_CALL,
          absl::StrCat(name(signal.from).person, " phones, and is open to talk again."));
      break;
    case SignalKind::kDecommit:
      say(v1::EVENT_KIND_WITHDRAWAL,
          absl::StrCat(name(signal.from).person, " leaves the agreement with ",
                       name(signal.about).person, " unsigned."));
      break;
    case SignalKind::kLeak:
      say(v1::EVENT_KIND_LEAK,
          absl::StrCat(name(signal.from).person, " reports that OpenAI turns from ",
                       name(signal.about).company, " to ", name(signal.other).company, "."));
      event.mutable_announcement();
      Expose(event, name(signal.about).ticker, v1::EXPOSURE_ROLE_DISPLACED);
      Expose(event, name(signal.other).ticker, v1::EXPOSURE_ROLE_PARTNER);
      break;
    case SignalKind::kRumour:
      say(v1::EVENT_KIND_REPORT,
          absl::StrCat(name(signal.from).person, " reports talks of OpenAI with ",
                       name(signal.about).company, "."));
      break;
    case SignalKind::kDenial:
      say(v1::EVENT_KIND_DENIAL,
          signal.about == signal.from
              ? absl::StrCat(name(signal.from).company, " passes the denial on to the world.")
              : absl::StrCat("OpenAI denies that it turns from ", name(signal.about).company, "."));
      break;
    case SignalKind::kDoubt:
      say(v1::EVENT_KIND_ANALYST_NOTE,
          absl::StrCat(name(signal.from).person, " finds that ", name(signal.about).company,
                       " has cut leases of data centres; a debate about overspending begins."));
      Doubt(event, 0.5, name(signal.about).ticker);
      break;
    case SignalKind::kWaiver:
      say(v1::EVENT_KIND_WAIVER,
          absl::StrCat(name(signal.from).company, " lets OpenAI look for computing elsewhere."));
      break;
    case SignalKind::kCounterProgramme:
      say(v1::EVENT_KIND_STATEMENT,
          absl::StrCat(name(signal.from).person, " unveils the most powerful data centre of ",
                       name(signal.from).company, "."));
      break;
    case SignalKind::kDerogation:
      say(v1::EVENT_KIND_DEROGATION,
          absl::StrCat(name(signal.from).person, " is surprised in public that ",
                       name(signal.about).company, " would give a part of itself away."));
      break;
    case SignalKind::kStage:
      say(v1::EVENT_KIND_INBOUND_OFFERS, "Owners of sites offer theirs to OpenAI.");
      break;
    default:
      say(v1::EVENT_KIND_TALKS,
          absl::StrCat(name(signal.from).person, ": ", mind::NameOf(signal.kind), "."));
      break;
  }
  v1::Evidence* evidence = event.add_evidence();
  evidence->set_source("this run");
  evidence->set_note("emerged from the principals' behaviour");
  evidence->set_status(v1::EVIDENCE_STATUS_ASSUMED);
  return event;
}

}  // namespace oneup::people
