// What is encoded by hand is what the protobuf library would have written, byte for byte.
#include "sims/trace/encode.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "sims/trace/format.h"

namespace oneup::trace {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Zeros, ends of the ranges and all lengths between.
uint64_t AnyNumber(std::mt19937_64& random) {
  switch (random() % 4) {
    case 0:
      return 0;
    case 1:
      return ~uint64_t{0} >> random() % 2;
    default:
      return random() >> random() % 64;
  }
}

void Fill(Message& message, std::mt19937_64& random) {
  const auto& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    const uint64_t number = AnyNumber(random);
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT64:
        reflection.SetInt64(&message, field, static_cast<int64_t>(number));
        break;
      case FieldDescriptor::CPPTYPE_UINT64:
        reflection.SetUInt64(&message, field, number);
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        reflection.SetUInt32(&message, field, static_cast<uint32_t>(number));
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        reflection.SetBool(&message, field, number % 2 != 0);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        reflection.SetEnumValue(&message, field, static_cast<int>(number));
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        reflection.SetString(&message, field, std::string(number % 65, 'x'));
        break;
      default:
        FAIL() << field->full_name() << " is of a type that EncodeRecord does not write";
    }
  }
}

std::string Encoded(const v1::Record& record) {
  std::string out(kMaxEncoded, '\0');
  out.resize(EncodeRecord(record, out.data()));
  return out;
}

Message* MakeBody(v1::Record& record, v1::Record::BodyCase kind) {
  return record.GetReflection()->MutableMessage(&record,
                                                v1::Record::descriptor()->FindFieldByNumber(kind));
}

constexpr v1::Record::BodyCase kKinds[] = {v1::Record::kFill, v1::Record::kBar, v1::Record::kFlow};

TEST(Encode, WritesWhatTheLibraryWrites) {
  std::mt19937_64 random(7);
  for (const v1::Record::BodyCase kind : kKinds) {
    v1::Record record;
    MakeBody(record, kind);
    EXPECT_EQ(Encoded(record), record.SerializeAsString()) << "an empty body";
    for (int i = 0; i < 20'000; ++i) {
      record.set_id(AnyNumber(random));
      record.set_time_ns(static_cast<int64_t>(AnyNumber(random)));
      record.set_cause_id(AnyNumber(random));
      Fill(*MakeBody(record, kind), random);
      ASSERT_EQ(Encoded(record), record.SerializeAsString()) << record.DebugString();
    }
  }
}

TEST(Encode, HasRoomForTheLargestRecord) {
  for (const v1::Record::BodyCase kind : kKinds) {
    v1::Record record;
    Message& body = *MakeBody(record, kind);
    int size = 0;
    for (int i = 0; i < body.GetDescriptor()->field_count(); ++i) {
      size +=
          body.GetDescriptor()->field(i)->cpp_type() == FieldDescriptor::CPPTYPE_STRING ? 66 : 11;
    }
    EXPECT_LT(size, static_cast<int>(kMaxEncoded) - 36);
  }
}

TEST(Encode, LeavesTheRestToTheLibrary) {
  v1::Record record;
  EXPECT_EQ(Encoded(record), "");
  record.mutable_news()->set_ticker("NVDA");
  EXPECT_EQ(Encoded(record), "");
  record.mutable_bar()->set_ticker(std::string(65, 'x'));
  EXPECT_EQ(Encoded(record), "");
  record.mutable_bar()->set_ticker("NVDA");
  EXPECT_NE(Encoded(record), "");
}

}  // namespace
}  // namespace oneup::trace
