#include "tools/cli/calibrate_data.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/report/json.h"
#include "sims/stats/intervals.h"

namespace oneup::cli {
namespace {

using sims::JsonWriter;

// A number as a field of CSV.
std::string Field(double value) { return std::isnan(value) ? "" : sims::FormatNumber(value); }

// The names of the valuation's parameters that are fitted, and their values.
std::vector<std::pair<const char*, double>> FittedOf(const v1::ValuationParameters& valuation) {
  return {{"elasticity", valuation.elasticity()},
          {"signal_discount", valuation.signal_discount()},
          {"complement", valuation.complement()},
          {"substitute", valuation.substitute()}};
}

void AddInterval(JsonWriter& json, const char* key, const sims::Interval& interval) {
  json.Key(key).Array().Value(interval.low).Value(interval.high).EndArray();
}

void AddRecovery(JsonWriter& json, const char* key, const sims::Recovery& recovery) {
  json.Key(key).Object();
  json.Key("bias").Value(recovery.bias).Key("error").Value(recovery.error);
  json.Key("correlation").Value(recovery.correlation).EndObject();
}

std::string RecoveryFields(const sims::Recovery& recovery) {
  return absl::StrCat(",", Field(recovery.bias), ",", Field(recovery.error), ",",
                      Field(recovery.correlation));
}

}  // namespace

std::string ValuationJson(const sims::Calibration& calibration) {
  JsonWriter json(2);
  json.Object();
  json.Key("loss").Value(calibration.loss);
  json.Key("prediction_error").Value(calibration.prediction_error);
  json.Key("parameters").Object();
  for (const auto& [name, value] : FittedOf(calibration.valuation)) json.Key(name).Value(value);
  json.EndObject();
  json.Key("targets").Array();
  for (const sims::CalibrationTarget& target : calibration.targets) {
    json.Object().Key("event").Value(target.event).Key("ticker").Value(target.ticker);
    json.Key("recorded").Value(target.recorded).Key("fitted").Value(target.fitted);
    json.Key("predicted").Value(target.predicted).EndObject();
  }
  json.EndArray().EndObject();
  return json.text() + "\n";
}

std::string ValuationCsv(const sims::Calibration& calibration) {
  std::string text = "event,ticker,recorded,fitted,predicted\n";
  for (const sims::CalibrationTarget& target : calibration.targets) {
    absl::StrAppend(&text, target.event, ",", target.ticker, ",", Field(target.recorded), ",",
                    Field(target.fitted), ",", Field(target.predicted), "\n");
  }
  return text;
}

std::string FitJson(const v1::StoryCalibration& specification, const sims::StoryFit& fit) {
  JsonWriter json(2);
  json.Object();
  json.Key("loss").Value(fit.loss).Key("trials").Value(fit.trials);
  json.Key("stopped").Value(fit.stopped);
  json.Key("parameters").Array();
  for (int i = 0; i < specification.parameters_size(); ++i) {
    json.Object().Key("path").Value(specification.parameters(i).path());
    json.Key("value").Value(fit.values[static_cast<size_t>(i)]).EndObject();
  }
  json.EndArray().Key("targets").Array();
  for (int i = 0; i < specification.targets_size(); ++i) {
    const v1::StoryTarget& target = specification.targets(i);
    const sims::StoryMoment& moment = fit.moments[static_cast<size_t>(i)];
    json.Object().Key("name").Value(target.name()).Key("happened").Value(target.happened());
    json.Key("date");
    target.date().empty() ? json.Null() : json.Value(target.date());
    json.Key("share").Value(moment.share).Key("median");
    moment.median ? json.Value(kernel::FormatDay(*moment.median)) : json.Null();
    json.EndObject();
  }
  json.EndArray().EndObject();
  return json.text() + "\n";
}

std::string FitCsv(const v1::StoryCalibration& specification, const sims::StoryFit& fit) {
  std::string text = "parameter,value\n";
  for (int i = 0; i < specification.parameters_size(); ++i) {
    absl::StrAppend(&text, specification.parameters(i).path(), ",",
                    Field(fit.values[static_cast<size_t>(i)]), "\n");
  }
  return text;
}

std::string PosteriorJson(const v1::StoryCalibration& specification,
                          const sims::AbcResult& result) {
  JsonWriter json(2);
  json.Object();
  json.Key("ended").Value(sims::AbcStopText(result.stop));
  json.Key("generations").Array();
  for (const sims::AbcGeneration& each : result.generations) {
    json.Object().Key("tolerance").Value(each.tolerance);
    json.Key("simulations").Value(each.simulations);
    json.Key("effective_particles").Value(each.effective_sample_size).EndObject();
  }
  json.EndArray().Key("parameters").Array();
  const std::vector<sims::Prior> priors = sims::PriorsOf(specification);
  const auto posteriors = sims::PosteriorsOf(priors, result);
  const auto correlations = sims::PosteriorCorrelations(result);
  for (size_t i = 0; i < posteriors.size(); ++i) {
    const sims::ParameterPosterior& each = posteriors[i];
    json.Object().Key("path").Value(priors[i].name);
    json.Key("prior_mean").Value(each.prior_mean).Key("prior_sd").Value(each.prior_deviation);
    json.Key("mean").Value(each.posterior.mean).Key("sd").Value(each.posterior.deviation);
    AddInterval(json, "interval_90", each.posterior.interval);
    json.Key("contraction").Value(each.contraction).Key("correlations").Array();
    for (size_t j = 0; j < i; ++j) json.Value(correlations[i][j]);
    json.EndArray().EndObject();
  }
  json.EndArray().EndObject();
  return json.text() + "\n";
}

std::string ParticlesCsv(const v1::StoryCalibration& specification, const sims::AbcResult& result) {
  std::string text = "weight,distance";
  for (const auto& parameter : specification.parameters()) {
    absl::StrAppend(&text, ",", parameter.path());
  }
  text += "\n";
  for (const sims::AbcParticle& particle : result.particles) {
    absl::StrAppend(&text, Field(particle.weight), ",", Field(particle.distance));
    for (const double value : particle.theta) absl::StrAppend(&text, ",", Field(value));
    text += "\n";
  }
  return text;
}

std::string RecoveryJson(const std::vector<sims::ParameterRecovery>& recoveries, int draws) {
  const auto studies = static_cast<int>(recoveries[0].truths.size());
  JsonWriter json(2);
  json.Object();
  json.Key("studies").Value(studies).Key("draws").Value(draws).Key("parameters").Array();
  for (const sims::ParameterRecovery& each : recoveries) {
    json.Object().Key("path").Value(each.path).Key("prior_error").Value(each.prior_error);
    AddRecovery(json, "fit", each.fit);
    AddRecovery(json, "posterior_mean", each.mean);
    json.Key("held_50").Value(each.held_50);
    AddInterval(json, "held_50_interval", sims::WilsonInterval(each.held_50, studies));
    json.Key("held_90").Value(each.held_90);
    AddInterval(json, "held_90_interval", sims::WilsonInterval(each.held_90, studies));
    json.Key("ranks").Array();
    for (const int rank : each.ranks) json.Value(rank);
    json.EndArray().Key("uniformity");
    if (each.uniformity) {
      json.Object().Key("bins").Value(each.uniformity->counts.size());
      json.Key("statistic").Value(each.uniformity->statistic);
      json.Key("p").Value(each.uniformity->p).EndObject();
    } else {
      json.Null();
    }
    json.EndObject();
  }
  json.EndArray().EndObject();
  return json.text() + "\n";
}

std::string RecoveryCsv(const std::vector<sims::ParameterRecovery>& recoveries) {
  std::string text = "parameter,studies,prior_error";
  for (const char* way : {"fit", "posterior_mean"}) {
    absl::StrAppend(&text, ",", way, "_bias,", way, "_error,", way, "_correlation");
  }
  text += ",held_50,held_90,ranks_p\n";
  for (const sims::ParameterRecovery& each : recoveries) {
    absl::StrAppend(&text, each.path, ",", each.truths.size(), ",", Field(each.prior_error),
                    RecoveryFields(each.fit), RecoveryFields(each.mean), ",", each.held_50, ",",
                    each.held_90, ",", each.uniformity ? Field(each.uniformity->p) : "", "\n");
  }
  return text;
}

}  // namespace oneup::cli
