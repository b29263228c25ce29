// Bytes to records. A trace file is `Trace { repeated Record records = 1 }`; a frame of the
// WebSocket is a ServerMessage that may hold the same records. Both are cut into records without
// decoding what is in them, so that a kind that nobody shows costs nothing but its length.
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

// Field numbers of Record.body (proto/oneup/v1/trace.proto).
export const Kind = {
  header: 4,
  checksum: 5,
  footer: 6,
  fill: 7,
  bar: 8,
  flow: 9,
  happening: 16,
  perception: 17,
  ruleFiring: 18,
  mindChange: 19,
  offer: 20,
  threadChange: 21,
  interventionEffect: 22,
  news: 32,
  beliefRevision: 33,
  attention: 34,
  auction: 35,
  halt: 36,
  reaction: 48,
} as const;

// What a server need not send: no view shows it.
export const leftOut: number[] = [Kind.fill, Kind.flow, Kind.auction, Kind.checksum];

// A record whose body is not decoded yet.
export interface RawRecord {
  id: number;
  /** Milliseconds since 1970, simulated time; 0 in frame records. */
  t: number;
  cause: number;
  /** Field number of the body; 0 for one that is not known. */
  kind: number;
  /** The body's message, encoded. */
  body: Uint8Array;
}

const none = new Uint8Array(0);

/** Reads the frame of one encoded Record. Throws if it is damaged. */
export function readRecord(bytes: Uint8Array): RawRecord {
  const reader = new BinaryReader(bytes);
  const record: RawRecord = { id: 0, t: 0, cause: 0, kind: 0, body: none };
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 1 && type === WireType.Varint) record.id = Number(reader.uint64());
    else if (field === 2 && type === WireType.Bit64) record.t = Number(reader.sfixed64()) / 1e6;
    else if (field === 3 && type === WireType.Varint) record.cause = Number(reader.uint64());
    else if (field >= 4 && type === WireType.LengthDelimited) {
      record.kind = field;
      record.body = reader.bytes();
    } else reader.skip(type, field);
  }
  return record;
}

/** The encoded records of an encoded Trace or Records message, in order. */
export function* recordsIn(bytes: Uint8Array): Generator<Uint8Array> {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 1 && type === WireType.LengthDelimited) yield reader.bytes();
    else reader.skip(type, field);
  }
}

/** Of an encoded ServerMessage: its stream, and its records if it holds any. */
export function readFrame(bytes: Uint8Array): { stream: number; records: Uint8Array | null } {
  const reader = new BinaryReader(bytes);
  let stream = 0;
  let records: Uint8Array | null = null;
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 1 && type === WireType.Varint) stream = reader.uint32();
    else if (field === 2 && type === WireType.LengthDelimited) records = reader.bytes();
    else reader.skip(type, field);
  }
  return { stream, records };
}

/** Why these bytes are no trace that this page reads; null if they look like one. */
export function whyNoTrace(bytes: Uint8Array): string | null {
  if (bytes.length < 16) return "the file is empty or cut";
  const magic = (bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (bytes[3]! << 24)) >>> 0;
  if (magic === 0xfd2fb528) return "the file is compressed: decompress it first (zstd -d)";
  if (bytes[0] !== 0x0a) return "the file is no trace (oneup run --trace FILE --detail market)";
  return null;
}
