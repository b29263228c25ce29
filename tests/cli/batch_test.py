"""`oneup batch` and `oneup merge` end to end: killed and resumed, cut and joined, stopped, misused.

Usage: batch_test.py PATH/TO/oneup PATH/TO/libclock_jumps.so
"""

import csv
import json
import os
import pathlib
import re
import resource
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

from program import (OK, FAILED, USAGE, BAD_INPUT, NO_INPUT, CANT_CREATE, IO_ERROR, kills_until_done,
                     main, oneup, program_path)

EXPERIMENT = """name: "small"
title: "A small experiment"
scenario: "autonomous"
until: "2023-03-01"
factors { name: "fear" path: "huang.fear_usd_bn" min: 0 max: 60 }
factors { name: "fomo" do: "pin huang.fomo {}" values: [0, 1] }
design { grid { levels: 5 } }
replicates: 20
metrics: "deals"
metrics: "*.NVDA"
runs_per_shard: 7
traces { detail: DETAIL_DEALS every: 50 }
"""


# On a file system of its own of 100 kB (tmpfs), and later of 10 MB.
FULL_DISK = """mount -t tmpfs -o size=100k tmpfs {out} || exit 99
{oneup} batch {experiment} --out {out}/b --progress none --threads 2
test $? = 74 || exit 1
df --output=avail {out} >&2
mount -o remount,size=10m {out}
{oneup} batch {experiment} --out {out}/b --progress none --resume || exit 2
cp -r {out}/b {out}.copy
"""


def files(folder):
    """Every file, by name, and the rows of the database."""
    folder = pathlib.Path(folder)
    found = {str(path.relative_to(folder)): path.read_bytes()
             for path in sorted(folder.rglob("*")) if path.is_file()}
    with sqlite3.connect(folder / "results.sqlite") as database:
        found["rows"] = [database.execute(f"select * from {table}").fetchall()
                         for table in ("experiment", "factors", "metrics", "scenarios", "runs")]
    return found


class Batches(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.place.cleanup)
        cls.folder = pathlib.Path(cls.place.name)
        cls.experiment = cls.folder / "small.textproto"
        cls.experiment.write_text(EXPERIMENT, encoding="utf-8")
        oneup("batch", cls.experiment, "--out", cls.folder / "whole", "--threads", 1)
        cls.whole = files(cls.folder / "whole")

    def out(self):
        return self.folder / self.id().rsplit(".", 1)[1]

    def start(self, out, *words):
        return subprocess.Popen([program_path(), "batch", self.experiment, "--out", out, *words],
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def test_a_whole_one_has_every_table(self):
        names = set(self.whole)
        self.assertLessEqual({"plan.binpb", "runs.csv", "scenarios.csv", "summary.csv",
                              "manifest.json", "shards/00028.binpb",
                              "traces/00000150.binpb.zst"}, names)
        rows = list(csv.DictReader(self.whole["runs.csv"].decode().splitlines()))
        self.assertEqual([int(row["run_id"]) for row in rows], list(range(200)))
        self.assertEqual({row["status"] for row in rows}, {"ok"})
        # Replicates have the same seeds in all combinations.
        self.assertEqual({row["seed"] for row in rows}, {str(seed) for seed in range(1, 21)})
        manifest = json.loads(self.whole["manifest.json"])
        self.assertEqual((manifest["runs"], manifest["failed"], len(manifest["shards"])),
                         (200, 0, 29))
        self.assertEqual(manifest["experiment"]["text"], EXPERIMENT)
        self.assertEqual(len(self.whole["rows"][4]), 200)

    def test_killed_at_any_instant_it_goes_on_to_the_same_bytes(self):
        out = self.out()
        kills = kills_until_done(
            lambda attempt: self.start(out, "--threads", "2", *(["--resume"] if attempt else [])),
            seed=7, attempts=60, seconds=(0.02, 0.35))
        oneup("batch", self.experiment, "--out", out, "--resume")
        self.assertGreater(kills, 0)
        self.assertEqual(files(out), self.whole)

    def test_stopped_it_says_how_to_go_on(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            out = self.out().with_suffix(f".{code}")
            process = self.start(out, "--threads", "1")
            while not (out / "shards" / "00001.binpb").exists():
                time.sleep(0.01)
            process.send_signal(number)
            _, said = process.communicate(timeout=60)
            self.assertEqual(process.returncode, code, said)
            self.assertIn(f"oneup batch {self.experiment} --out {out} --resume", said)
            self.assertFalse(list(out.rglob("*.partial-*")))
            oneup("batch", self.experiment, "--out", out, "--resume")
            self.assertEqual(files(out), self.whole)

    def test_two_at_once_do_not_work_on_one_part(self):
        out = self.out()
        first = self.start(out, "--threads", "1")
        while not (out / "shards" / "00001.binpb").exists():
            time.sleep(0.01)
        first.send_signal(signal.SIGSTOP)
        for words in (("batch", self.experiment, "--out", out, "--resume"), ("merge", out)):
            # The merge looks at the shards before it writes: what it says is that some are missing.
            said = oneup(*words, code=CANT_CREATE if words[0] == "batch" else FAILED).stderr
            self.assertEqual(said.count("\n"), 1, said)
            self.assertRegex(said, "another oneup is at work on it|missing: shards")
        first.kill()
        first.wait()
        first.stderr.close()
        self.assertIn("200 runs", oneup("batch", self.experiment, "--out", out, "--resume").stdout)
        self.assertEqual(files(out), self.whole)

    def test_parts_make_the_whole(self):
        out = self.out()
        env = {"SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "5"}
        for task in range(5, 8):
            oneup("batch", self.experiment, "--out", f"{out}.{task}", "--shard", "slurm",
                  env={**env, "SLURM_ARRAY_TASK_ID": str(task)})
        said = oneup("merge", f"{out}.5", f"{out}.7", "--out", out, code=FAILED).stderr
        self.assertRegex(said, r"^oneup merge: missing: shards 1, 4, .*28 of 0-28\n$")
        self.assertFalse(out.exists())
        oneup("merge", f"{out}.5", f"{out}.6", f"{out}.7", "--out", out)
        self.assertEqual(files(out), self.whole)
        for part in range(2):
            oneup("batch", self.experiment, "--out", f"{out}.shared", "--shard", f"{part}/2")
        oneup("merge", f"{out}.shared")
        self.assertEqual(files(f"{out}.shared"), self.whole)

    def test_traces_are_part_of_the_whole(self):
        out = self.out()
        shutil.copytree(self.folder / "whole", out)
        (out / "traces/00000050.binpb.zst").unlink()
        (out / "traces/00000100.binpb.zst").write_bytes(b"junk")
        said = oneup("merge", out, code=FAILED).stderr
        self.assertRegex(said, r"00000100\.binpb\.zst: .*\n.*missing: traces of run 50\n$")
        said = oneup("batch", self.experiment, "--out", out, "--resume").stderr
        self.assertEqual(said.count("it is run again"), 2, said)
        self.assertEqual(files(out), self.whole)

    def test_one_run_alone_is_that_of_the_table(self):
        trace = self.folder / "one.binpb"
        told = oneup("batch", self.experiment, "--run", 123, "--trace", trace).stdout
        row = list(csv.DictReader(self.whole["runs.csv"].decode().splitlines()))[123]
        self.assertIn(f"seed {row['seed']}", told)
        self.assertRegex(told, rf"return\.NVDA +{row['return.NVDA']} fraction")
        self.assertIn("whole", oneup("trace", "verify", trace).stdout)
        # What was recorded on the way is what is recorded alone.
        again = self.folder / "again.binpb.zst"
        oneup("batch", self.experiment, "--run", 150, "--trace", again)
        self.assertEqual(again.read_bytes(), self.whole["traces/00000150.binpb.zst"])

    def test_the_folder_alone_makes_any_run_again(self):
        # A scenario of one's own, whose files are gone by then.
        place = self.out()
        (place / "mine").mkdir(parents=True)
        (place / "mine/story.textproto").write_text('imports: "autonomous.textproto"\n'
                                                    'name: "story"\n', encoding="utf-8")
        (place / "e.textproto").write_text(
            EXPERIMENT.replace('"autonomous"', '"mine/story.textproto"'), encoding="utf-8")
        done = oneup("batch", place / "e.textproto", "--out", place / "out")
        shutil.rmtree(place / "mine")
        (place / "e.textproto").unlink()
        call = json.loads((place / "out/manifest.json").read_bytes())["run_again"]
        self.assertRegex(done.stdout, re.escape(call.replace(" . ", f" {place / 'out'} ")))
        words = shlex.split(call)
        self.assertEqual(words[0], "oneup")
        subprocess.run([program_path(), *words[1:]], cwd=place / "out", check=True,
                       capture_output=True)
        self.assertIn("whole", oneup("trace", "verify", place / "out/run0.binpb").stdout)
        again = place / "again.binpb.zst"
        told = oneup("batch", place / "out", "--run", 150, "--trace", again).stdout
        self.assertEqual(again.read_bytes(),
                         (place / "out/traces/00000150.binpb.zst").read_bytes())
        row = list(csv.DictReader((place / "out/runs.csv").read_text().splitlines()))[150]
        self.assertRegex(told, rf"return\.NVDA +{re.escape(row['return.NVDA'])} fraction")

    def test_a_dry_run_writes_nothing(self):
        before = sorted(self.folder.iterdir())
        told = oneup("batch", self.experiment, "--dry-run", "--out", self.out()).stdout
        self.assertRegex(told, r"runs +200: 10 combinations of 2 factors, 20 times")
        self.assertRegex(told, r"time +about .* s on \d+ thread")
        self.assertRegex(told, r"disk +about .* for 4 traces")
        self.assertEqual(sorted(self.folder.iterdir()), before)

    def test_a_log_gets_lines(self):
        said = oneup("batch", self.experiment, "--out", self.out()).stderr
        self.assertRegex(said, r"10 %  2\d of 200 runs")
        self.assertRegex(said, r"100 %  200 of 200 runs")

    def test_a_full_disk_is_one_line_and_loses_nothing(self):
        out = self.out()
        out.mkdir()
        script = FULL_DISK.format(out=out, oneup=shlex.quote(program_path()),
                                  experiment=self.experiment)
        done = subprocess.run(["unshare", "-Ur", "--mount", "sh", "-c", script],
                              capture_output=True, text=True, check=False, timeout=300)
        if done.returncode == 99 or "unshare" in done.stderr:
            self.skipTest(f"no file system of one's own: {done.stderr.strip()}")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r"\Aoneup batch: cannot .*No space left on device.*--resume "
                                      r"goes on with them\nAvail\n")
        self.assertEqual(files(f"{out}.copy"), self.whole)

    def test_jumping_clocks_change_nothing(self):
        out = self.out()
        jumping = {"LD_PRELOAD": CLOCK_JUMPS}
        dates = {subprocess.run(["date", "+%F %H"], env={**os.environ, **jumping}, text=True,
                                capture_output=True, check=True).stdout for _ in range(3)}
        now = time.strftime("%F %H\n")
        self.assertNotEqual(dates, {now}, "the clocks do not jump")
        oneup("batch", self.experiment, "--dry-run", env=jumping)
        first = subprocess.Popen([program_path(), "batch", self.experiment, "--out", out,
                                  "--threads", "2", "--progress", "bar"],
                                 env={**os.environ, **jumping}, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        while not (out / "shards" / "00003.binpb").exists() and first.poll() is None:
            time.sleep(0.01)
        first.send_signal(signal.SIGINT)
        first.wait(timeout=60)
        oneup("batch", self.experiment, "--out", out, "--resume", "--threads", 2, env=jumping)
        self.assertEqual(files(out), self.whole)

    def test_a_limit_on_files_is_one_line_and_loses_nothing(self):
        out = self.out()
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1200, 1200))
        said = oneup("batch", self.experiment, "--out", out, "--progress", "none", code=IO_ERROR,
                     limit=limit).stderr
        self.assertEqual(said.count("\n"), 1, said)
        self.assertRegex(said, "cannot write to .*File too large.*--resume")
        oneup("batch", self.experiment, "--out", out, "--resume")
        self.assertEqual(files(out), self.whole)

    def test_each_mistake_is_one_line(self):
        whole = self.folder / "whole"
        other = self.folder / "other.textproto"
        other.write_text(EXPERIMENT.replace("replicates: 20", "replicates: 2"), encoding="utf-8")
        bad = self.folder / "bad.textproto"
        bad.write_text(EXPERIMENT.replace("deals", "dells"), encoding="utf-8")
        for words, code, message in [
            (("batch",), USAGE, "needs an experiment.*fomo_trust"),
            (("batch", "fomo_trist"), NO_INPUT, "did you mean 'fomo_trust'"),
            (("batch", bad), BAD_INPUT, r"bad\.textproto:9:1: metrics\[0\].*did you mean 'deals'"),
            (("batch", self.experiment, "--out", whole), CANT_CREATE, "--resume goes on"),
            (("batch", other, "--out", whole, "--resume"), CANT_CREATE, "as it was before a change"),
            (("batch", self.experiment, "--out", self.folder), CANT_CREATE, "holds no batch"),
            (("batch", self.experiment, "--shard", "3/3"), USAGE, "I from 0 to N-1"),
            # The shard after the first would be number 4.
            (("batch", self.experiment, "--shard", f"5/{2**64 - 1}"), USAGE, "N at most 1000000000"),
            (("batch", self.experiment, "--shard", "slurm"), USAGE, "no task of a job array"),
            (("batch", self.experiment, "--threads", "0"), USAGE, "--threads 0"),
            (("batch", self.experiment, "--trace", "t"), USAGE, "--trace goes with --run"),
            (("batch", self.experiment, "--run", "200"), USAGE, "runs are 0 to 199"),
            (("batch", whole), USAGE, "folder of a batch, which goes with --run"),
            (("batch", self.experiment, "--progress", "loud"), USAGE, "auto, bar, plain, none"),
            (("merge",), USAGE, "needs a folder"),
            (("merge", "a", "b"), USAGE, "--out"),
            (("merge", self.folder), NO_INPUT, "holds no batch"),
        ]:
            with self.subTest(words=words):
                done = oneup(*words, code=code)
                self.assertEqual((done.stdout, done.stderr.count("\n")), ("", 1), done.stderr)
                self.assertRegex(done.stderr, message)
        self.assertEqual(files(whole), self.whole)


if __name__ == "__main__":
    CLOCK_JUMPS = sys.argv.pop(2)
    main()
