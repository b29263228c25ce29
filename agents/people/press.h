// Those who make things public: reporters print what they are told, analysts write about what can
// be seen from outside. Rules R27 and R31 are all that they do.
#pragma once

#include "agents/people/principal.h"

namespace oneup::people {

class Press : public Principal {
 public:
  using Principal::Principal;

 protected:
  void Respond(const mind::Signal&) override {}
};

}  // namespace oneup::people
