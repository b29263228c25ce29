#include "sims/domains/domain.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/domains/draft.h"
#include "sims/domains/genius_xml.h"
#include "sims/domains/geniusweb.h"
#include "sims/domains/json_input.h"
#include "sims/domains/negmas.h"
#include "sims/domains/negolog.h"

namespace oneup::sims {
namespace {

namespace fs = std::filesystem;

bool IsXml(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '<';
}

absl::StatusOr<DomainText> ReadFile(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    return absl::NotFoundError(absl::StrCat(path.string(), ": no such file"));
  }
  if (!fs::is_regular_file(status)) {
    return absl::FailedPreconditionError(absl::StrCat(path.string(), ": no plain file"));
  }
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr) {
    return absl::FailedPreconditionError(absl::StrCat(path.string(), ": ", std::strerror(errno)));
  }
  DomainText read = {path.string(), ""};
  char buffer[1 << 16];
  while (const size_t n = std::fread(buffer, 1, sizeof buffer, file.get())) {
    read.text.append(buffer, n);
    if (read.text.size() > kMaxDomainFile) {
      return absl::FailedPreconditionError(
          absl::StrCat(path.string(), ": larger than ", kMaxDomainFile >> 20, " MiB"));
    }
  }
  if (std::ferror(file.get()) != 0) {
    return absl::FailedPreconditionError(absl::StrCat(path.string(), ": it cannot be read"));
  }
  return read;
}

absl::StatusOr<NegotiationDomain> ParseJsonDomain(const DomainText& domain,
                                                  const std::vector<DomainText>& profiles) {
  std::vector<JsonValue> values;
  values.reserve(profiles.size() + 1);
  std::vector<JsonField> fields;
  for (size_t i = 0; i <= profiles.size(); ++i) {
    const DomainText& source = i == 0 ? domain : profiles[i - 1];
    absl::StatusOr<JsonValue> value = ParseJson(source);
    if (!value.ok()) return value.status();
    values.push_back(*std::move(value));
    fields.emplace_back(source.name, values.back());
  }
  const JsonField root = fields.front();
  const std::vector<JsonField> rest(fields.begin() + 1, fields.end());
  if (IsGeniusWeb(root)) return ParseGeniusWeb(root, rest);
  if (root.Has("issueWeights")) return ParseNegoLog(rest.empty() ? fields : rest);
  if (root.Has("issues")) return ParseNegMas(root, rest);
  return WrongAt(domain.name,
                 "neither GeniusWeb (issuesValues), NegMAS (issues) nor NegoLog (issueWeights)");
}

// The files of a folder: the domain's, then the profiles'.
absl::StatusOr<std::vector<fs::path>> FindInFolder(const fs::path& folder) {
  if (fs::exists(folder / "profileA.json")) {
    return std::vector<fs::path>{folder / "profileA.json", folder / "profileA.json",
                                 folder / "profileB.json"};
  }
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".xml") files.push_back(it->path());
  }
  if (error) {
    return absl::FailedPreconditionError(absl::StrCat(folder.string(), ": ", error.message()));
  }
  std::ranges::sort(files);
  for (size_t i = 0; i < files.size(); ++i) {
    const absl::StatusOr<DomainText> text = ReadFile(files[i]);
    if (!text.ok()) return text.status();
    if (!IsGeniusDomain(text->text)) continue;
    std::rotate(files.begin(), files.begin() + static_cast<ptrdiff_t>(i),
                files.begin() + static_cast<ptrdiff_t>(i) + 1);
    return files;
  }
  return WrongAt(folder.string(), "neither profileA.json (NegoLog) nor the XML of a Genius domain");
}

}  // namespace

absl::StatusOr<NegotiationDomain> ParseDomain(const DomainText& domain,
                                              const std::vector<DomainText>& profiles) {
  for (const DomainText& profile : profiles) {
    if (IsXml(profile.text) != IsXml(domain.text)) {
      return WrongAt(profile.name, absl::StrCat("another format than ", domain.name));
    }
  }
  return IsXml(domain.text) ? ParseGenius(domain, profiles) : ParseJsonDomain(domain, profiles);
}

absl::StatusOr<NegotiationDomain> LoadDomain(const std::string& domain,
                                             const std::vector<std::string>& profiles) {
  std::vector<fs::path> paths = {domain};
  paths.insert(paths.end(), profiles.begin(), profiles.end());
  std::error_code error;
  if (fs::is_directory(domain, error)) {
    if (!profiles.empty()) {
      return WrongAt(domain, "a folder has its own profiles; leave others out");
    }
    absl::StatusOr<std::vector<fs::path>> found = FindInFolder(domain);
    if (!found.ok()) return found.status();
    paths = *std::move(found);
  }
  std::vector<DomainText> texts;
  for (const fs::path& path : paths) {
    absl::StatusOr<DomainText> text = ReadFile(path);
    if (!text.ok()) return text.status();
    texts.push_back(*std::move(text));
  }
  const DomainText first = std::move(texts.front());
  texts.erase(texts.begin());
  return ParseDomain(first, texts);
}

}  // namespace oneup::sims
