#include "sims/scenario/checks.h"

namespace oneup::sims {

Calendars CheckParts(const CheckContext& context) {
  Calendars calendars = CheckCalendars(context);
  CheckListings(context);
  CheckActors(context);
  CheckEvents(context, calendars);
  CheckPrincipals(context);
  return calendars;
}

}  // namespace oneup::sims
