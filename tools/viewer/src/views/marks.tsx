// The signs of the timeline: each kind has a shape of its own, so that no meaning hangs on colour.
// Filled: in public. Hollow: in secret. Blue: the hub speaks; orange: the other side; grey: others.
import type { Sign } from "../data/talks";

// Around (0, 0), about ten units wide.
const shapes: Record<Sign, string> = {
  approach: "M-4.5-4 4.5 0-4.5 4-2 0z",
  offer: "M0-4.6 4 2.6H-4z",
  counter: "M0 4.6 4-2.6H-4z",
  accept: "M0-5 5 0 0 5-5 0z",
  refuse: "M-4.4-2.8-2.8-4.4 0-1.6 2.8-4.4 4.4-2.8 1.6 0 4.4 2.8 2.8 4.4 0 1.6-2.8 4.4-4.4 2.8-1.6 0z",
  stall: "M-4-4.5H-1V4.5H-4zM1-4.5H4V4.5H1z",
  call: "M-4.5-2.5H4.5V2.5H-4.5z",
  announce: "M0-6.5 1.9-2.1 6.6-1.9 2.9 1.1 4.1 5.6 0 3 -4.1 5.6-2.9 1.1-6.6-1.9-1.9-2.1z",
  leak: "M-3.6-5.5H-2V5.5H-3.6zM-2-5.5 5-2.5-2 .5z",
  denial: "M-4.6-1.3H4.6V1.3H-4.6z",
  word: "M-5-4H5V2.5H0L-3 5.5V2.5H-5z",
  meeting: "M-2.2-4.2a3 3 0 1 0 0 8.4 6 6 0 0 1 0-8.4zM2.2-4.2a3 3 0 1 1 0 8.4 6 6 0 0 0 0-8.4z",
  other: "M0-3.4A3.4 3.4 0 1 1 0 3.4 3.4 3.4 0 1 1 0-3.4z",
  intervention: "M1.5-6-4 1H-.6L-1.5 6 4-1H.6z",
};

export const signText: Record<Sign, string> = {
  approach: "asks", offer: "offer", counter: "counter-offer", accept: "acceptance", refuse: "refusal",
  stall: "dead end", call: "call, talks", announce: "announcement", leak: "leak, report", denial: "denial",
  word: "public word", meeting: "meeting", other: "other event", intervention: "what-if takes effect",
};

export const signPath = (sign: Sign): string => shapes[sign];

export function SignIcon({ sign, side, secret = false }: { sign: Sign; side: string; secret?: boolean }) {
  return (
    <svg class="sign" viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true">
      <path class={`mark ${side}${secret ? " secret" : ""}`} d={shapes[sign]} />
    </svg>
  );
}
