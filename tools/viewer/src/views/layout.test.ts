import { describe, expect, it } from "vitest";
import { layOut } from "./layout";

const promises = ["nvidia", "oracle", "amd", "softbank", "broadcom", "microsoft"].map((to) => ({ from: "openai", to }));
promises.push({ from: "oracle", to: "nvidia" });

describe("the places of companies", () => {
  const places = layOut("openai", promises);
  it("are the same each time, whatever the order of promises", () => {
    expect(layOut("openai", [...promises].reverse())).toEqual(places);
  });
  it("have the hub in the middle and all within the picture", () => {
    expect(places.get("openai")).toEqual({ x: 0.5, y: 0.5 });
    for (const { x, y } of places.values()) expect(x >= 0 && x <= 1 && y >= 0 && y <= 1).toBe(true);
  });
  it("lie apart", () => {
    const all = [...places.values()];
    all.forEach((a, i) => all.slice(i + 1).forEach((b) => expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(0.15)));
  });
  it("of nobody but the hub are one", () => expect([...layOut("openai", []).keys()]).toEqual(["openai"]));
});
