import { describe, expect, it } from "vitest";
import { day, dollars, isHebrew, percent, plain, price, term } from "./format";

describe("numbers for people", () => {
  it.each([[0.5, "0.5"], [12, "12"], [1234, "1,234"], [0.12345, "0.123"], [-2.5, "−2.5"], [NaN, "–"], [99.96, "100"]])("%d is %s", (x, text) => expect(plain(x)).toBe(text));
  it.each([[120, "$120 bn"], [1210, "$1.21 tn"], [0.45, "$450 m"], [-14.6, "−$14.6 bn"]])("%d billion is %s", (x, text) => expect(dollars(x)).toBe(text));
  it("says percent, prices, terms and days", () => {
    expect(percent(34_200)).toBe("+3.4 %");
    expect(percent(-1000)).toBe("−0.1 %");
    expect(price(9487.31, "JPY")).toBe("¥9,487");
    expect(price(120.5, "USD")).toBe("$120.50");
    expect([term(12), term(60), term(18)]).toEqual(["1 year", "5 years", "18 months"]);
    expect(day(Date.parse("2025-09-09T23:59:00Z"))).toBe("9 Sep 2025");
  });
  it("knows Hebrew", () => expect([isHebrew("שלום, Stargate"), isHebrew("Stargate")]).toEqual([true, false]));
});
