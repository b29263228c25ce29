// What a listed company is expected to earn in a year, as those who live in that year expect it.
#pragma once

namespace oneup::v1 {
class Listing;
class Scenario;
}  // namespace oneup::v1

namespace oneup::sims {

// Revenue of the coming year, billion USD. The listing states that of the scenario's last year;
// of an earlier year it is what the company's financials say of it (as if analysts had guessed it
// right), where they do.
double ForwardRevenueUsdBn(const v1::Scenario& scenario, const v1::Listing& listing, int year);

}  // namespace oneup::sims
