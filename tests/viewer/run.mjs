// Runs the tests of the page in a browser; 77, which CTest takes as skipped, where there is none.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const chromium = process.env.ONEUP_CHROMIUM ?? "/usr/bin/chromium";
if (!existsSync(chromium)) {
  console.error(`skipped: no ${chromium} (apt-get install chromium)`);
  process.exit(77);
}
const tests = ["viewer_e2e.mjs", "worlds_e2e.mjs"].map((name) => fileURLToPath(new URL(name, import.meta.url)));
// One browser at a time: they share the machine's processors with the runs that they show.
process.exit(spawnSync(process.execPath, ["--test", "--test-concurrency=1", ...tests], { stdio: "inherit" }).status ?? 1);
