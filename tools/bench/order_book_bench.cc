// The order book on streams of messages made beforehand (order_streams.h), beside the
// book of a textbook (naive_book.h). items_per_second counts messages.
//
//   Book/<book>/brownian                a million new orders in two million messages
//   Book/<book>/zero_intelligence/<n>   with n orders resting
//
// The caller keeps the ids that the book gives, as any client does: that table and the
// reading of the stream are part of the time.
#include <benchmark/benchmark.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "market/exchange/order_book.h"
#include "tools/bench/naive_book.h"
#include "tools/bench/order_streams.h"

namespace oneup::exchange {
namespace {

// What a client must at least do with a fill: look at it.
struct Counter {
  void OnFill(const Fill& fill) {
    ++fills;
    shares += fill.quantity;
  }
  int64_t fills = 0;
  int64_t shares = 0;
};

template <typename Book>
void Play(const std::vector<Message>& messages, Book& book, std::vector<OrderId>& ids,
          Counter& counter) {
  for (const Message& message : messages) {
    const Ticks price{message.price};
    switch (message.kind) {
      case Message::Kind::kLimit:
        ids[message.order] =
            book.Limit(message.order, message.side, price, message.quantity, counter).id;
        break;
      case Message::Kind::kImmediateOrCancel:
        book.ImmediateOrCancel(message.order, message.side, price, message.quantity, counter);
        break;
      case Message::Kind::kMarket:
        book.Market(message.order, message.side, message.quantity, counter);
        break;
      case Message::Kind::kCancel:
        book.Cancel(ids[message.order]);
        break;
      case Message::Kind::kModify:
        book.Modify(ids[message.order], price, message.quantity, counter);
        break;
    }
  }
}

template <typename Book>
void Bench(benchmark::State& state, const OrderStream& (*stream_of)(size_t), size_t resting) {
  const OrderStream& stream = stream_of(resting);
  std::vector<OrderId> ids(stream.orders);
  std::optional<Book> book;
  Counter counter;
  for (auto _ : state) {
    state.PauseTiming();
    book.emplace(stream.max_price);
    Play(stream.setup, *book, ids, counter);
    counter = {};
    state.ResumeTiming();
    Play(stream.messages, *book, ids, counter);
    benchmark::DoNotOptimize(counter);
  }
  const double messages = static_cast<double>(stream.messages.size());
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(stream.messages.size()));
  state.counters["fills_per_message"] = static_cast<double>(counter.fills) / messages;
  state.counters["resting"] = static_cast<double>(book->order_count());
}

const OrderStream& Brownian(size_t) {
  static const OrderStream stream = MakeBrownianStream();
  return stream;
}

const OrderStream& ZeroIntelligence(size_t resting) {
  static std::map<size_t, OrderStream> streams;
  const auto [found, made] = streams.try_emplace(resting);
  if (made) found->second = MakeZeroIntelligenceStream(resting);
  return found->second;
}

template <typename Book>
void Register(const std::string& name) {
  const auto add = [](const std::string& full_name, const OrderStream& (*stream_of)(size_t),
                      size_t resting) {
    benchmark::RegisterBenchmark(full_name.c_str(), Bench<Book>, stream_of, resting)
        ->Unit(benchmark::kMillisecond);
  };
  add("Book/" + name + "/brownian", Brownian, 0);
  for (const size_t resting : {100, 1'000, 50'000}) {
    add("Book/" + name + "/zero_intelligence/" + std::to_string(resting), ZeroIntelligence,
        resting);
  }
}

const int kRegistered = [] {
  Register<OrderBook>("oneup");
  Register<NaiveBook>("map");
  return 0;
}();

}  // namespace
}  // namespace oneup::exchange
