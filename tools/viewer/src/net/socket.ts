// The server's WebSocket: streams of records and comparisons, several on one connection. A stream
// sends no more frames than it has credit for; each that is worked off gives credit for another.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  ClientMessageSchema, ServerMessageSchema, SimulationSchema,
  type Advance, type ClientMessage,
} from "#proto/serve_pb";
import { leftOut, readFrame, recordsIn } from "../data/wire";

export interface RunRequest {
  scenario: string;
  seed: string;
  resolution: string;
  until: string;
  lines: string[];
}

export interface StreamHandlers {
  /** One encoded Record. */
  record?(bytes: Uint8Array): void;
  /** After the records of a frame. */
  frame?(): void;
  advance?(how: Advance): void;
  comparison?(json: string): void;
  /** The last call: all has come, or it was cancelled, or it failed. */
  end(how: { cancelled: boolean; error: string; busy: boolean }): void;
}

export interface Stream {
  cancel(): void;
}

const credit = 16;

export class Connection {
  private socket: WebSocket | null = null;
  private waiting: ClientMessage[] = [];
  private readonly streams = new Map<number, StreamHandlers>();
  private last = 0;

  constructor(private readonly url: string) {}

  /** Connects before anything is asked for, so that the first stream need not wait. */
  warm(): void {
    if (!this.socket) this.connect();
  }

  /** detail: that of a trace (Detail), 0 for what the server takes. */
  watchRun(run: RunRequest, handlers: StreamHandlers, detail = 0): Stream {
    return this.open(handlers, (stream) =>
      create(ClientMessageSchema, {
        stream,
        ask: {
          case: "watch",
          value: {
            source: { case: "simulation", value: simulation(run) }, detail, leaveOut: leftOut, credit,
          },
        },
      }),
    );
  }

  watchTrace(name: string, handlers: StreamHandlers): Stream {
    return this.open(handlers, (stream) =>
      create(ClientMessageSchema, {
        stream,
        ask: {
          case: "watch",
          value: { source: { case: "trace", value: name }, leaveOut: leftOut, credit },
        },
      }),
    );
  }

  compare(run: RunRequest, pairs: number, handlers: StreamHandlers): Stream {
    return this.open(handlers, (stream) =>
      create(ClientMessageSchema, {
        stream,
        ask: { case: "compare", value: { simulation: simulation(run), pairs } },
      }),
    );
  }

  private open(handlers: StreamHandlers, message: (stream: number) => ClientMessage): Stream {
    const stream = ++this.last;
    this.streams.set(stream, handlers);
    this.send(message(stream));
    return {
      cancel: () => {
        if (!this.streams.has(stream)) return;
        // What is on its way still comes, and is dropped.
        this.streams.set(stream, { end: handlers.end.bind(handlers) });
        this.send(create(ClientMessageSchema, { stream, ask: { case: "cancel", value: {} } }));
      },
    };
  }

  private send(message: ClientMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(toBinary(ClientMessageSchema, message));
      return;
    }
    this.waiting.push(message);
    if (!this.socket || this.socket.readyState > WebSocket.OPEN) this.connect();
  }

  private connect(): void {
    const socket = new WebSocket(this.url, "oneup.v1");
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      for (const m of this.waiting.splice(0)) socket.send(toBinary(ClientMessageSchema, m));
    };
    socket.onmessage = (event) => this.take(new Uint8Array(event.data as ArrayBuffer));
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.waiting = [];
      const open = [...this.streams.values()];
      this.streams.clear();
      for (const s of open) s.end({ cancelled: false, error: "the connection to the server is gone", busy: false });
    };
  }

  private take(bytes: Uint8Array): void {
    const frame = readFrame(bytes);
    const handlers = this.streams.get(frame.stream);
    if (!handlers) return;
    if (frame.records) {
      try {
        for (const record of recordsIn(frame.records)) handlers.record?.(record);
      } catch (error) {
        this.streams.delete(frame.stream);
        this.send(create(ClientMessageSchema, { stream: frame.stream, ask: { case: "cancel", value: {} } }));
        handlers.end({ cancelled: false, error: String(error), busy: false });
        return;
      }
      handlers.frame?.();
      this.send(create(ClientMessageSchema, { stream: frame.stream, ask: { case: "credit", value: { frames: 1 } } }));
      return;
    }
    const { tell } = fromBinary(ServerMessageSchema, bytes);
    if (tell.case === "advance") handlers.advance?.(tell.value);
    else if (tell.case === "comparisonJson") handlers.comparison?.(tell.value);
    else if (tell.case === "done" || tell.case === "refusal") {
      this.streams.delete(frame.stream);
      handlers.end(
        tell.case === "done"
          ? { cancelled: tell.value.cancelled, error: "", busy: false }
          : { cancelled: false, error: tell.value.message, busy: tell.value.busy },
      );
    }
  }
}

function simulation(run: RunRequest) {
  return create(SimulationSchema, {
    scenario: run.scenario,
    resolution: run.resolution,
    interventions: run.lines,
    until: run.until,
    ...(run.seed !== "" ? { seed: BigInt(run.seed) } : {}),
  });
}
