#include "sims/scenario/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "oneup/embedded/scenarios.h"
#include "sims/scenario/suggest.h"
#include "sims/scenario/text_format.h"

namespace oneup::sims {
namespace {

constexpr std::string_view kBuiltin = "builtin:";
constexpr std::string_view kEnding = ".textproto";

// The name of `reference` beside the file `importer`.
std::string Beside(std::string_view importer, std::string_view reference) {
  const size_t slash = importer.find_last_of('/');
  if (slash == std::string_view::npos) return std::string(reference);
  return std::string(importer.substr(0, slash + 1)) + std::string(reference);
}

absl::StatusOr<SourceText> FindAmong(const std::vector<SourceText>& files,
                                     const std::string& importer, const std::string& reference) {
  const std::string name = Beside(importer, reference);
  for (const SourceText& file : files) {
    if (file.name == name) return file;
  }
  return absl::NotFoundError(name + ": no such file");
}

}  // namespace

std::vector<std::string> BuiltinScenarios() {
  // A file that others import has no scenario of its own; it begins to be one with a name.
  std::vector<std::string> names;
  for (const auto& [path, bytes] : embedded::scenarios::Files()) {
    const bool is_text = path.ends_with(kEnding) && path.find('/') == std::string_view::npos;
    if (is_text &&
        (bytes.starts_with("name:") || bytes.find("\nname:") != std::string_view::npos)) {
      names.emplace_back(path.substr(0, path.size() - kEnding.size()));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool IsRelativeFile(std::string_view path) {
  if (path.find('\\') != std::string_view::npos || path.find('\0') != std::string_view::npos) {
    return false;
  }
  while (true) {
    const size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "..") return false;  // also an absolute path
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

absl::StatusOr<SourceText> ReadBuiltin(std::string_view path) {
  for (const auto& [name, bytes] : embedded::scenarios::Files()) {
    if (name == path) {
      return SourceText{std::string(kBuiltin) + std::string(name), std::string(bytes)};
    }
  }
  return absl::NotFoundError("no builtin file '" + std::string(path) + "'");
}

std::optional<std::string> BuiltinPath(std::string_view name) {
  if (!name.starts_with(kBuiltin)) return std::nullopt;
  return std::string(name.substr(kBuiltin.size()));
}

absl::StatusOr<SourceText> ReadDisk(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    const bool odd = error && error != std::errc::no_such_file_or_directory;
    return absl::NotFoundError(path + ": " + (odd ? error.message() : "no such file"));
  }
  if (std::filesystem::is_directory(status)) {
    return absl::NotFoundError(path + ": is a directory; a scenario is a file");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(path + ": cannot be opened for reading");
  SourceText source{path, ""};
  // One byte more than allowed is kept, so that the parser sees that it is too large.
  constexpr size_t kChunk = 1 << 16;
  while (file && source.text.size() <= kMaxFileSize) {
    const size_t size = source.text.size();
    source.text.resize(size + kChunk);
    file.read(source.text.data() + size, kChunk);
    source.text.resize(size + static_cast<size_t>(file.gcount()));
  }
  if (file.bad()) return absl::NotFoundError(path + ": cannot be read");
  return source;
}

absl::StatusOr<SourceText> FindOnDiskOrBuiltin(const std::string& importer,
                                               const std::string& reference) {
  if (importer.starts_with(kBuiltin)) {
    return ReadBuiltin(Beside(importer.substr(kBuiltin.size()), reference));
  }
  auto on_disk = ReadDisk(Beside(importer, reference));
  if (on_disk.ok()) return on_disk;
  auto builtin = ReadBuiltin(reference);
  return builtin.ok() ? std::move(builtin) : std::move(on_disk);
}

std::vector<std::string> BuiltinsIn(std::string_view folder) {
  std::vector<std::string> names;
  for (const auto& [path, bytes] : embedded::scenarios::Files()) {
    if (path.starts_with(folder) && path.ends_with(kEnding)) names.push_back(StemOf(path));
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool IsPath(std::string_view word) {
  return word.find('/') != std::string_view::npos || word.ends_with(kEnding);
}

absl::StatusOr<SourceText> ReadPathOrBuiltin(std::string_view path_or_name, std::string_view folder,
                                             std::string_view kind,
                                             const std::vector<std::string>& names) {
  const std::string name(path_or_name);
  if (IsPath(name)) return ReadDisk(name);
  if (std::find(names.begin(), names.end(), name) != names.end()) {
    return ReadBuiltin(std::string(folder) + name + std::string(kEnding));
  }
  std::string known;
  for (const std::string& builtin : names) known += (known.empty() ? "" : ", ") + builtin;
  return absl::NotFoundError("no " + std::string(kind) + " '" + name + "'" +
                             DidYouMean(name, names) + " (the program has " + known +
                             "; a file's name holds a '/' or ends in .textproto)");
}

std::string StemOf(std::string_view path) {
  path = path.substr(path.find_last_of('/') + 1);
  if (path.ends_with(kEnding)) path.remove_suffix(kEnding.size());
  return std::string(path);
}

absl::StatusOr<LoadedScenario> LoadScenario(std::string_view path_or_name) {
  auto root = ReadPathOrBuiltin(path_or_name, "", "scenario", BuiltinScenarios());
  if (!root.ok()) return root.status();
  return LoadScenarioFrom(*std::move(root), FindOnDiskOrBuiltin);
}

absl::StatusOr<LoadedScenario> LoadScenarioFromTexts(const std::vector<SourceText>& files) {
  if (files.empty()) return absl::InvalidArgumentError("no file given");
  return LoadScenarioFrom(files.front(),
                          [&files](const std::string& importer, const std::string& reference) {
                            return FindAmong(files, importer, reference);
                          });
}

absl::StatusOr<LoadedScenario> LoadScenarioOrBuiltins(const std::vector<SourceText>& files) {
  if (files.empty()) return absl::InvalidArgumentError("no file given");
  return LoadScenarioFrom(
      files.front(), [&files](const std::string& importer, const std::string& reference) {
        if (importer.starts_with(kBuiltin)) return FindOnDiskOrBuiltin(importer, reference);
        absl::StatusOr<SourceText> found = FindAmong(files, importer, reference);
        return found.ok() ? found : ReadBuiltin(reference);
      });
}

}  // namespace oneup::sims
