#include "tools/cli/options.h"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/cli/command.h"

namespace oneup::cli {

namespace po = boost::program_options;

void validate(boost::any& result, const std::vector<std::string>& words, Seed*, int) {
  po::validators::check_first_occurrence(result);
  const std::string& word = po::validators::get_single_string(words);
  Seed seed;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), seed.value);
  if (error != std::errc() || end != word.data() + word.size()) {
    throw po::invalid_option_value(word);
  }
  result = seed;
}

OptionParser::OptionParser(std::string usage, std::string text)
    : usage_(std::move(usage)), text_(std::move(text)) {
  shown_.add_options()("help,h", "show this help");
}

void OptionParser::AddPositional(const char* name, std::string* value) {
  hidden_.add_options()(name, po::value(value));
  positional_.add(name, 1);
}

void OptionParser::AddPositionals(const char* name, std::vector<std::string>* values) {
  hidden_.add_options()(name, po::value(values));
  positional_.add(name, -1);
}

std::optional<int> OptionParser::Parse(const std::vector<std::string>& args) {
  const std::string command = usage_.substr(0, usage_.find(' '));
  try {
    po::options_description all;
    all.add(shown_).add(hidden_);
    using namespace po::command_line_style;
    po::store(po::command_line_parser(args)
                  .options(all)
                  .positional(positional_)
                  .style(default_style & ~allow_guessing)
                  .run(),
              values_);
    if (values_.count("help") > 0) {
      std::cout << "usage: oneup " << usage_ << "\n\n" << text_ << "\n\n" << shown_;
      return kOk;
    }
    po::notify(values_);
  } catch (const po::too_many_positional_options_error&) {
    return Fail(command, "too many arguments; `oneup " + command + " --help` shows what it takes",
                kUsage);
  } catch (const po::error& error) {
    return Fail(command,
                std::string(error.what()) + "; `oneup " + command + " --help` shows what it takes",
                kUsage);
  }
  return std::nullopt;
}

int ThreadsOf(int asked) {
  if (asked > 0) return asked;
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

absl::Status CheckThreads(const OptionParser& given, int threads) {
  constexpr int kMost = 1024;
  if (!given.Has("threads") || (threads >= 1 && threads <= kMost)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--threads ", threads, ": allowed are 1 to ", kMost));
}

absl::Status CheckFormat(const std::string& format) {
  if (format == "text" || format == "json" || format == "csv") return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--format '", format, "': allowed are text, json, csv"));
}

int CodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kNotFound:
      return kNoInput;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kDataLoss:
      return kBadInput;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:
      return kCantCreate;
    default:
      return kIoError;
  }
}

int Fail(const std::string& command, const std::string& message, int code) {
  std::cerr << "oneup " << command << ": " << message << "\n";
  return code;
}

}  // namespace oneup::cli
