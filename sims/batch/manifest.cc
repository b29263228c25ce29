#include "sims/batch/manifest.h"

#include "sims/report/json.h"

namespace oneup::sims {

std::string ManifestText(const v1::BatchPlan& plan, const std::vector<std::string>& digests,
                         const BatchCounts& counts) {
  JsonWriter json(2);
  json.Object();
  json.Key("format_version").Value(plan.format_version());
  json.Key("program_version").Value(plan.program_version());
  json.Key("source_digest").Value(plan.source_digest());
  json.Key("experiment").Object();
  json.Key("name").Value(plan.name());
  json.Key("title").Value(plan.title());
  json.Key("digest").Value(plan.experiment_digest());
  json.Key("text").Value(plan.experiment());
  json.EndObject();
  json.Key("scenario").Object();
  json.Key("name").Value(plan.scenario());
  json.Key("digest").Value(plan.scenario_digest());
  json.Key("resolution").Value(plan.resolution());
  json.Key("until").Value(plan.until());
  json.EndObject();
  json.Key("scenarios").Value(plan.points_size());
  json.Key("replicates").Value(plan.replicates());
  json.Key("first_seed").Value(plan.first_seed());
  json.Key("common_random_numbers").Value(plan.common_random_numbers());
  json.Key("runs").Value(counts.runs);
  json.Key("ok").Value(counts.runs - counts.failed);
  json.Key("failed").Value(counts.failed);
  json.Key("run_again").Value("oneup batch . --run 0 --trace run0.binpb");
  json.Key("shards").Array();
  const BatchFolder folder("");
  for (size_t i = 0; i < digests.size(); ++i) {
    json.Object();
    json.Key("file").Value(folder.ShardPath(i).substr(1));
    json.Key("runs").Value(RangeOf(plan, i).count);
    json.Key("xxh3_128").Value(digests[i]);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.text() + "\n";
}

}  // namespace oneup::sims
