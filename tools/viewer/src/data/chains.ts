// Why something happened, and what came of it.
import { Kind } from "./wire";
import type { Entry, Trace } from "./trace";

/** The record and what led to it, the first cause first, the record itself last. */
export function chainTo(trace: Trace, id: number): Entry[] {
  const chain: Entry[] = [];
  // A cause has a smaller id than its effect; a file that says otherwise is not followed in circles.
  for (let at = trace.get(id); at; at = at.cause && at.cause < at.id ? trace.get(at.cause) : undefined) chain.push(at);
  return chain.reverse();
}

export interface Consequences {
  /** What it led to directly, in order. */
  direct: readonly Entry[];
  /** Everything that has it among its causes; `more` where the search ended before all was counted. */
  count: number;
  more: boolean;
  /** Of those, events of the story, in order; not the record itself. */
  happenings: Entry[];
}

/** What came of a record, looking at most so many records far. */
export function consequencesOf(trace: Trace, id: number, most = 20000): Consequences {
  const direct = trace.effectsOf(id);
  const happenings: Entry[] = [];
  const queue = [...direct];
  let count = 0;
  for (let i = 0; i < queue.length && count < most; ++i) {
    const entry = queue[i]!;
    ++count;
    if (entry.kind === Kind.happening) happenings.push(entry);
    queue.push(...trace.effectsOf(entry.id));
  }
  happenings.sort((a, b) => a.id - b.id);
  return { direct, count, more: count >= most, happenings };
}

/** Records of rules in the chain to a record: what behaviour it rests on. */
export function rulesBehind(trace: Trace, id: number): string[] {
  const rules = chainTo(trace, id).flatMap((e) => (e.kind === Kind.ruleFiring ? [e.body.rule] : []));
  return [...new Set(rules)];
}
