// The page's side of the wire, against a socket that a test holds the other end of.
import { create, fromBinary, toBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ClientMessageSchema, ServerMessageSchema, type ClientMessage } from "#proto/serve_pb";
import { Story } from "../data/testing";
import { leftOut } from "../data/wire";
import { Connection } from "./socket";

class Wire {
  static readonly OPEN = 1;
  static last: Wire;
  static made = 0;
  readyState = 0;
  sent: ClientMessage[] = [];
  onopen = () => {};
  onclose = () => {};
  onmessage = (_: { data: ArrayBuffer }) => {};

  constructor(readonly url: string, readonly protocol: string) {
    Wire.last = this;
    ++Wire.made;
  }
  send(bytes: Uint8Array) {
    this.sent.push(fromBinary(ClientMessageSchema, bytes));
  }
  open() {
    this.readyState = 1;
    this.onopen();
  }
  close() {
    this.readyState = 3;
    this.onclose();
  }
  tell(message: MessageInitShape<typeof ServerMessageSchema>) {
    const bytes = toBinary(ServerMessageSchema, create(ServerMessageSchema, message));
    this.onmessage({ data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer });
  }
}

const run = { scenario: "autonomous", seed: "18446744073709551615", resolution: "low", until: "", lines: ["rule off R06"] };
const heard = () => ({ record: vi.fn(), frame: vi.fn(), advance: vi.fn(), comparison: vi.fn(), end: vi.fn() });

describe("a connection", () => {
  let connection: Connection;
  beforeEach(() => {
    vi.stubGlobal("WebSocket", Wire);
    Wire.made = 0;
    connection = new Connection("ws://x/ws");
  });
  afterEach(() => vi.unstubAllGlobals());

  it("asks once it is open, for all but what no view shows", () => {
    connection.warm();
    connection.watchRun(run, heard());
    expect(Wire.made).toBe(1);
    expect(Wire.last.protocol).toBe("oneup.v1");
    expect(Wire.last.sent).toEqual([]);
    Wire.last.open();
    const { stream, ask } = Wire.last.sent[0]!;
    expect(stream).toBe(1);
    expect(ask.case).toBe("watch");
    const watch = ask.case === "watch" ? ask.value : null;
    expect(watch!.leaveOut).toEqual(leftOut);
    expect(watch!.credit).toBeGreaterThan(0);
    expect(watch!.source.value).toMatchObject({ scenario: "autonomous", seed: 2n ** 64n - 1n, resolution: "low", interventions: ["rule off R06"] });
  });

  it("leaves a seed out that is not given", () => {
    connection.watchRun({ ...run, seed: "" }, heard());
    Wire.last.open();
    const { ask } = Wire.last.sent[0]!;
    expect(ask.case === "watch" && ask.value.source.case === "simulation" && ask.value.source.value.seed).toBeUndefined();
  });

  it("hands records over, and gives credit for each frame", () => {
    const h = heard();
    connection.watchTrace("run.binpb", h);
    Wire.last.open();
    const story = new Story();
    story.bar("2025-01-01", "NVDA", 1);
    Wire.last.tell({ stream: 1, tell: { case: "records", value: { records: story.records } } });
    expect(h.record).toHaveBeenCalledTimes(2);
    expect(h.frame).toHaveBeenCalledTimes(1);
    expect(Wire.last.sent.slice(1).map((m) => [m.stream, m.ask.case, m.ask.case === "credit" && m.ask.value.frames])).toEqual([[1, "credit", 1]]);
  });

  it("keeps streams apart, each with a number of its own", () => {
    const [a, b] = [heard(), heard()];
    connection.watchRun(run, a);
    connection.compare(run, 12, b);
    Wire.last.open();
    expect(Wire.last.sent.map((m) => [m.stream, m.ask.case])).toEqual([[1, "watch"], [2, "compare"]]);
    Wire.last.tell({ stream: 2, tell: { case: "advance", value: { pairs: 3, of: 12 } } });
    Wire.last.tell({ stream: 2, tell: { case: "comparisonJson", value: "{}" } });
    Wire.last.tell({ stream: 2, tell: { case: "done", value: {} } });
    expect(b.advance).toHaveBeenCalledWith(expect.objectContaining({ pairs: 3, of: 12 }));
    expect(b.comparison).toHaveBeenCalledWith("{}");
    expect(b.end).toHaveBeenCalledWith({ cancelled: false, error: "", busy: false });
    expect(a.end).not.toHaveBeenCalled();
  });

  it("cancels, once, and hears no more of the stream after its end", () => {
    const h = heard();
    const stream = connection.watchRun(run, h);
    Wire.last.open();
    stream.cancel();
    Wire.last.tell({ stream: 1, tell: { case: "records", value: { records: new Story().records } } });
    expect(h.record).not.toHaveBeenCalled();
    Wire.last.tell({ stream: 1, tell: { case: "done", value: { cancelled: true } } });
    expect(h.end).toHaveBeenCalledWith({ cancelled: true, error: "", busy: false });
    stream.cancel();
    Wire.last.tell({ stream: 1, tell: { case: "refusal", value: { message: "late" } } });
    expect(Wire.last.sent.filter((m) => m.ask.case === "cancel").length).toBe(1);
    expect(h.end).toHaveBeenCalledTimes(1);
  });

  it("says why it was refused", () => {
    const h = heard();
    connection.watchRun(run, h);
    Wire.last.open();
    Wire.last.tell({ stream: 1, tell: { case: "refusal", value: { message: "seed: too much", busy: true } } });
    expect(h.end).toHaveBeenCalledWith({ cancelled: false, error: "seed: too much", busy: true });
  });

  it("gives a stream up whose records are damaged", () => {
    const h = heard();
    h.record.mockImplementation(() => {
      throw new Error("format version 9");
    });
    connection.watchRun(run, h);
    Wire.last.open();
    Wire.last.tell({ stream: 1, tell: { case: "records", value: { records: new Story().records } } });
    expect(h.end).toHaveBeenCalledWith(expect.objectContaining({ error: expect.stringContaining("format version 9") }));
    expect(Wire.last.sent.at(-1)!.ask.case).toBe("cancel");
  });

  it("ends all that was open when it is cut, and connects anew for what comes next", () => {
    const h = heard();
    connection.watchRun(run, h);
    Wire.last.open();
    Wire.last.close();
    expect(h.end).toHaveBeenCalledWith(expect.objectContaining({ error: "the connection to the server is gone" }));
    connection.watchRun(run, heard());
    expect(Wire.made).toBe(2);
    Wire.last.open();
    expect(Wire.last.sent[0]!.stream).toBe(2);
  });
});
