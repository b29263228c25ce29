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
      : conversation_(std::make_unique<Conversation>(workshop, id, [this] {
          const std::lock_guard lock(mutex_);
          woken_ = true;
          changed_.notify_one();
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
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return woken_; });
      woken_ = false;
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
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  std::unique_ptr<Conversation> conversation_;
};

}  // namespace oneup::server
