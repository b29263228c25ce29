"""`oneup trace` end to end: what each verb says of a replay's trace, of a damaged one, and
of what other programs read after an export.

Usage: trace_test.py PATH/TO/oneup
"""

import csv
import json
import pathlib
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None

OK, FAILED, USAGE, BAD_INPUT, NO_INPUT, CANT_CREATE, IO_ERROR = 0, 1, 64, 65, 66, 73, 74


def oneup(*words, **options):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120,
                          **options)


def record(path, *words):
    done = oneup("replay", "--resolution", "low", "--format", "csv", "--trace", path, *words)
    if done.returncode != OK:
        raise AssertionError(f"exit {done.returncode}: {done.stderr}")


class Trace(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.trace = cls.folder / "run.binpb"
        cls.other = cls.folder / "other.binpb"
        record(cls.trace, "--seed", "1")
        record(cls.other, "--seed", "2")
        cls.records = cls.cat(cls.trace)

    @classmethod
    def cat(cls, path, *words):
        done = oneup("trace", "cat", path, "--format", "json", *words)
        assert done.returncode == OK, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def out(self, name):
        return self.folder / f"{self.id().split('.')[-1]}_{name}"

    def test_info_and_verify_count_what_cat_prints(self):
        info = json.loads(oneup("trace", "info", self.trace, "--format", "json").stdout)
        self.assertEqual(info["records"], len(self.records))
        self.assertEqual(sum(info["kinds"].values()), len(self.records))
        for kind, count in info["kinds"].items():
            self.assertEqual(sum(r["kind"] == kind for r in self.records), count, kind)
        self.assertEqual((info["seed"], info["scenario"]), (1, "2025"))
        text = oneup("trace", "info", self.trace).stdout
        verified = oneup("trace", "verify", self.trace, self.other)
        self.assertEqual((verified.returncode, verified.stderr), (OK, ""))
        self.assertEqual(verified.stdout.count(": whole: "), 2)
        for said in (text, verified.stdout):
            self.assertIn(info["digest"], said)

    def test_compressed_and_piped_it_is_the_same(self):
        packed = self.out("run.binpb.zst")
        record(packed, "--seed", "1")
        self.assertLess(packed.stat().st_size, self.trace.stat().st_size / 2)
        for path in (packed, self.trace):
            with open(path, "rb") as file:
                done = oneup("trace", "cat", "-", "--format", "json", stdin=file)
            self.assertEqual([json.loads(line) for line in done.stdout.splitlines()], self.records)
        self.assertEqual(oneup("trace", "diff", self.trace, packed).returncode, OK)

    def test_filters_keep_what_they_say(self):
        def same(words, condition):
            kept = [r for r in self.records if condition(r)]
            self.assertEqual(self.cat(self.trace, *words), kept, words)
            self.assertTrue(kept, words)

        def body(r):
            return r[r["kind"]]

        same(("--kind", "news"), lambda r: r["kind"] == "news")
        same(("--kind", "news", "--kind", "reaction"), lambda r: r["kind"] in ("news", "reaction"))
        same(("--listing", "ORCL", "--kind", "bar"),
             lambda r: r["kind"] == "bar" and body(r)["ticker"] == "ORCL")
        same(("--from", "2025-09-10", "--until", "2025-09-11"),
             lambda r: r["time"][:10] in ("2025-09-10", "2025-09-11"))
        same(("--from", "2025-09-10T20:00:00Z", "--until", "2025-09-10T16:00:00-04:00"),
             lambda r: r["time"] == "2025-09-10T20:00:00Z")
        same(("--event", "oracle_300"), lambda r: body(r).get("event_id") == "oracle_300")
        events = {body(r)["event_id"] for r in self.records
                  if r["kind"] == "happening" and "huang" in body(r)["actors"] + [
                      body(r)["committed_by"]]}
        same(("--actor", "huang"), lambda r: body(r).get("event_id") in events)

    def test_text_has_a_line_a_record(self):
        done = oneup("trace", "cat", self.trace)
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), len(self.records))
        for line, r in zip(lines, self.records):
            self.assertRegex(line, rf"^ *{r['id']}  {re.escape(r['time'])}  {r['kind']} ")

    def test_why_is_the_chain_of_causes(self):
        by_id = {r["id"]: r for r in self.records}
        for kind in ("reaction", "news", "happening", "belief_revision", "attention", "bar", "flow",
                     "auction"):
            start = [r for r in self.records if r["kind"] == kind and r["cause_id"]][-1]
            chain, at = [], start
            while at:
                chain.insert(0, at)
                at = by_id.get(at["cause_id"])
            done = oneup("trace", "why", self.trace, start["id"], "--format", "json")
            self.assertEqual([json.loads(line) for line in done.stdout.splitlines()], chain)
            self.assertEqual(chain[0]["kind"], "happening")
            text = oneup("trace", "why", self.trace, start["id"]).stdout.splitlines()
            self.assertEqual([line.split()[0] for line in text[:len(chain)]],
                             [str(r["id"]) for r in chain])
        # A session's bar: the news that it was the first to trade on.
        news = next(r for r in self.records if r["kind"] == "news")
        bar = next(r for r in self.records[news["id"]:] if r["kind"] == "bar"
                   and r["bar"]["ticker"] == news["news"]["ticker"])
        self.assertGreaterEqual(bar["cause_id"], news["id"])
        later = next(r for r in self.records[bar["id"]:] if r["kind"] == "bar"
                     and r["bar"]["ticker"] == news["news"]["ticker"] and not r["cause_id"])
        self.assertIn("; the last news before it:\n",
                      oneup("trace", "why", self.trace, later["id"]).stdout)
        reactions = sum(r["kind"] == "reaction" and r["cause_id"] == news["id"]
                        for r in self.records)
        self.assertRegex(oneup("trace", "why", self.trace, news["id"]).stdout,
                         rf"it led to .*\b{reactions} reaction")

    def test_diff_finds_the_first_divergence(self):
        same = oneup("trace", "diff", self.trace, self.trace)
        self.assertEqual((same.returncode, same.stdout),
                         (OK, f"the same: {len(self.records)} records\n"))
        done = oneup("trace", "diff", self.trace, self.other, "--format", "json")
        self.assertEqual((done.returncode, done.stderr), (FAILED, ""))
        diff = json.loads(done.stdout)
        others = self.cat(self.other)
        first = next(i for i, (a, b) in enumerate(zip(self.records, others)) if a != b)
        self.assertFalse(diff["same"])
        self.assertEqual(diff["equal_records"], first)
        self.assertEqual(diff["a"]["chain"][-1], self.records[first])
        self.assertEqual(diff["b"]["chain"][-1], others[first])
        self.assertIn({"what": "seed", "a": "1", "b": "2"}, diff["header"])
        for field in diff["fields"]:
            kind, name = field["what"].split(".")
            self.assertEqual(field["a"], str(self.records[first][kind][name]))
            self.assertEqual(field["b"], str(others[first][kind][name]))
        text = oneup("trace", "diff", self.trace, self.other).stdout
        self.assertIn(f"{first} records are the same; record {first + 1} is the first", text)

    def test_a_cut_or_flipped_file_is_named(self):
        whole = self.trace.read_bytes()
        damaged = self.out("run.binpb")
        for what, content in [
            ("is cut", whole[:-1]),
            ("is cut", whole[:len(whole) // 2]),
            ("the file is empty", b""),
            ("is no trace", b"date,ORCL\n"),
            ("0x", whole[:300000] + bytes([whole[300000] ^ 4]) + whole[300001:]),
            ("after its footer", whole + b"\n"),
        ]:
            damaged.write_bytes(content)
            for verb, code in [(("verify",), FAILED), (("info",), BAD_INPUT), (("cat",), BAD_INPUT),
                               (("why",), BAD_INPUT), (("diff", self.trace), BAD_INPUT)]:
                with self.subTest(what=what, verb=verb):
                    done = oneup("trace", *verb, damaged, *((1,) if verb == ("why",) else ()))
                    self.assertEqual(done.returncode, code, done.stderr)
                    self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                    self.assertIn(f"oneup trace: {damaged}: ", done.stderr)
                    self.assertIn(what, done.stderr)
                    self.assertRegex(done.stderr, r": byte \d+, record \d+: |is no trace: byte 0")
            target = self.out("exported")
            for form in ("csv", "sqlite", "perfetto"):
                done = oneup("trace", "export", damaged, "--format", form, "--out", target)
                self.assertNotEqual(done.returncode, OK)
                self.assertEqual(list(self.folder.glob("*exported*")), [])

    def assert_rows(self, table, rows):
        """Rows are dictionaries of text, null as ''."""
        expected = [r for r in self.records if r["kind"] == table]
        self.assertEqual(len(rows), len(expected), table)
        ticks = {"9984.T": 1}
        for row, r in zip(rows, expected):
            self.assertEqual(row["id"], str(r["id"]))
            self.assertEqual(row["time"], r["time"])
            self.assertEqual(row["time_ns"], str(r["time_ns"]))
            self.assertEqual(row["cause_id"], str(r["cause_id"] or ""))
            flat = {}
            for name, value in r[table].items():
                if isinstance(value, dict):
                    flat.update({f"{name}_{inner}": v for inner, v in value.items()})
                else:
                    flat[name] = ";".join(value) if isinstance(value, list) else value
            for name, value in flat.items():
                text = str(value)
                self.assertEqual(row[name], {"True": "true", "False": "false"}.get(text, text),
                                 f"{table}.{name}")
                if name.endswith("_ticks"):
                    scale = ticks.get(row["ticker"], 100)
                    self.assertEqual(float(row[name[:-6]]), value / scale)

    def test_csv_has_what_cat_has(self):
        out = self.out("csv")
        done = oneup("trace", "export", self.trace, "--format", "csv", "--out", out)
        self.assertEqual((done.returncode, done.stdout), (OK, ""))
        tables = {path.stem for path in out.iterdir()}
        self.assertLessEqual({r["kind"] for r in self.records} | {"trace", "listings"}, tables)
        for table in tables - {"trace", "listings"}:
            with open(out / f"{table}.csv", newline="", encoding="utf-8") as file:
                self.assert_rows(table, list(csv.DictReader(file)))
        again = oneup("trace", "export", self.trace, "--format", "csv", "--out", out)
        self.assertEqual(again.returncode, CANT_CREATE)
        self.assertIn("is there already", again.stderr)

    def test_sqlite_has_what_cat_has(self):
        out = self.out("run.db")
        out.write_text("not a database")  # is replaced
        done = oneup("trace", "export", self.trace, "--format", "sqlite", "--out", out)
        self.assertEqual((done.returncode, done.stdout), (OK, ""))
        database = sqlite3.connect(out)
        self.addCleanup(database.close)
        self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
        names = [n for (n,) in database.execute("SELECT name FROM sqlite_master "
                                                "WHERE type = 'table'")]
        for table in set(names) - {"trace", "listings"}:
            cursor = database.execute(f'SELECT * FROM "{table}" ORDER BY id')
            columns = [c[0] for c in cursor.description]
            booleans = {"public", "auction", "begins", "terms_vendor_equity_up_to"}
            self.assert_rows(table, [
                {c: "" if v is None else ("true" if v else "false") if c in booleans else str(v)
                 for c, v in zip(columns, row)} for row in cursor])
        causes = database.execute(
            "SELECT happening.event_id, count(*) FROM news JOIN happening "
            "ON news.cause_id = happening.id GROUP BY 1").fetchall()
        self.assertIn("oracle_300", dict(causes))

    def test_perfetto_is_trace_event_json(self):
        out = self.out("run.json")
        done = oneup("trace", "export", self.trace, "--format", "perfetto", "--out", out)
        self.assertEqual((done.returncode, done.stdout), (OK, ""))
        events = json.loads(out.read_text(encoding="utf-8"))["traceEvents"]
        self.assertLessEqual({e["ph"] for e in events}, set("MiCX"))
        names = {e["args"]["name"]: e["pid"] for e in events
                 if e["ph"] == "M" and e["name"] == "process_name"}
        oracle = names["ORCL Oracle"]
        closes = {r["time_ns"]: r["bar"]["close_ticks"] / 100 for r in self.records
                  if r["kind"] == "bar" and r["bar"]["ticker"] == "ORCL" and r["bar"]["trades"]}
        prices = {round(e["ts"]) * 1000: e["args"]["USD"] for e in events
                  if (e["ph"], e["name"], e["pid"]) == ("C", "price", oracle)}
        self.assertTrue(closes)
        for at, close in closes.items():
            self.assertEqual(prices[at], close)
        # From the opening auction to the bar.
        sessions = [e for e in events if (e["ph"], e["name"], e["pid"]) == ("X", "session", oracle)]
        self.assertEqual(len(sessions), sum(r["kind"] == "bar" and r["bar"]["ticker"] == "ORCL"
                                            for r in self.records))
        counters = {e["name"] for e in events if (e["ph"], e["pid"]) == ("C", oracle)}
        self.assertLessEqual({"attention", "belief oracle_300", "flow retail", "volume"}, counters)
        happenings = [e["name"] for e in events if e["ph"] == "i" and e["pid"] == 1]
        self.assertEqual(happenings, [r["happening"]["event_id"] for r in self.records
                                      if r["kind"] == "happening"])

    def test_wrong_usage_is_one_line(self):
        for words, code, message in [
            ((), USAGE, "say what to do"),
            (("vreify",), USAGE, "did you mean 'verify'"),
            (("info",), USAGE, "info needs a file"),
            (("cat", "a", "b"), USAGE, "too many"),
            (("cat", self.trace, "--kind", "nwes"), USAGE, "'nwes'.*did you mean 'news'"),
            (("cat", self.trace, "--from", "soon"), USAGE, "--from 'soon'"),
            (("cat", self.trace, "--from=-5"), USAGE, "--from '-5'"),
            (("cat", self.trace, "--listing", "ORLC"), USAGE, "'ORLC'.*did you mean 'ORCL'"),
            (("cat", self.trace, "--actor", "altmann"), FAILED, "did you mean 'altman'"),
            (("cat", self.trace, "--event", "oracle_30"), FAILED, "did you mean 'oracle_300'"),
            (("verify", ""), USAGE, "verify needs a file"),
            (("cat", self.trace, "--format", "xml"), USAGE, "'xml'.*text, json"),
            (("why", self.trace), USAGE, "id of a record"),
            (("why", self.trace, "x"), USAGE, "ID 'x'"),
            (("why", self.trace, 0), USAGE, "ID '0'"),
            (("why", self.trace, -1), USAGE, "'-1'"),
            (("why", self.trace, 10**9), FAILED, "has no record 1000000000; .* 1 to"),
            (("why", "-", 1), BAD_INPUT, "standard input"),
            (("diff", self.trace), USAGE, "two files"),
            (("export", self.trace, "--format", "csv"), USAGE, "--out"),
            (("export", self.trace, "--out", "x"), USAGE, "--format"),
            (("export", self.trace, "--format", "xls", "--out", "x"), USAGE, "'xls'"),
            (("export", self.trace, "--format", "sqlite", "--out", "no/such/x"), CANT_CREATE,
             "cannot create no/such/x"),
            (("export", self.trace, "--format", "sqlite", "--out", self.folder), CANT_CREATE,
             "no regular file"),
            (("export", self.trace, "--format", "sqlite", "--out", "-"), USAGE, "--out '-'"),
            (("export", self.trace, "--format", "perfetto", "--out", "/dev/full"), CANT_CREATE,
             "cannot write to /dev/full: No space"),
            (("cat", self.folder), NO_INPUT, "is a folder"),
            (("cat", "none.binpb"), NO_INPUT, "none.binpb: no such file"),
            (("verify", "none.binpb"), NO_INPUT, "none.binpb: no such file"),
        ]:
            with self.subTest(words=words):
                done = oneup("trace", *words, cwd=self.folder)
                self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertRegex(done.stderr, message)

    def test_a_full_disk_is_said_and_a_reader_that_leaves_ends_it(self):
        for words in (("cat",), ("info",), ("verify",)):
            with open("/dev/full", "w") as full:
                done = subprocess.run([PROGRAM, "trace", *words, self.trace], stdout=full,
                                      stderr=subprocess.PIPE, text=True, timeout=120)
            self.assertEqual(done.returncode, IO_ERROR)
            self.assertRegex(done.stderr, "^oneup: cannot write to standard output: .*\n$")
        for words in (("cat", self.trace),
                      ("export", self.trace, "--format", "perfetto", "--out", "-")):
            with subprocess.Popen([PROGRAM, "trace", *words], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) as process:
                process.stdout.read(10)
                process.stdout.close()
                self.assertEqual(process.wait(timeout=120), -signal.SIGPIPE)
                self.assertEqual(process.stderr.read(), b"")

    def test_every_verb_has_help(self):
        for verb in ("info", "verify", "cat", "why", "diff", "export"):
            for words in [("trace", verb, "--help"), ("help", "trace", verb)]:
                done = oneup(*words)
                self.assertEqual((done.returncode, done.stderr), (OK, ""))
                self.assertIn(f"usage: oneup trace {verb} ", done.stdout)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
