"""A trace in the hands of others: read with Debian's python3-protobuf and no generated
code, by the schema that the trace carries, by `protoc --decode` and by `buf convert`.

Usage: trace_protobuf_test.py PATH/TO/oneup PATH/TO/protoc FOLDER/OF/proto PATH/TO/buf
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = PROTOC = PROTO = BUF = None

try:
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
except ImportError:
    descriptor_pb2 = None


def varint(data, at):
    """The varint at a place, and the place after it."""
    value = shift = 0
    while data[at] >= 0x80:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
    return value | data[at] << shift, at + 1


def split(data):
    """The records of a trace: tag 0x0A, length as a varint, bytes."""
    at = 0
    while at < len(data):
        assert data[at] == 0x0A, f"byte {at}"
        length, at = varint(data, at + 1)
        yield data[at:at + length]
        at += length


def field(message, number):
    """The bytes of a length-delimited field, found by its number alone."""
    at = 0
    while at < len(message):
        tag, at = varint(message, at)
        if tag & 7 == 0:
            _, at = varint(message, at)
        elif tag & 7 == 2:
            length, at = varint(message, at)
            if tag >> 3 == number:
                return message[at:at + length]
            at += length
        else:
            at += {1: 8, 5: 4}[tag & 7]
    raise KeyError(number)


def plain(message):
    """As `oneup trace cat --format json` has a message."""
    out = {}
    for f in message.DESCRIPTOR.fields:
        repeated = f.label == f.LABEL_REPEATED
        if f.has_presence and not message.HasField(f.name):
            continue

        def one(value, f=f):
            if f.message_type:
                return plain(value)
            return f.enum_type.values_by_number[value].name if f.enum_type else value

        value = getattr(message, f.name)
        out[f.name] = [one(v) for v in value] if repeated else one(value)
    return out


class OthersRead(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.trace = pathlib.Path(cls.temporary.name) / "run.binpb"
        subprocess.run([PROGRAM, "replay", "--resolution", "low", "--format", "csv", "--detail",
                        "market", "--trace", cls.trace], check=True, capture_output=True)
        cls.data = cls.trace.read_bytes()
        done = subprocess.run([PROGRAM, "trace", "cat", cls.trace, "--format", "json"], check=True,
                              capture_output=True, text=True)
        cls.records = [json.loads(line) for line in done.stdout.splitlines()]

    @unittest.skipIf(descriptor_pb2 is None, "python3-protobuf is not installed")
    def test_python_needs_nothing_but_the_file(self):
        first = next(split(self.data))
        schema = descriptor_pb2.FileDescriptorSet.FromString(field(field(first, 4), 15))
        pool = descriptor_pool.DescriptorPool()
        for file in schema.file:
            pool.Add(file)
        trace_type = message_factory.MessageFactory(pool).GetPrototype(
            pool.FindMessageTypeByName("oneup.v1.Trace"))

        whole = trace_type.FromString(self.data)
        self.assertEqual(whole.records[0].header.format, "oneup.v1.Trace")
        self.assertEqual(whole.records[0].header.scenario_name, "2025")
        footer = whole.records[-1].footer
        self.assertEqual(footer.record_count, len(self.records))
        read = []
        for record in whole.records:
            kind = record.WhichOneof("body")
            if kind in ("header", "checksum", "footer"):
                continue
            read.append((record.id, record.time_ns, record.cause_id, kind,
                         plain(getattr(record, kind))))
        self.assertEqual(read, [(r["id"], r["time_ns"], r["cause_id"], r["kind"], r[r["kind"]])
                                for r in self.records])

        record_type = type(whole.records[0])
        self.assertEqual([record_type.FromString(part).id for part in split(self.data)],
                         [record.id for record in whole.records])

    def test_protoc_decodes_it(self):
        done = subprocess.run([PROTOC, "-I", PROTO, "--decode=oneup.v1.Trace",
                               pathlib.Path(PROTO) / "oneup/v1/trace.proto"],
                              input=self.data, check=True, capture_output=True)
        text = done.stdout.decode()
        frame = text.count("\n  header {") + text.count("\n  checksum {") + text.count("\n  footer {")
        self.assertEqual(text.count("records {\n"), len(self.records) + frame)
        for kind in {r["kind"] for r in self.records}:
            self.assertEqual(text.count(f"\n  {kind} {{"),
                             sum(r["kind"] == kind for r in self.records), kind)

    def test_buf_converts_it(self):
        if not pathlib.Path(BUF).exists():
            self.skipTest("buf is not installed (npm ci in tools/web)")
        done = subprocess.run([BUF, "convert", PROTO, "--type", "oneup.v1.Trace", "--from",
                               self.trace, "--to", "-#format=json"], check=True,
                              capture_output=True)
        records = json.loads(done.stdout)["records"]
        self.assertEqual(records[0]["header"]["format"], "oneup.v1.Trace")
        self.assertEqual(records[-1]["footer"]["recordCount"], str(len(self.records)))
        self.assertEqual([int(r["id"]) for r in records if "id" in r],
                         [r["id"] for r in self.records])
        self.assertEqual([r["bar"]["closeTicks"] for r in records if "bar" in r],
                         [str(r["bar"]["close_ticks"]) for r in self.records if r["kind"] == "bar"])


if __name__ == "__main__":
    PROGRAM, PROTOC, PROTO, BUF = sys.argv[1:5]
    del sys.argv[1:5]
    unittest.main()
