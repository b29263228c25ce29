// A page of the tests, without a network.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "oneup/v1/serve.pb.h"
#include "tests/tools/server/asking.h"
#include "tools/server/conversation.h"

namespace oneup::server {

// A page that waits for what comes.
class Page {
 public:
  Page(Workshop& workshop, uint64_t id)
      : conversation_(std::make_unique<Conversation>(workshop, id, [bell = bell_] {
          const std::lock_guard lock(bell->mutex);
          bell->rung = true;
          bell->changed.notify_one();
        })) {}

  absl::Status Ask(const std::string& message) { return conversation_->OnMessage(message); }

  // The next message; waits for it.
  v1::ServerMessage Next() {
    for (;;) {
      if (const auto bytes = conversation_->Next()) {
        v1::ServerMessage message;
        EXPECT_TRUE(message.ParseFromString(*bytes));
        return message;
      }
      std::unique_lock lock(bell_->mutex);
      bell_->changed.wait(lock, [this] { return bell_->rung; });
      bell_->rung = false;
    }
  }
  // The next one that tells no advance.
  v1::ServerMessage Answer() {
    v1::ServerMessage message = Next();
    while (message.has_advance()) message = Next();
    return message;
  }
  // A stream's records to its end; each frame is made up for.
  std::string All(uint32_t stream) {
    std::string all;
    for (;;) {
      const v1::ServerMessage message = Answer();
      EXPECT_EQ(message.stream(), stream);
      EXPECT_FALSE(message.has_refusal()) << message.ShortDebugString();
      if (!message.has_records()) return all;
      all += message.records().SerializeAsString();
      EXPECT_TRUE(Ask(CreditMessage(stream, 1)).ok());
    }
  }
  Conversation& conversation() { return *conversation_; }
  void Leave() { conversation_.reset(); }

 private:
  // A thread of the workshop may still ring it when the page has gone.
  struct Bell {
    std::mutex mutex;
    std::condition_variable changed;
    bool rung = false;
  };
  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  std::unique_ptr<Conversation> conversation_;
};

}  // namespace oneup::server
