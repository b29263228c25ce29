// A trace from the reader's own disk, taken in slices so that the page stays alive meanwhile.
import { recordsIn, whyNoTrace } from "../data/wire";
import type { Trace } from "../data/trace";

/** Adds all records of a file, or those until it is stopped; calls `slice` after each share of the work. Throws what
 * is wrong. */
export async function readFile(bytes: Uint8Array, trace: Trace, slice: () => void, stopped: () => boolean, sliceMs = 8): Promise<void> {
  const wrong = whyNoTrace(bytes);
  if (wrong) throw new Error(wrong);
  let began = performance.now();
  for (const record of recordsIn(bytes)) {
    trace.add(record);
    if (performance.now() - began < sliceMs) continue;
    slice();
    await new Promise((resume) => setTimeout(resume));
    if (stopped()) return;
    began = performance.now();
  }
  slice();
}
