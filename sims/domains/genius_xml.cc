#include "sims/domains/genius_xml.h"

#include <algorithm>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/domains/draft.h"
#include "sims/stats/csv.h"

namespace oneup::sims {
namespace {

using negotiation::Issue;
using negotiation::Profile;

constexpr int kMaxDepth = 32;

// A parsed file that knows its lines.
class Document {
 public:
  static absl::StatusOr<Document> Parse(const DomainText& source, const char* root) {
    Document document(source);
    const pugi::xml_parse_result result = document.xml_.load_buffer(
        source.text.data(), source.text.size(), pugi::parse_default | pugi::parse_doctype);
    if (!result) {
      return WrongAt(document.Place(result.offset),
                     absl::StrCat("no well-formed XML: ", result.description()));
    }
    for (const pugi::xml_node node : document.xml_) {
      if (node.type() == pugi::node_doctype) {
        return WrongAt(document.Place(node), "a document type declaration is not allowed");
      }
    }
    if (!document.xml_.child(root)) {
      const pugi::xml_node found = document.xml_.document_element();
      return WrongAt(document.Place(found), absl::StrCat("the root is ", Quoted(found.name()),
                                                         "; expected is ", Quoted(root)));
    }
    return document;
  }

  pugi::xml_node Root() const { return xml_.document_element(); }
  std::string Place(pugi::xml_node node) const { return Place(node.offset_debug()); }

  // The attribute, which must be there.
  absl::StatusOr<std::string> Text(pugi::xml_node node, const char* attribute) const {
    const pugi::xml_attribute found = node.attribute(attribute);
    if (found) return std::string(found.value());
    return WrongAt(Place(node),
                   absl::StrCat("<", node.name(), "> has no attribute ", Quoted(attribute)));
  }
  absl::StatusOr<double> Number(pugi::xml_node node, const char* attribute, double low,
                                double high) const {
    const absl::StatusOr<std::string> text = Text(node, attribute);
    if (!text.ok()) return text.status();
    const absl::StatusOr<double> number = ReadNumber(*text, low, high);
    return number.ok() ? number : Located(node, attribute, number.status());
  }
  absl::StatusOr<int64_t> Integer(pugi::xml_node node, const char* attribute) const {
    const absl::StatusOr<std::string> text = Text(node, attribute);
    if (!text.ok()) return text.status();
    const absl::StatusOr<int64_t> number = ReadInteger(*text);
    return number.ok() ? number : Located(node, attribute, number.status());
  }

 private:
  explicit Document(const DomainText& source) : source_(&source) {}

  // What is wrong with an attribute; finding the line takes time, so only now.
  absl::Status Located(pugi::xml_node node, const char* attribute,
                       const absl::Status& status) const {
    return WrongAt(absl::StrCat(Place(node), ": ", node.name(), " ", attribute),
                   std::string(status.message()));
  }

  std::string Place(ptrdiff_t offset) const {
    const size_t end = static_cast<size_t>(std::max<ptrdiff_t>(0, offset));
    const std::string_view before = std::string_view(source_->text).substr(0, end);
    return absl::StrCat(source_->name, ":", 1 + std::count(before.begin(), before.end(), '\n'));
  }

  const DomainText* source_;
  pugi::xml_document xml_;
};

// Every <issue> under the node, in document order, through nested objectives; not more than a
// domain may have.
absl::Status CollectIssues(const Document& document, pugi::xml_node node, int depth,
                           std::vector<pugi::xml_node>* issues) {
  if (depth > kMaxDepth) {
    return WrongAt(document.Place(node),
                   absl::StrCat("objectives nested more than ", kMaxDepth, " deep"));
  }
  for (const pugi::xml_node child : node.children()) {
    const std::string_view name = child.name();
    if (name == "issue") {
      if (issues->size() == kMaxIssues) {
        return WrongAt(document.Place(child),
                       absl::StrCat("more than ", kMaxIssues, " issues are not allowed"));
      }
      issues->push_back(child);
    }
    if (name == "objective" || name == "utility_space") {
      const absl::Status status = CollectIssues(document, child, depth + 1, issues);
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

enum class Kind { kDiscrete, kInteger };

absl::StatusOr<Kind> KindOf(const Document& document, pugi::xml_node issue) {
  std::string_view kind = "discrete";
  for (const char* attribute : {"type", "etype", "vtype"}) {
    if (issue.attribute(attribute)) {
      kind = issue.attribute(attribute).value();
      break;
    }
  }
  if (kind == "discrete") return Kind::kDiscrete;
  if (kind == "integer") return Kind::kInteger;
  return WrongAt(document.Place(issue), absl::StrCat("issue type ", Quoted(kind),
                                                     " is not read; discrete and integer are"));
}

struct Bounds {
  int64_t low = 0;
  int64_t high = 0;
};

absl::StatusOr<Bounds> BoundsOf(const Document& document, pugi::xml_node issue) {
  const pugi::xml_node range = issue.child("range");
  const pugi::xml_node node = issue.attribute("lowerbound") || !range ? issue : range;
  const absl::StatusOr<int64_t> low = document.Integer(node, "lowerbound");
  if (!low.ok()) return low.status();
  const absl::StatusOr<int64_t> high = document.Integer(node, "upperbound");
  if (!high.ok()) return high.status();
  return Bounds{*low, *high};
}

struct Template {
  std::vector<Issue> issues;
  std::vector<int64_t> indices;  // the issues' index attributes
  std::vector<Bounds> bounds;    // of integer issues
};

absl::StatusOr<Template> ReadTemplate(const Document& document) {
  std::vector<pugi::xml_node> nodes;
  absl::Status status = CollectIssues(document, document.Root(), 0, &nodes);
  if (!status.ok()) return status;
  Template found;
  for (const pugi::xml_node node : nodes) {
    const absl::StatusOr<std::string> name = document.Text(node, "name");
    if (!name.ok()) return name.status();
    const absl::StatusOr<int64_t> index = document.Integer(node, "index");
    if (!index.ok()) return index.status();
    const absl::StatusOr<Kind> kind = KindOf(document, node);
    if (!kind.ok()) return kind.status();
    if (std::ranges::find(found.indices, *index) != found.indices.end()) {
      return WrongAt(document.Place(node), absl::StrCat("issue index ", *index, " stands twice"));
    }
    const std::string place = absl::StrCat(document.Place(node), ": issue ", Quoted(*name));
    Issue issue = {.name = *name};
    Bounds bounds;
    if (*kind == Kind::kInteger) {
      const absl::StatusOr<Bounds> read = BoundsOf(document, node);
      if (!read.ok()) return read.status();
      bounds = *read;
      absl::StatusOr<Issue> made = IntegerIssue(place, *name, bounds.low, bounds.high);
      if (!made.ok()) return made.status();
      issue = *std::move(made);
    } else {
      for (const pugi::xml_node item : node.children("item")) {
        const absl::StatusOr<std::string> value = document.Text(item, "value");
        if (!value.ok()) return value.status();
        issue.values.push_back(*value);
      }
    }
    status = AddIssue(place, std::move(issue), &found.issues);
    if (!status.ok()) return status;
    found.indices.push_back(*index);
    found.bounds.push_back(bounds);
  }
  return found;
}

absl::StatusOr<std::vector<double>> ReadDiscrete(const Document& document, pugi::xml_node node,
                                                 const Issue& issue) {
  std::map<std::string, double> evaluations;
  double greatest = 0;
  for (const pugi::xml_node item : node.children("item")) {
    const absl::StatusOr<std::string> value = document.Text(item, "value");
    if (!value.ok()) return value.status();
    const absl::StatusOr<double> evaluation =
        document.Number(item, "evaluation", 0, kMaxEvaluation);
    if (!evaluation.ok()) return evaluation.status();
    if (!evaluations.emplace(*value, *evaluation).second) {
      return WrongAt(document.Place(item),
                     absl::StrCat("the value ", Quoted(*value), " stands twice"));
    }
    greatest = std::max(greatest, *evaluation);
  }
  std::vector<double> found;
  for (const std::string& value : issue.values) {
    const auto it = evaluations.find(value);
    if (it == evaluations.end()) {
      return WrongAt(document.Place(node), absl::StrCat("issue ", Quoted(issue.name),
                                                        " evaluates no value ", Quoted(value)));
    }
    found.push_back(greatest > 1 ? it->second / greatest : it->second);
  }
  return found;
}

absl::StatusOr<std::vector<double>> ReadInteger(const Document& document, pugi::xml_node node,
                                                const Bounds& bounds) {
  const pugi::xml_node evaluator = node.child("evaluator");
  if (!evaluator) {
    return WrongAt(document.Place(node),
                   "an integer issue needs an <evaluator> with slope, offset");
  }
  const absl::StatusOr<double> slope =
      document.Number(evaluator, "slope", -kMaxEvaluation, kMaxEvaluation);
  if (!slope.ok()) return slope.status();
  const absl::StatusOr<double> offset =
      document.Number(evaluator, "offset", -kMaxEvaluation, kMaxEvaluation);
  if (!offset.ok()) return offset.status();
  Bounds own = bounds;
  if (node.attribute("lowerbound") || node.child("range")) {
    const absl::StatusOr<Bounds> read = BoundsOf(document, node);
    if (!read.ok()) return read.status();
    own = *read;
  }
  std::vector<double> found;
  for (int64_t value = bounds.low; value <= bounds.high; ++value) {
    const double evaluation = *slope * static_cast<double>(value - own.low) + *offset;
    found.push_back(std::clamp(evaluation, 0.0, 1.0));
  }
  return found;
}

// The weight that stands beside the issue for its index.
absl::StatusOr<double> WeightOf(const Document& document, pugi::xml_node issue, int64_t index) {
  for (const pugi::xml_node weight : issue.parent().children("weight")) {
    const absl::StatusOr<int64_t> of = document.Integer(weight, "index");
    if (!of.ok()) return of.status();
    if (*of == index) return document.Number(weight, "value", 0, kMaxWeight);
  }
  return WrongAt(document.Place(issue), absl::StrCat("there is no <weight> of index ", index));
}

// The value of <reservation> or <discount_factor>, wherever Genius would find it.
absl::StatusOr<double> Setting(const Document& document, const char* name, double otherwise) {
  for (const pugi::xml_node parent : {document.Root(), document.Root().child("objective")}) {
    if (const pugi::xml_node node = parent.child(name)) return document.Number(node, "value", 0, 1);
  }
  return otherwise;
}

absl::StatusOr<Profile> ReadProfile(const DomainText& source, const Template& domain,
                                    std::vector<std::string>* notes) {
  const absl::StatusOr<Document> document = Document::Parse(source, "utility_space");
  if (!document.ok()) return document.status();
  std::vector<pugi::xml_node> nodes;
  const absl::Status status = CollectIssues(*document, document->Root(), 0, &nodes);
  if (!status.ok()) return status;
  std::map<int64_t, pugi::xml_node> by_index;
  for (const pugi::xml_node node : nodes) {
    const absl::StatusOr<int64_t> index = document->Integer(node, "index");
    if (!index.ok()) return index.status();
    if (!by_index.emplace(*index, node).second) {
      return WrongAt(document->Place(node), absl::StrCat("issue index ", *index, " stands twice"));
    }
  }
  std::vector<IssueWorth> worths;
  for (size_t i = 0; i < domain.issues.size(); ++i) {
    const Issue& issue = domain.issues[i];
    const auto found = by_index.find(domain.indices[i]);
    if (found == by_index.end()) {
      return WrongAt(document->Place(document->Root()),
                     absl::StrCat("there is no issue of index ", domain.indices[i], " (",
                                  Quoted(issue.name), " in the domain)"));
    }
    const absl::StatusOr<Kind> kind = KindOf(*document, found->second);
    if (!kind.ok()) return kind.status();
    if ((*kind == Kind::kInteger) != issue.integer) {
      return WrongAt(document->Place(found->second),
                     absl::StrCat("issue ", Quoted(issue.name), " has another type in the domain"));
    }
    const absl::StatusOr<double> weight = WeightOf(*document, found->second, domain.indices[i]);
    if (!weight.ok()) return weight.status();
    const absl::StatusOr<std::vector<double>> evaluations =
        issue.integer ? ReadInteger(*document, found->second, domain.bounds[i])
                      : ReadDiscrete(*document, found->second, issue);
    if (!evaluations.ok()) return evaluations.status();
    worths.push_back({*weight, *evaluations});
  }
  Profile profile = MakeProfile(source.name, worths, notes);
  const absl::StatusOr<double> reservation = Setting(*document, "reservation", 0);
  if (!reservation.ok()) return reservation.status();
  const absl::StatusOr<double> discount = Setting(*document, "discount_factor", 1);
  if (!discount.ok()) return discount.status();
  profile.reservation = *reservation;
  profile.discount = *discount;
  return profile;
}

}  // namespace

absl::StatusOr<NegotiationDomain> ParseGenius(const DomainText& domain,
                                              const std::vector<DomainText>& profiles) {
  const absl::StatusOr<Document> document = Document::Parse(domain, "negotiation_template");
  if (!document.ok()) return document.status();
  const absl::StatusOr<Template> found = ReadTemplate(*document);
  if (!found.ok()) return found.status();
  absl::StatusOr<NegotiationDomain> made = MakeDomain(domain.name, found->issues);
  if (!made.ok()) return made.status();
  for (const DomainText& source : profiles) {
    absl::StatusOr<Profile> profile = ReadProfile(source, *found, &made->notes);
    if (!profile.ok()) return profile.status();
    made->profiles.push_back(*std::move(profile));
  }
  return made;
}

bool IsGeniusDomain(std::string_view text) {
  return text.find("<negotiation_template") != std::string_view::npos;
}

}  // namespace oneup::sims
