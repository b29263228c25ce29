// How fast the viewer's page is: first paint, when it can be used, when all of a trace is there, and
// frames a second while the clock is scrubbed, played, and while time is zoomed. Prints a table.
//
//   node tools/bench/viewer_bench.mjs build/bin/oneup run.binpb [RUNS]
//
// Needs Debian's chromium. Each run is a cold one: a new browser with an empty cache, once it has started.
import { chromium } from "../web/node_modules/playwright-core/index.mjs";
import { startServer } from "../../tests/viewer/server.mjs";

const [program, trace, runs = "5"] = process.argv.slice(2);
if (!program || !trace) {
  console.error("usage: node viewer_bench.mjs ONEUP TRACE [RUNS]");
  process.exit(64);
}

const server = await startServer(program, ["--trace", trace]);
const rows = [];
try {
  for (let i = 0; i < Number(runs); ++i) rows.push(await measure());
} finally {
  server.stop();
}
const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
for (const name of Object.keys(rows[0])) {
  const all = rows.map((r) => r[name]);
  console.log(`${name.padEnd(34)} median ${middle(all).toFixed(1).padStart(8)}   worst ${(/frames a/.test(name) ? Math.min : Math.max)(...all).toFixed(1).padStart(8)}`);
}

async function measure() {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    // The browser's own start is not the page's.
    await page.waitForTimeout(2000);
    await page.goto(server.url);
    await page.waitForFunction(() => performance.getEntriesByName("oneup-complete").length > 0);
    const load = await page.evaluate(() => {
      const at = (name) => performance.getEntriesByName(name)[0]?.startTime ?? NaN;
      return { "first contentful paint, ms": at("first-contentful-paint"), "interactive, ms": at("oneup-interactive"), "whole trace shown, ms": at("oneup-complete") };
    });
    const scrub = await frames(page, (k) => {
      const slider = document.querySelector(".scrub input");
      const [from, to] = [Number(slider.min), Number(slider.max)];
      slider.value = String(from + ((k % 180) / 180) * (to - from));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await page.keyboard.press("Home");
    await page.keyboard.press(" ");
    const play = await frames(page, () => {});
    await page.keyboard.press(" ");
    const zoom = await frames(page, (k) => dispatchEvent(new KeyboardEvent("keydown", { key: k % 24 < 12 ? "+" : "-" })));
    return {
      ...load,
      "scrubbing, frames a second": scrub.fps, "scrubbing, work a frame, ms": scrub.work, "scrubbing, longest frame, ms": scrub.longest,
      "playing, frames a second": play.fps, "playing, longest frame, ms": play.longest,
      "zooming, frames a second": zoom.fps, "zooming, work a frame, ms": zoom.work,
    };
  } finally {
    await browser.close();
  }
}

// Does something in each of three seconds' frames; frames that the screen skips show as fewer.
function frames(page, act) {
  return page.evaluate(async (source) => {
    const act = eval(`(${source})`);
    const times = [];
    let work = 0;
    await new Promise((done) => {
      const tick = (t) => {
        times.push(t);
        const began = performance.now();
        act(times.length);
        work += performance.now() - began;
        if (t - times[0] < 3000) requestAnimationFrame(tick);
        else done();
      };
      requestAnimationFrame(tick);
    });
    const gaps = times.slice(1).map((t, i) => t - times[i]);
    return { fps: (gaps.length * 1000) / (times.at(-1) - times[0]), longest: Math.max(...gaps), work: work / times.length };
  }, act.toString());
}
