#include "sims/validation/cont_stoikov_talreja.h"

#include <algorithm>
#include <cmath>

#include "market/exchange/order_book.h"
#include "market/kernel/random.h"

namespace oneup::sims {

const std::array<std::array<double, kQueueSizes>, kQueueSizes> kProbabilityUp = {{
    {.500000, .335173, .259018, .215789, .187823},
    {.664827, .500000, .406887, .347890, .307199},
    {.740982, .593113, .500000, .436552, .390594},
    {.784211, .652110, .563448, .500000, .452337},
    {.812177, .692801, .609406, .547663, .500000},
}};

namespace {

using exchange::Side;
using exchange::Ticks;

// Table 2 of the paper, at one tick from the opposite best quote.
constexpr double kLimitRate = 1.85;
constexpr double kCancelRate = 0.71;
constexpr double kMarketRate = 0.94;

constexpr Ticks kBid{1000};
constexpr Ticks kAsk{1001};

struct Ignore {
  void OnFill(const exchange::Fill&) {}
};

// One queue at the best: its live orders, the first in time priority first.
struct Queue {
  Side side;
  Ticks price;
  std::vector<exchange::OrderId> orders;
};

class Episode {
 public:
  Episode(exchange::OrderBook& book, kernel::Stream& stream) : book_(book), stream_(stream) {}

  // True if the ask queue goes first.
  bool MovesUp(int bid_queue, int ask_queue) {
    book_.Clear();
    Queue bid{Side::kBuy, kBid, {}};
    Queue ask{Side::kSell, kAsk, {}};
    for (int i = 0; i < bid_queue; ++i) Add(bid);
    for (int i = 0; i < ask_queue; ++i) Add(ask);
    while (!book_.Empty(Side::kBuy) && !book_.Empty(Side::kSell)) {
      const double rate_bid = Rate(bid);
      const double pick = stream_.Uniform() * (rate_bid + Rate(ask));
      Act(pick < rate_bid ? bid : ask, pick < rate_bid ? pick : pick - rate_bid);
    }
    return book_.Empty(Side::kSell);
  }

 private:
  static double Rate(const Queue& queue) {
    return kLimitRate + kMarketRate + kCancelRate * static_cast<double>(queue.orders.size());
  }

  void Add(Queue& queue) {
    queue.orders.push_back(book_.Limit(1, queue.side, queue.price, 1, ignore_).id);
  }

  void Act(Queue& queue, double pick) {
    if (pick < kLimitRate) return Add(queue);
    if (pick < kLimitRate + kMarketRate) {
      book_.Market(2, exchange::Opposite(queue.side), 1, ignore_);
      queue.orders.erase(queue.orders.begin());
      return;
    }
    const size_t i = std::min(queue.orders.size() - 1,
                              static_cast<size_t>((pick - kLimitRate - kMarketRate) / kCancelRate));
    book_.Cancel(queue.orders[i]);
    queue.orders.erase(queue.orders.begin() + static_cast<std::ptrdiff_t>(i));
  }

  exchange::OrderBook& book_;
  kernel::Stream& stream_;
  Ignore ignore_;
};

}  // namespace

double MeasureProbabilityUp(int bid_queue, int ask_queue, const ValidationOptions& options) {
  exchange::OrderBook book(1 << 12);
  kernel::Stream stream(options.seed, static_cast<uint32_t>(bid_queue),
                        static_cast<uint32_t>(ask_queue));
  Episode episode(book, stream);
  int up = 0;
  for (int i = 0; i < options.episodes; ++i) up += episode.MovesUp(bid_queue, ask_queue) ? 1 : 0;
  return static_cast<double>(up) / options.episodes;
}

std::vector<Check> CheckContStoikovTalreja(const ValidationOptions& options) {
  std::vector<Check> checks;
  for (int b = 1; b <= kQueueSizes; ++b) {
    for (int a = 1; a <= kQueueSizes; ++a) {
      const double published = kProbabilityUp[b - 1][a - 1];
      checks.push_back(
          AgainstPublished("P(up), queues " + std::to_string(b) + " / " + std::to_string(a),
                           "Cont, Stoikov, Talreja (2010)", MeasureProbabilityUp(b, a, options),
                           std::sqrt(published * (1 - published) / options.episodes), published));
    }
  }
  return checks;
}

}  // namespace oneup::sims
