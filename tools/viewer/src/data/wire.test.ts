import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { RecordsSchema, ServerMessageSchema } from "#proto/serve_pb";
import { RecordSchema } from "#proto/trace_pb";
import { Story, at } from "./testing";
import { Kind, readFrame, readRecord, recordsIn, whyNoTrace } from "./wire";

const story = () => {
  const s = new Story();
  s.add("2025-01-02", { case: "happening", value: { eventId: "a", headline: "one" } });
  s.bar("2025-01-03", "NVDA", 120.5);
  return s.end();
};

describe("a trace's bytes", () => {
  it("are cut into the records that were written", () => {
    const s = story();
    expect([...recordsIn(s.file())]).toEqual(s.encoded());
  });

  it("tell a record's id, time, cause and kind without its body being decoded", () => {
    const s = new Story();
    const first = s.add("2025-01-02", { case: "happening", value: { eventId: "a" } });
    s.add("2025-01-03T10:00:00.5Z", { case: "offer", value: { from: "su" } }, first);
    const { id, t, cause, kind } = readRecord(s.encoded()[2]!);
    expect({ id, t, cause, kind }).toEqual({ id: 2, t: at("2025-01-03T10:00:00.5Z"), cause: 1, kind: Kind.offer });
  });

  it("may hold fields of a later version", () => {
    const known = toBinary(RecordSchema, create(RecordSchema, { id: 3n, body: { case: "offer", value: {} } }));
    // Field 90, a string; field 91, a varint.
    const later = new Uint8Array([...known, 0xd2, 0x05, 0x01, 0x61, 0xd8, 0x05, 0x07]);
    expect(readRecord(later).id).toBe(3);
  });

  it("throw where they are cut within a record", () => {
    const bytes = story().file();
    expect(() => [...recordsIn(bytes.subarray(0, bytes.length - 1))]).toThrow();
  });
});

describe("a frame of the server", () => {
  it("gives its stream and the same records", () => {
    const s = story();
    const frame = toBinary(ServerMessageSchema, create(ServerMessageSchema, {
      stream: 5, tell: { case: "records", value: create(RecordsSchema, { records: s.records }) },
    }));
    const { stream, records } = readFrame(frame);
    expect(stream).toBe(5);
    expect([...recordsIn(records!)]).toEqual(s.encoded());
  });

  it("of another kind has no records", () => {
    const frame = toBinary(ServerMessageSchema, create(ServerMessageSchema, { stream: 2, tell: { case: "done", value: {} } }));
    expect(readFrame(frame)).toEqual({ stream: 2, records: null });
  });
});

describe("what is no trace", () => {
  it.each([
    ["", "empty"],
    ["\x28\xb5\x2f\xfd" + " ".repeat(20), "compressed"],
    ["<!doctype html><html>", "no trace"],
  ])("%j is refused in one line", (text, why) => {
    expect(whyNoTrace(Uint8Array.from(text, (c) => c.charCodeAt(0)))).toContain(why);
  });
  it("a trace is not refused", () => expect(whyNoTrace(story().file())).toBeNull());
});
