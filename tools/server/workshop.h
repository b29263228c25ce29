// What all conversations share: what there is to show, the threads that simulate, and the bounds.
#pragma once

#include "tools/server/library.h"
#include "tools/server/limits.h"
#include "tools/server/places.h"
#include "tools/server/scheduler.h"

namespace oneup::server {

struct Workshop {
  Workshop(const Library& from, const Limits& at_most, int threads)
      : library(from),
        limits(at_most),
        simulations(at_most.simulations, at_most.waiting, at_most.simulations),
        comparisons(at_most.comparisons, at_most.waiting, 1),
        files(at_most.files, at_most.waiting, at_most.files),
        scheduler(threads) {}

  const Library& library;
  const Limits limits;
  Places simulations;
  Places comparisons;  // one of a page at a time
  Places files;
  // The last member: its threads end before what they use.
  Scheduler scheduler;
};

}  // namespace oneup::server
