#include "tools/cli/options.h"

#include <charconv>
#include <iostream>
#include <system_error>
#include <utility>

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

int Fail(const std::string& command, const std::string& message, int code) {
  std::cerr << "oneup " << command << ": " << message << "\n";
  return code;
}

}  // namespace oneup::cli
