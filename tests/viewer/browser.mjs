// A browser for the tests of the page: Debian's Chromium, driven by playwright-core. Whatever the
// page complains of (errors, a breach of its content security policy) fails the test that saw it.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "../../tools/web/node_modules/playwright-core/index.mjs";

export const executablePath = process.env.ONEUP_CHROMIUM ?? "/usr/bin/chromium";
const shots = process.env.ONEUP_SHOTS ?? "shots";
mkdirSync(shots, { recursive: true });

export const launch = () => chromium.launch({ executablePath, args: ["--no-sandbox"] });

/** Opens the page and runs `use` with it; fails on any complaint. */
export async function withPage(browser, url, options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && complaints.push(m.text()));
  page.on("pageerror", (e) => complaints.push(String(e)));
  page.on("request", (r) => !new URL(r.url()).host.startsWith("127.0.0.1") && !/^(blob|data):/.test(r.url()) && complaints.push(`asks ${r.url()}`));
  try {
    await page.goto(url);
    await use(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** Waits until a run is there as a whole. */
export const loaded = (page) => page.waitForFunction(() => performance.getEntriesByName("oneup-complete").length > 0);

export const shot = (page, name) => page.screenshot({ path: join(shots, `${name}.png`) });

/** What a click saves: name and bytes. */
export async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

/** The address follows a moment after the state; waits until it says so of a key, null for nothing. */
export async function addressSays(page, key, expected) {
  const wanted = expected instanceof RegExp ? { pattern: expected.source } : { text: expected };
  await page.waitForFunction(
    ([k, { pattern, text }]) => {
      const value = new URLSearchParams(location.hash.slice(1)).get(k);
      return pattern ? new RegExp(pattern).test(value ?? "") : value === text;
    },
    [key, wanted],
  );
}
