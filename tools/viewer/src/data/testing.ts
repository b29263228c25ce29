// For tests: traces made record by record, as the program writes them.
import { create, toBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { HeaderSchema, RecordSchema, TraceSchema, type Record as TraceRecord } from "#proto/trace_pb";
import { Trace } from "./trace";

export const dayMs = 86_400_000;
export const at = (day: string): number => Date.parse(day);

type Body = NonNullable<MessageInitShape<typeof RecordSchema>["body"]>;

/** Who acts in the stories of tests: a hub and two suppliers. */
export const cast = `
name: "test" title: "A test" hub: "openai" end_date: "2025-12-31"
actors { id: "openai" name: "OpenAI" kind: ACTOR_KIND_ORGANISATION }
actors { id: "altman" name: "Sam Altman" kind: ACTOR_KIND_PERSON organisation: "openai" }
actors { id: "nvidia" name: "Nvidia" kind: ACTOR_KIND_ORGANISATION ticker: "NVDA" }
actors { id: "huang" name: "Jensen Huang" kind: ACTOR_KIND_PERSON organisation: "nvidia" }
actors { id: "amd" name: "AMD" kind: ACTOR_KIND_ORGANISATION ticker: "AMD" }
actors { id: "su" name: "Lisa Su" kind: ACTOR_KIND_PERSON organisation: "amd" }
actors { id: "press" name: "The Press" kind: ACTOR_KIND_ORGANISATION }
listings { ticker: "AMD" capitalisations { date: "2025-01-01" usd_bn: 200 } }
principals { actor: "su" part: PART_SUPPLIER }
principals { actor: "altman" part: PART_HUB }
principals { actor: "huang" part: PART_SUPPLIER }
minds { fomo_half_life_days: 10 face_half_life_days: 20 }
`;

export class Story {
  readonly records: TraceRecord[] = [];
  private id = 0;

  constructor(files: { name: string; text: string }[] = [{ name: "builtin:test.textproto", text: cast }]) {
    const utf8 = new TextEncoder();
    this.push(0, 0, 0, {
      case: "header",
      value: create(HeaderSchema, {
        format: "oneup.v1.Trace", formatVersion: 1, scenarioName: "test", seed: 7n,
        scenarioFiles: files.map((f) => ({ name: f.name, content: utf8.encode(f.text) })),
        listings: [
          { ticker: "NVDA", name: "Nvidia", currency: "USD", tickMicros: 10_000n },
          { ticker: "AMD", name: "AMD", currency: "USD", tickMicros: 10_000n },
        ],
      }),
    });
  }

  /** Adds a record and returns its id. */
  add(day: string, body: Body, cause = 0): number {
    this.push(++this.id, at(day), cause, body);
    return this.id;
  }

  bar(day: string, ticker: string, close: number): number {
    const closeTicks = BigInt(Math.round(close * 100));
    return this.add(day, { case: "bar", value: { ticker, closeTicks, openTicks: closeTicks } });
  }

  end(): this {
    this.push(0, 0, 0, { case: "footer", value: {} });
    return this;
  }

  /** As the records of a file or a stream, each encoded. */
  encoded(): Uint8Array[] {
    return this.records.map((r) => toBinary(RecordSchema, r));
  }
  file(): Uint8Array {
    return toBinary(TraceSchema, create(TraceSchema, { records: this.records }));
  }
  trace(): Trace {
    const trace = new Trace();
    for (const record of this.encoded()) trace.add(record);
    return trace;
  }

  private push(id: number, t: number, cause: number, body: Body): void {
    this.records.push(create(RecordSchema, { id: BigInt(id), timeNs: BigInt(t) * 1_000_000n, causeId: BigInt(cause), body }));
  }
}
