"""`oneup run`: the story of one seed, the ensemble, its trace, and what it says about wrong options.

Usage: run_test.py PATH/TO/oneup
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from program import OK, USAGE, BAD_INPUT, CANT_CREATE, main, oneup, program_path

LOW = ["--resolution", "low"]


class OneStory(unittest.TestCase):
    def test_tells_what_emerged_and_marks_what_was_given(self):
        told = oneup("run", "--seed", "7", *LOW).stdout
        self.assertIn("the scenario made it happen", told)
        self.assertIn("asks Satya Nadella for", told)
        self.assertLessEqual(max(map(len, told.splitlines())), 100)

    def test_the_same_seed_tells_the_same(self):
        self.assertEqual(oneup("run", "--seed", "3", *LOW).stdout,
                         oneup("run", "--seed", "3", *LOW).stdout)

    def test_until_ends_the_same_story_earlier(self):
        whole = oneup("run", "--seed", "7", *LOW).stdout
        part = oneup("run", "--seed", "7", *LOW, "--until", "2024-12-31").stdout
        timeline = part.split("Recorded and simulated")[0].rstrip()
        self.assertTrue(whole.startswith(timeline))

    def test_a_rule_that_is_off_is_in_no_trace(self):
        with tempfile.TemporaryDirectory() as folder:
            trace = str(pathlib.Path(folder) / "story.binpb")
            oneup("run", "--seed", "1", *LOW, "--trace", trace)
            firings = oneup("trace", "cat", trace, "--kind", "rule_firing").stdout
            self.assertIn("R01", firings)
            oneup("run", "--seed", "1", *LOW, "--trace", trace, "--off", "R01")
            self.assertNotIn("R01", oneup("trace", "cat", trace, "--kind", "rule_firing").stdout)
            self.assertIn("off", oneup("trace", "info", trace).stdout)

    def test_the_trace_leads_from_a_refusal_to_the_ask(self):
        with tempfile.TemporaryDirectory() as folder:
            trace = str(pathlib.Path(folder) / "story.binpb")
            oneup("run", "--seed", "7", *LOW, "--trace", trace, "--detail", "deals")
            self.assertIn("whole", oneup("trace", "verify", trace).stdout)
            lines = oneup("trace", "cat", trace, "--kind", "happening").stdout.splitlines()
            refusal = next(line for line in lines if "refusal_microsoft" in line).split()[0]
            why = oneup("trace", "why", trace, refusal).stdout
            self.assertIn("rule R13", why)
            self.assertIn("nadella hears: approach", why)
            self.assertIn("altman to nadella: approach", why)


class Ensemble(unittest.TestCase):
    def test_does_not_depend_on_threads_and_is_data(self):
        words = ["run", "--seeds", "6", "--seed", "1", *LOW, "--format", "json"]
        one = oneup(*words, "--threads", "1").stdout
        self.assertEqual(one, oneup(*words, "--threads", "2").stdout)
        report = json.loads(one)
        self.assertEqual(len(report["runs"]), 6)
        rows = list(csv.reader(io.StringIO(
            oneup("run", "--seeds", "6", "--seed", "1", *LOW, "--format", "csv").stdout)))
        self.assertEqual({row[0] for row in rows[1:]}, {str(seed) for seed in range(1, 7)})

    def test_without_fomo_and_ego_there_is_less(self):
        report = json.loads(oneup("run", "--seeds", "20", "--seed", "1", *LOW, "--ablations",
                                 "--format", "json").stdout)
        row = next(r for r in report["ablations"] if r["name"] == "fomo+ego")
        deals = next(e for e in row["effects"] if e["metric"] == "deals")
        self.assertLess(max(deals["interval_95"]), 0)

    def test_text_has_the_forecast_and_the_gates(self):
        told = oneup("run", "--seeds", "4", *LOW).stdout
        for part in ["first mega-project", "Forecast", "Log score", "Gates"]:
            self.assertIn(part.lower(), told.lower())

    def test_tables_fit_eighty_columns(self):
        result = subprocess.run([program_path(), "run", "--seeds", "20", "--ablations", *LOW],
                                capture_output=True, text=True, timeout=300,
                                env={**os.environ, "COLUMNS": "80"})
        self.assertLessEqual(max(map(len, result.stdout.splitlines())), 80)


class StoryFile(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.story = str(self.folder / "story.textproto")

    def write(self, *words):
        return oneup("run", "--seed", "7", *LOW, "--story", self.story, *words)

    def test_is_a_scenario_that_every_command_takes(self):
        told = self.write()
        self.assertIn("story of seed 7 written to", told.stderr)
        self.assertIn("valid", oneup("scenario", "validate", self.story).stdout)
        self.assertIn("Altman", oneup("scenario", "show", self.story).stdout)
        replayed = oneup("replay", self.story, *LOW).stdout
        headline = next(line for line in told.stdout.splitlines() if " announce " in line)
        self.assertIn(headline, replayed.splitlines())
        self.assertNotIn("recorded, open", replayed, "no exchange has reacted to it")

    def test_has_the_network_of_its_run(self):
        self.write()
        for at in ["2024-12-31", "2025-06-30", "2025-12-31"]:
            words = ["--at", at, "--format", "json"]
            kept = json.loads(oneup("network", self.story, *words).stdout)
            run = json.loads(oneup("network", "autonomous", "--seed", "7", *LOW, *words).stdout)
            self.assertEqual((run.pop("seed"), kept.pop("seed")), (7, None))
            self.assertEqual((run.pop("scenario"), kept.pop("scenario")),
                             ("autonomous", "autonomous-7"))
            self.assertEqual(run, kept)
        self.assertTrue(kept["flows"])

    def test_the_same_run_writes_the_same_bytes_and_replaces_a_file(self):
        self.write()
        first = pathlib.Path(self.story).read_bytes()
        pathlib.Path(self.story).write_text("something else", encoding="utf-8")
        self.write()
        self.assertEqual(pathlib.Path(self.story).read_bytes(), first)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["story.textproto"])

    def test_ends_with_its_run(self):
        self.write("--until", "2025-06-30")
        self.assertIn('end_date: "2025-06-30"', pathlib.Path(self.story).read_text("utf-8"))
        oneup("replay", self.story, *LOW)

    def test_of_a_scenario_of_ones_own_lies_anywhere(self):
        mine = self.folder / "mine.textproto"
        mine.write_text('imports: "autonomous.textproto" name: "mine" title: "More traders" '
                        'set { path: "traders.value.count" value: 100 }', encoding="utf-8")
        (self.folder / "elsewhere").mkdir()
        story = str(self.folder / "elsewhere" / "story.textproto")
        oneup("run", str(mine), "--seed", "7", *LOW, "--story", story)
        oneup("scenario", "validate", story)
        self.assertIn("count: 100", pathlib.Path(story).read_text("utf-8"))
        again = oneup("run", str(mine), *LOW, "--story", str(mine), code=USAGE)
        self.assertIn("the scenario itself", again.stderr)


class Mistakes(unittest.TestCase):
    def test_are_told_in_one_line(self):
        for words, code, part in [
            (["2025"], BAD_INPUT, "has no principals"),
            (["--off", "R99"], USAGE, "--off 'R99'"),
            (["--seeds", "0"], USAGE, "--seeds 0"),
            (["--until", "soon"], USAGE, "--until 'soon'"),
            (["--from", "2025-02-01", "--until", "2025-01-01"], USAGE, "is after"),
            (["--seeds", "2", "--plot"], USAGE, "one seed only"),
            (["--ablations"], USAGE, "--seeds 2"),
            (["--detail", "deals"], USAGE, "--trace only"),
            (["--report", "/nowhere/x.html"], CANT_CREATE, "/nowhere/x.html"),
            (["--story", "/nowhere/x.textproto"], CANT_CREATE, "/nowhere/x.textproto"),
            (["--story", "story.txt"], USAGE, "ends in .textproto"),
            (["--story", ""], USAGE, "--story: is empty"),
            (["--seeds", "2", "--story", "x.textproto"], USAGE, "one seed only"),
            (["--story", "x.textproto", "--trace", "x.textproto"], USAGE, "the same file"),
        ]:
            with self.subTest(words=words):
                result = oneup("run", *words, *LOW, code=code)
                self.assertIn(part, result.stderr)
                self.assertEqual(result.stderr.count("\n"), 1)
                self.assertEqual(result.stdout, "")


if __name__ == "__main__":
    main()
