#include "tools/server/stream_job.h"

#include "absl/strings/str_cat.h"
#include "tools/server/wire.h"

namespace oneup::server {

void StreamJob::Failed(const std::string& why) {
  Refuse(absl::StrCat("the server cannot go on with it: ", why), true);
  Release();
  LeavePlace();
}

Job::Then StreamJob::Complete() {
  outbox_->End(stream_, DoneMessage(stream_, false), false);
  return Then::kDone;
}

Job::Then StreamJob::Refuse(std::string_view why, bool busy) {
  outbox_->End(stream_, RefusalMessage(stream_, why, busy), false);
  return Then::kDone;
}

}  // namespace oneup::server
