// One world after another in the same page: nothing of the one before may stay, however far it had come.
//   ONEUP=build/bin/oneup ONEUP_SHOTS=build/viewer node --test tests/viewer/worlds_e2e.mjs
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addressSays, launch, loaded, withPage } from "./browser.mjs";
import { startServer } from "./server.mjs";

const first = "#run=autonomous&seed=7&resolution=low";
const other = "#run=2025&seed=3&resolution=low";
const slow = "#run=autonomous&seed=8&resolution=high";
let server;
let browser;

before(async () => {
  [server, browser] = await Promise.all([startServer(process.env.ONEUP), launch()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
});

const open = (hash, use) => withPage(browser, server.url + hash, {}, use);
const go = (page, hash) => page.evaluate((h) => (location.hash = h), hash);
const streams = (page, seed) => page.locator(".facts", { hasText: new RegExp(`seed ${seed} .*still coming in`) }).waitFor();
const complete = (page, seed) => page.waitForFunction((s) => {
  const text = document.querySelector(".top .facts").textContent;
  return text.startsWith(`seed ${s} `) && !text.includes("coming in");
}, seed);

/** All that the page shows of its worlds. */
const seen = async (page) => {
  // What comes in is shown a few times a second.
  await page.waitForTimeout(500);
  return page.evaluate(() => {
    const text = (selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent);
    return {
      head: text(".top .title, .top .facts, .forkbar, [role=alert]"), clock: text(".transport .date"), prices: text(".legend button"),
      signs: text(".sign-at title"), lanes: text(".lane-name"), marks: text(".mark-at title"), network: text(".promise title, .figures"),
      details: text(".details"), window: document.querySelectorAll(".scrub .window").length,
    };
  });
};
const fresh = async (hash, seed) => {
  let shown;
  await open(hash, async (page) => {
    await complete(page, seed);
    shown = await seen(page);
  });
  return shown;
};

async function choose(page, scenario, seed) {
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("radio", { name: scenario }).check({ force: true });
  await page.getByRole("textbox", { name: "Seed" }).fill(seed);
  await page.locator("dialog").getByRole("combobox").selectOption("low");
  await page.locator("dialog").getByRole("button", { name: "Open", exact: true }).click();
}

/** Nothing is left of a what-if, of what was compared, nor of the part of time that was shown. */
async function isBare(page) {
  for (const key of ["do", "at", "zoom", "pick"]) await addressSays(page, key, null);
  await page.keyboard.press("w");
  assert.equal(await page.getByLabel("Line 1 of the what-if").count(), 0);
  await page.keyboard.press("c");
  assert.equal(await page.locator(".whiskers, .compare progress").count(), 0);
}

test("a world is opened again while another streams", async () => {
  await open(first, async (page) => {
    await complete(page, "7");
    const was = await seen(page);
    await go(page, slow);
    await streams(page, "8");
    await page.waitForFunction((clock) => !["", clock].includes(document.querySelector(".transport .date").textContent), was.clock[0]);
    await go(page, first);
    await complete(page, "7");
    assert.deepEqual(await seen(page), was);
    // Nor does what still comes of the other move anything.
    await page.waitForTimeout(1000);
    assert.deepEqual(await seen(page), was);
    await addressSays(page, "seed", "7");
  });
});

test("another world is opened while one streams", async () => {
  const alone = await fresh(other, "3");
  await open(slow, async (page) => {
    await streams(page, "8");
    await page.waitForFunction(() => performance.getEntriesByName("oneup-interactive").length > 0);
    await choose(page, /OpenAI's deals of 2025/, "3");
    await complete(page, "3");
    assert.deepEqual(await seen(page), alone);
    await isBare(page);
  });
});

test("after a link with a fork another world is opened", async () => {
  const alone = await fresh(other, "3");
  await open(`${first}&do=force+nadella.accept&at=2025-09-10T12:00Z&zoom=2025-06-01T00:00Z_2025-12-01T00:00Z&pick=fork.actor.nadella`, async (page) => {
    await loaded(page);
    await page.getByText("The worlds part on").waitFor();
    await page.keyboard.press("c");
    await page.getByLabel("Seeds").fill("8");
    await page.getByRole("button", { name: "Compare over 8 seeds" }).click();
    await page.locator(".whiskers").waitFor();
    await page.keyboard.press("d");
    await choose(page, /OpenAI's deals of 2025/, "3");
    await complete(page, "3");
    assert.equal(await page.locator(".lane.fork").count(), 0);
    assert.deepEqual(await seen(page), alone);
    await isBare(page);
  });
});

test("a link whose worlds still stream gives way to another world, of the same scenario too", async () => {
  const alone = await fresh(first, "7");
  for (const at of ["2023-02-01T00:00Z", "2025-12-20T00:00Z"]) {
    // The clock says whether the fork has begun by then (early) or the link still waits (late).
    await open(`${slow}&do=rule+off+fomo&at=${at}&zoom=2023-01-10T00:00Z_2023-06-01T00:00Z`, async (page) => {
      await streams(page, "8");
      if (at.startsWith("2023")) await page.locator(".forkbar", { hasText: "running" }).waitFor();
      else await page.waitForFunction(() => performance.getEntriesByName("oneup-interactive").length > 0);
      await choose(page, /left to themselves/, "7");
      await complete(page, "7");
      assert.deepEqual(await seen(page), alone);
      await isBare(page);
    });
  }
});

test("a link without a what-if closes the one that is open", async () => {
  await open(`${first}&do=force+nadella.accept`, async (page) => {
    await loaded(page);
    await page.getByText("The worlds part on").waitFor();
    await go(page, first);
    await page.locator(".forkbar").waitFor({ state: "detached" });
    assert.equal(await page.locator(".lane.fork").count(), 0);
    await addressSays(page, "do", null);
  });
});
