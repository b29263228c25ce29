// Where the files of a scenario come from: the disk, the program itself, or a test.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// Finds the file that `importer` (a name this finder gave out) calls `reference`.
using FileFinder = std::function<absl::StatusOr<SourceText>(const std::string& importer,
                                                            const std::string& reference)>;

// Reads and checks the scenario whose own file is `root`.
absl::StatusOr<LoadedScenario> LoadScenarioFrom(SourceText root, const FileFinder& find);

// A path with '/' between its parts, none of them empty or "..".
bool IsRelativeFile(std::string_view path);

// A file inside the program, named builtin:2025.textproto in messages.
absl::StatusOr<SourceText> ReadBuiltin(std::string_view path);

// Names of the text files of a folder inside the program ("whatif/"), without ending, sorted.
std::vector<std::string> BuiltinsIn(std::string_view folder);

// Whether a word is a path, not the name of a builtin file: it holds a '/' or ends in .textproto.
bool IsPath(std::string_view word);

// A file of the disk, if the word is a path; else the builtin file of that name in the folder (""
// for the outermost). Error: NotFound; for a name that is none of `names` with these, of what kind
// ("what-if"), and the nearest.
absl::StatusOr<SourceText> ReadPathOrBuiltin(std::string_view path_or_name, std::string_view folder,
                                             std::string_view kind,
                                             const std::vector<std::string>& names);

// A file's name without folders and ending: "no_leak" of whatif/no_leak.textproto.
std::string StemOf(std::string_view path);

// What ReadBuiltin was asked for, if it has read the file of this name.
std::optional<std::string> BuiltinPath(std::string_view name);

// A regular file of at most kMaxFileSize bytes. NotFound if it does not exist.
absl::StatusOr<SourceText> ReadDisk(const std::string& path);

// Reads and checks the scenario of these files, its own first; what is not among them is looked up
// inside the program, as FindOnDiskOrBuiltin does.
absl::StatusOr<LoadedScenario> LoadScenarioOrBuiltins(const std::vector<SourceText>& files);

// Looks beside the importer, then inside the program: a scenario of one's own can import
// "2025.textproto".
absl::StatusOr<SourceText> FindOnDiskOrBuiltin(const std::string& importer,
                                               const std::string& reference);

}  // namespace oneup::sims
