// The viewer as a student uses it: a browser, the program's own server, real runs.
//   ONEUP=build/bin/oneup ONEUP_SHOTS=build/viewer node --test tests/viewer/viewer_e2e.mjs
// Pictures of what it saw are kept in ONEUP_SHOTS, for a person to look at.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addressSays, launch, loaded, saved, shot, withPage } from "./browser.mjs";
import { startServer } from "./server.mjs";

const program = process.env.ONEUP;
const axe = readFileSync(new URL("../../tools/web/node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const run = "#run=autonomous&seed=7&resolution=low";
const folder = mkdtempSync(join(tmpdir(), "oneup-viewer-"));
const file = join(folder, "story.binpb");
let server;
let browser;

before(async () => {
  execFileSync(program, ["run", "--seed", "7", "--resolution", "low", "--trace", file, "--detail", "market"], { stdio: "ignore" });
  [server, browser] = await Promise.all([startServer(program, ["--trace", file]), launch()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = (hash, use, options = {}) => withPage(browser, server.url + hash, options, async (page) => {
  await loaded(page);
  await use(page);
});
const dateOf = (page) => page.locator(".transport .date b").innerText();
const headline = (page) => page.locator(".details .headline").innerText();
const violations = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 4).join("; ")}`);
};

test("a server that was started with a trace shows it at once", () =>
  open("", async (page) => {
    assert.match(await page.locator(".top .facts").innerText(), /seed 7 .*trace story\.binpb/);
    assert.equal(await dateOf(page), "1 Jan 2026");
    await shot(page, "trace-light-1280x720");
  }));

test("a scenario, a seed and a resolution are chosen at the start", () =>
  open(run, async (page) => {
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByRole("radio", { name: /OpenAI's deals of 2025 and what they did/ }).check({ force: true });
    const seed = page.getByRole("textbox", { name: "Seed" });
    await seed.fill("x");
    await page.getByText("A seed is a whole number").waitFor();
    await seed.fill("3");
    await shot(page, "start-1280x720");
    await page.locator("dialog").getByRole("button", { name: "Open", exact: true }).click();
    await page.locator(".facts", { hasText: "seed 3" }).waitFor();
    await addressSays(page, "run", "2025");
    await addressSays(page, "seed", "3");
  }));

test("a trace of one's own is opened from a file", () =>
  open(run, async (page) => {
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.locator("input[type=file]").setInputFiles(file);
    await page.locator(".facts", { hasText: "file story.binpb" }).waitFor();
    const wrong = join(folder, "wrong.txt");
    writeFileSync(wrong, "this is no trace, as anybody can see");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.locator("input[type=file]").setInputFiles(wrong);
    await page.getByRole("alert").filter({ hasText: "the file is no trace" }).waitFor();
  }));

test("it plays from the beginning, pauses, and goes on", () =>
  open(`${run}&speed=90`, async (page) => {
    await page.getByRole("button", { name: /^Play/ }).click();
    await page.waitForFunction(() => /Mar 2023/.test(document.querySelector(".transport .date b").textContent));
    await page.getByRole("button", { name: /^Pause/ }).click();
    const stood = await dateOf(page);
    await page.waitForTimeout(300);
    assert.equal(await dateOf(page), stood);
    await page.keyboard.press("Space");
    await page.waitForFunction((d) => document.querySelector(".transport .date b").textContent !== d, stood);
  }));

test("scrubbing moves the clock of all views, and the network grows", () =>
  open(run, async (page) => {
    const arrows = page.locator(".view-network .promise");
    const last = await arrows.count();
    assert.ok(last >= 3);
    const slider = page.getByRole("slider", { name: "Time" });
    const box = await slider.boundingBox();
    await page.mouse.move(box.x + box.width - 10, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2, { steps: 8 });
    await page.mouse.up();
    assert.match(await dateOf(page), / 2023$/);
    assert.equal(await arrows.count(), 0);
    await page.getByText("No promises yet.").waitFor();
    await addressSays(page, "at", /^2023-/);
  }));

test("steps go by event and by day, with keys", () =>
  open(`${run}&at=2025-08-24T00:00Z`, async (page) => {
    await page.keyboard.press("ArrowRight");
    const first = await headline(page);
    const day = await dateOf(page);
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await headline(page), first);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await headline(page), first);
    assert.equal(await dateOf(page), day);
    await page.keyboard.press("Shift+ArrowRight");
    assert.equal(await dateOf(page), "26 Aug 2025");
    await page.keyboard.press("Home");
    assert.match(await dateOf(page), / 2022$| Jan 2023$/);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Help" }).waitFor();
    await shot(page, "help-1280x720");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Help" }).waitFor({ state: "hidden" });
    await page.keyboard.press("i");
    await addressSays(page, "show", "absolute");
  }));

test("what lies at one instant is stepped through one by one, and so is what lies before the clock's beginning", async () => {
  await open(`${run}&at=2024-04-26T00:00Z`, async (page) => {
    await page.keyboard.press("ArrowRight");
    assert.match(await headline(page), /^Sam Altman asks Hock Tan: 4\.5 GW/);
    await page.keyboard.press("ArrowRight");
    assert.match(await headline(page), /^Sam Altman asks Hock Tan for 100 billion/);
    await page.keyboard.press("ArrowLeft");
    assert.match(await headline(page), /^Sam Altman asks Hock Tan: 4\.5 GW/);
  });
  await open("#run=2025&seed=1&resolution=low&at=2024-01-20T00:00Z", async (page) => {
    for (let i = 0; i < 6; ++i) await page.keyboard.press("ArrowLeft");
    assert.match(await headline(page), /^AMD starts Instinct/);
    await page.keyboard.press("ArrowRight");
    assert.match(await headline(page), /^Altman writes that self-belief/);
  });
});

test("with the clock at the end a change holds from the beginning, and where the worlds part is said of the world that has it", () =>
  open(`${run}&tab=whatif`, async (page) => {
    await page.getByText("Switch off what moves people").click();
    await page.getByRole("switch", { name: "fomo" }).uncheck();
    assert.equal(await page.getByLabel("Line 1 of the what-if").inputValue(), "rule off fomo");
    await page.getByRole("button", { name: "Run it beside" }).click();
    await page.getByText(/The worlds part on 11 Jan 2023: only in the baseline, Rule R03 acts on .* \(the what-if silences R03\)/).waitFor();
    await page.getByRole("region", { name: "What-if" }).getByRole("button", { name: "Go there" }).click();
    assert.match(await headline(page), /^Rule R03 acts on/);
  }));

test("a what-if of a trace with less detail parts where it should", () =>
  withPage(browser, server.url, {}, async (page) => {
    const short = join(folder, "short.binpb");
    execFileSync(program, ["run", "--seed", "7", "--resolution", "low", "--trace", short, "--detail", "deals"], { stdio: "ignore" });
    await loaded(page);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.locator("input[type=file]").setInputFiles(short);
    await page.locator(".facts", { hasText: "short.binpb" }).waitFor();
    await page.getByRole("button", { name: "What if?", exact: true }).click();
    await page.getByRole("button", { name: "+ a line" }).click();
    await page.getByLabel("Line 1 of the what-if").fill("force nadella.accept");
    await page.getByRole("button", { name: "Run it beside" }).click();
    await page.getByText("The worlds part on 26 Dec 2024").waitFor();
  }));

test("a click says what a thing is, why it happened and what came of it", () =>
  open(`${run}&zoom=2025-07-01T00:00Z_2025-12-31T00:00Z`, async (page) => {
    await page.locator('.lanes [data-record="31685"]').click();
    assert.match(await headline(page), /Masayoshi Son and Sam Altman announce 3 GW for 120 billion/);
    await page.getByText("This emerged in the run").waitFor();
    await shot(page, "details-1280x720");
    // The same chain as `oneup trace why` prints: the last line before the record caused it.
    const why = execFileSync(program, ["trace", "why", file, "31685"], { encoding: "utf8" }).trim().split("\n");
    await page.getByRole("button", { name: /more steps/ }).click({ timeout: 1000 }).catch(() => {});
    const chain = page.locator(".details .chain").first().locator("li");
    assert.equal(await chain.count(), why.length - 1);
    await chain.nth((await chain.count()) - 2).getByRole("button").click();
    assert.match(await headline(page), /Sam Altman accepts from Masayoshi Son/);
    await page.locator(".view-network .company", { hasText: "SoftBank" }).click();
    assert.equal(await headline(page), "SoftBank");
  }));

test("a recorded event shows its lines of the article", () =>
  open("#run=2025&seed=1&resolution=low&zoom=2024-01-01T00:00Z_2025-10-31T00:00Z", async (page) => {
    await page.locator(".lanes .mark-at", { has: page.locator("title", { hasText: "Nadella says no to the 100 billion" }) }).click();
    await page.locator(".evidence", { hasText: "WSJ story, 2025-11-01, Hebrew translation, line S33" }).waitFor();
    await page.locator(".evidence .tag", { hasText: "stated in the article" }).first().waitFor();
    await shot(page, "evidence-1280x720");
  }));

test("Hebrew in a source runs from right to left", () =>
  withPage(browser, server.url, {}, async (page) => {
    const scenario = join(folder, "hebrew.textproto");
    writeFileSync(scenario, `imports: "2025.textproto" name: "hebrew" title: "2025, with a line of the article"
events { id: "note" date: "2025-10-30" precision: PRECISION_DAY kind: EVENT_KIND_STATEMENT actors: "altman"
  headline: "A line in the article's own language." visibility { public_from: "2025-10-30" }
  evidence { source: "WSJ story, line S1" note: "אלטמן הכריז על סטארגייט בבית הלבן: 500 מיליארד דולר." status: EVIDENCE_STATUS_ARTICLE } }`);
    const hebrew = join(folder, "hebrew.binpb");
    execFileSync(program, ["replay", scenario, "--resolution", "low", "--trace", hebrew, "--detail", "market"], { stdio: "ignore" });
    await loaded(page);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.locator("input[type=file]").setInputFiles(hebrew);
    await page.locator(".facts", { hasText: "hebrew.binpb" }).waitFor();
    await page.locator(".details .line", { hasText: "own language" }).click();
    const note = page.locator('.evidence bdi[lang="he"]');
    await note.waitFor();
    assert.equal(await note.evaluate((e) => getComputedStyle(e).direction), "rtl");
    await note.scrollIntoViewIfNeeded();
    await shot(page, "hebrew-1280x720");
  }));

test("the network has the figures of `oneup network`", () =>
  open("#run=2025&seed=1&resolution=low&at=2025-10-14T00:00Z", async (page) => {
    const told = JSON.parse(execFileSync(program, ["network", "2025", "--at", "2025-10-14", "--format", "json"], { encoding: "utf8" }));
    const text = await page.locator(".figures").innerText();
    assert.match(text, new RegExp(`\\$${told.figures.obligations_usd_bn} bn`));
    assert.match(text, new RegExp(`${Math.round(told.figures.circularity * 100)} %`));
    assert.equal(await page.locator(".view-network .promise").count(), told.flows.length);
    await shot(page, "network-2025-1280x720");
  }));

test("an address restores all that was seen", () =>
  open(`${run}&at=2025-09-10T12:00Z&zoom=2025-06-01T00:00Z_2025-12-01T00:00Z&pick=record.31685&show=absolute.history&without=SPY&theme=dark`, async (page) => {
    assert.equal(await dateOf(page), "10 Sep 2025");
    assert.match(await headline(page), /Masayoshi Son/);
    assert.ok(await page.locator(":root.dark").count());
    assert.equal(await page.getByRole("button", { name: /^SPY/ }).getAttribute("aria-pressed"), "false");
    assert.ok(await page.getByRole("checkbox", { name: "Recorded" }).isChecked());
    await addressSays(page, "pick", "record.31685");
  }));

test("a what-if is checked, runs beside, and shows where the worlds part", () =>
  open(run, async (page) => {
    await page.getByRole("button", { name: "What if?", exact: true }).click();
    await page.getByRole("button", { name: "+ a line" }).click();
    const line = page.getByLabel("Line 1 of the what-if");
    await line.fill("pin huang.fom 0");
    await page.locator(".problem", { hasText: "must be fomo, face" }).waitFor();
    await line.fill("force nadella.accept");
    await page.getByRole("button", { name: "Run it beside" }).click();
    const bar = page.getByRole("region", { name: "What-if" });
    await bar.getByText("The worlds part on").waitFor();
    await bar.getByRole("button", { name: "Go there" }).click();
    assert.equal(await dateOf(page), await bar.locator(".parting b").innerText());
    assert.ok(await page.locator(".lane.fork").count() >= 6);
    await addressSays(page, "do", "force nadella.accept");
    await page.keyboard.press("End");
    await page.keyboard.press("Escape");
    await page.locator(".details", { hasText: "Only in the what-if" }).waitFor();
    await shot(page, "fork-light-1280x720");
    assert.ok(await page.locator(".promise.of-fork").count() >= 1);
    await bar.getByRole("button", { name: "Close the what-if" }).click();
    assert.equal(await page.locator(".lane.fork").count(), 0);
  }));

test("a link brings both worlds", () =>
  open(`${run}&do=rule+off+fomo&theme=dark`, async (page) => {
    await page.getByText("The worlds part on").waitFor();
    await shot(page, "fork-dark-1280x720");
  }));

test("from what is selected one asks what if it had not happened", () =>
  open(`${run}&pick=record.31685`, async (page) => {
    await page.getByRole("button", { name: "What if this had not happened?" }).click();
    assert.equal(await page.getByLabel("Line 1 of the what-if").inputValue(), "drop deal_softbank");
    await page.getByRole("button", { name: "Run it beside" }).click();
    await page.getByText("The worlds part on").waitFor();
  }));

test("switches and sliders write lines of the grammar, from the clock on", () =>
  open(`${run}&at=2025-03-01T12:00Z&tab=whatif`, async (page) => {
    await page.getByText("Switch off what moves people").click();
    await page.getByRole("switch", { name: "fomo" }).uncheck();
    assert.equal(await page.getByLabel("Line 1 of the what-if").inputValue(), "rule off fomo from 2025-03-01");
    await page.getByRole("switch", { name: "fomo" }).check();
    await page.getByText("Change a character").click();
    await page.getByRole("button", { name: "Keep it there" }).first().click();
    assert.match(await page.getByLabel("Line 1 of the what-if").inputValue(), /^pin altman\.\w+ [\d.]+ from 2025-03-01$/);
    await shot(page, "whatif-panel-1280x720");
  }));

test("worlds are compared over seeds, and a comparison is cancelled", () =>
  open(`${run}&tab=compare&do=rule+off+fomo`, async (page) => {
    const seeds = page.getByLabel("Seeds");
    await seeds.fill("1000");
    await page.getByRole("button", { name: "Compare over 1000 seeds" }).click();
    await page.locator("progress").waitFor();
    await page.locator(".compare").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: /^Compare over/ }).waitFor();
    await seeds.fill("12");
    await page.getByRole("button", { name: "Compare over 12 seeds" }).click();
    await page.locator(".whiskers").waitFor();
    assert.match(await page.locator(".compare table").innerText(), /Deals/);
    await shot(page, "compare-1280x720");
    const { bytes } = await saved(page, async () => {
      await page.getByRole("button", { name: "Share" }).click();
      await page.getByRole("button", { name: "Save the comparison (JSON)" }).click();
    });
    assert.equal(JSON.parse(bytes).pairs, 12);
  }));

test("pictures of each view are saved, as PNG and SVG", () =>
  open(`${run}&do=force+nadella.accept`, async (page) => {
    await page.getByText("The worlds part on").waitFor();
    const drawn = {};
    for (const name of ["prices", "network", "talks"]) {
      for (const [type, label] of [["png", "Picture (PNG)"], ["svg", "Drawing (SVG)"]]) {
        const menu = page.locator(".menu", { has: page.getByLabel(`Save the picture of ${name}`) });
        await menu.locator("summary").click();
        const got = await saved(page, () => menu.getByRole("button", { name: label }).click());
        assert.match(got.name, new RegExp(`^oneup-autonomous-${name}-2026-01-01\\.${type}$`));
        if (type === "png") assert.equal(got.bytes.subarray(1, 4).toString(), "PNG");
        else assert.match(got.bytes.toString(), /^<svg [\s\S]*<path[\s\S]*<\/svg>$/);
        writeFileSync(join(process.env.ONEUP_SHOTS ?? "shots", `export-${name}.${type}`), got.bytes);
        drawn[name] = got.bytes.toString();
      }
    }
    for (const name of ["prices", "talks"]) assert.match(drawn[name], />the worlds part</);
    const months = (svg) => svg.match(/(?<=>)(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)( 20\d\d)?(?=<)/g);
    assert.ok(months(drawn.prices).length >= 4);
    assert.deepEqual(months(drawn.prices), months(drawn.talks));
  }));

test("the scenario and the command that are exported make the same run", () =>
  open(`${run}&do=force+nadella.accept`, async (page) => {
    await page.getByText("The worlds part on").waitFor();
    await page.getByRole("button", { name: "Share" }).click();
    const command = await page.getByLabel("The what-if’s run").inputValue();
    assert.equal(command, "oneup run autonomous --seed 7 --resolution low --do 'force nadella.accept' --trace run.binpb --detail market");
    await shot(page, "share-1280x720");
    const { bytes } = await saved(page, () => page.getByRole("button", { name: "Save the scenario (textproto)" }).click());
    const kept = join(folder, "kept.textproto");
    writeFileSync(kept, bytes);
    const told = (args) => execFileSync(program, ["run", ...args, "--seed", "7", "--resolution", "low", "--format", "json"], { encoding: "utf8" });
    // The same but for its name.
    const events = (text) => ({ ...JSON.parse(text), scenario: "", digest: "" });
    assert.deepEqual(events(told([kept])), events(told(["autonomous", "--do", "force nadella.accept"])));
  }));

test("nothing is wrong for those who cannot see or use a mouse, light and dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    await open(`${run}&do=rule+off+fomo&pick=record.31685`, async (page) => {
      await page.getByText("The worlds part on").waitFor();
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press("w");
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press("?");
      assert.deepEqual(await violations(page), []);
    }, { colorScheme });
  }
});

test("everything can be reached by Tab, and its focus is seen", () =>
  open(run, async (page) => {
    const seen = new Set();
    for (let i = 0; i < 90; ++i) {
      await page.keyboard.press("Tab");
      seen.add(await page.evaluate(() => {
        const e = document.activeElement;
        const outline = getComputedStyle(e).outlineStyle;
        return e === document.body || outline !== "none" || e.matches("input[type=range]") ? e.getAttribute("aria-label") ?? e.textContent.trim().slice(0, 30) : `no outline: ${e.outerHTML.slice(0, 80)}`;
      }));
    }
    for (const name of ["Open", "What if?", "Share", "Play (Space)", "Time", "Details", "OpenAI"]) assert.ok(seen.has(name), `${name} of ${[...seen].join(" | ")}`);
    assert.ok([...seen].some((s) => /^Nvidia, \d{4}-/.test(s)), "lanes of talks");
    assert.deepEqual([...seen].filter((s) => s.startsWith("no outline")), []);
  }));

test("the lanes of talks are gone through and picked from by keyboard", () =>
  open(`${run}&zoom=2025-07-01T00:00Z_2025-12-31T00:00Z`, async (page) => {
    const stop = page.locator(".lane-at");
    await stop.focus();
    assert.equal(await stop.count(), 1);
    const label = () => stop.getAttribute("aria-label");
    const clock = await dateOf(page);
    assert.match(await label(), /^Nvidia, 2025-/);
    await page.keyboard.press("ArrowDown");
    assert.match(await label(), /^AMD, 2025-/);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    const end = await label();
    await page.keyboard.press("ArrowRight");
    assert.equal(await label(), end);
    await page.keyboard.press("Home");
    const along = async (wanted) => {
      for (let i = 0; i < 300 && !wanted.test(await label()); ++i) await page.keyboard.press("ArrowRight");
      assert.match(await label(), wanted);
    };
    await along(/: talks open$/);
    // Only what is picked moves anything.
    assert.equal(await dateOf(page), clock);
    assert.equal(await page.locator(".details .headline").count(), 0);
    await page.keyboard.press("Enter");
    assert.equal(await headline(page), "Talks with Jensen Huang: open");
    await page.keyboard.press("Home");
    await along(/: Jensen Huang: FOMO/);
    const jump = await label();
    await page.keyboard.press("Space");
    assert.equal(`Nvidia, ${new Date(`${await dateOf(page)} UTC`).toISOString().slice(0, 10)}: ${await headline(page)}`, jump);
    await page.getByRole("button", { name: /^Play/ }).waitFor();
    // Elsewhere the arrows are the page's.
    await stop.blur();
    const picked = await headline(page);
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await headline(page), picked);
    assert.equal(await label(), jump);
  }));

test("a phone shows all of it, one under the other", () =>
  open(`${run}&do=force+nadella.accept&pick=record.31685`, async (page) => {
    await page.getByText("The worlds part on").waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(wide, 0);
    await shot(page, "phone-top-390x844");
    for (const view of ["talks", "network", "side"]) {
      await page.locator(`.view-${view}`).scrollIntoViewIfNeeded();
      await page.locator(`.view-${view}`).evaluate((e) => scrollTo(0, e.offsetTop - 8));
      await shot(page, `phone-${view}-390x844`);
    }
    await page.getByRole("button", { name: /^Day before/ }).click();
    assert.equal(await dateOf(page), "31 Dec 2025");
    await page.getByRole("button", { name: /^Day before/ }).click();
    await page.getByRole("button", { name: /^Day after/ }).click();
    assert.equal(await dateOf(page), "31 Dec 2025");
    await page.getByRole("button", { name: /^Play/ }).click();
    assert.deepEqual(await violations(page), []);
  }, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }));

test("who wants no motion sees none", () =>
  open("#run=2025&seed=1&resolution=low", async (page) => {
    assert.ok(await page.locator(".promise .round").count() > 0);
    assert.equal(await page.locator(".promise .round").first().evaluate((e) => getComputedStyle(e).animationName), "none");
  }, { reducedMotion: "reduce" }));

test("a first visit is asked what to open, and can look around before", async () => {
  const other = await startServer(program);
  await withPage(browser, other.url, {}, async (page) => {
    const dialog = page.getByRole("dialog", { name: "Open a world" });
    await dialog.waitFor();
    await shot(page, "first-visit-1280x720");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Open a world" }).click();
    await dialog.getByRole("button", { name: "Open", exact: true }).click();
    await loaded(page);
  });
  other.stop();
});

test("a link to what the server does not have says so in one line", () =>
  withPage(browser, `${server.url}#trace=nope.binpb`, {}, async (page) => {
    await page.getByRole("alert").filter({ hasText: "no file of this name" }).waitFor();
    await page.getByRole("button", { name: "Open a world" }).waitFor();
  }));

test("a run is cancelled, and what has come of it stays", () =>
  withPage(browser, `${server.url}#run=autonomous&seed=7&resolution=high`, {}, async (page) => {
    await page.waitForFunction(() => performance.getEntriesByName("oneup-interactive").length > 0);
    await page.locator(".facts").getByRole("button", { name: "cancel" }).click();
    await page.locator(".facts", { hasText: "cancelled here" }).waitFor();
    assert.match(await dateOf(page), / 202\d$/);
  }));

test("what drops in is read", () =>
  open(run, async (page) => {
    const bytes = [...readFileSync(file)];
    await page.evaluate((list) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(list)], "dropped.binpb"));
      dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, bytes);
    await page.locator(".facts", { hasText: "file dropped.binpb" }).waitFor();
  }));
