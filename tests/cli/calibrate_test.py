"""`oneup calibrate` of principals end to end: fit, posterior, synthetic data, stops, misuse.

Usage: calibrate_test.py PATH/TO/oneup
"""

import csv
import json
import math
import pathlib
import re
import signal
import statistics
import subprocess
import tempfile
import time
import unittest

from program import (OK, USAGE, BAD_INPUT, NO_INPUT, CANT_CREATE, kills_until_done, main, oneup,
                     program_path)

SPECIFICATION = """until: "2023-08-31"
parameters { path: "principals[altman].demand.approaches_per_year" min: 0.5 max: 12 prior: 4 prior_sd: 0.5 }
parameters { path: "principals[nadella].supply.disagreement_usd_bn" min: 2 max: 40 }
targets { name: "Nadella refuses" kind: EVENT_KIND_REFUSAL actor: "nadella" other: "altman"
          happened: true date: "2023-06-01" date_weight: 0.5 }
targets { name: "no deal" kind: EVENT_KIND_ANNOUNCEMENT actor: "nadella" happened: false }
"""
PATHS = ["principals[altman].demand.approaches_per_year",
         "principals[nadella].supply.disagreement_usd_bn"]


class Principals(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.place.cleanup)
        cls.folder = pathlib.Path(cls.place.name)
        cls.spec = cls.folder / "small.textproto"
        cls.spec.write_text(SPECIFICATION, encoding="utf-8")
        cls.words = ("calibrate", "autonomous", "--spec", cls.spec, "--seeds", 3, "--resolution",
                     "low")

    def test_the_fit_is_a_file_of_settings(self):
        told = oneup(*self.words, "--trials", 3, "--threads", 1).stdout
        self.assertEqual(told.count("\nset { path:"), 2)
        self.assertIn("Fitted to what had happened by 2023-08-31", told)
        out = self.folder / "fit.textproto"
        self.assertEqual(oneup(*self.words, "--trials", 3, "--out", out).stdout, "")
        self.assertEqual(out.read_text(), told)
        one = oneup(*self.words, "--trials", 2, "--parameter", "approaches_per_year").stdout
        self.assertEqual(one.count("\nset { path:"), 1)

    def test_the_posterior_is_weighted_particles(self):
        out = self.folder / "particles.csv"
        words = (*self.words, "--posterior", "--particles", 12, "--generations", 2)
        told = oneup(*words, "--out", out, "--threads", 1).stdout
        rows = list(csv.DictReader(out.read_text().splitlines()))
        self.assertEqual(list(rows[0]), ["weight", "distance", *PATHS])
        self.assertEqual(len(rows), 12)
        self.assertAlmostEqual(sum(float(row["weight"]) for row in rows), 1)
        for path in PATHS:
            self.assertIn(path, told)
        self.assertRegex(told, r"generation.*tolerance.*simulations")
        self.assertIn("contraction", told)
        self.assertIn("correlation", told)
        again = self.folder / "again.csv"
        self.assertEqual(oneup(*words, "--out", again, "--threads", 3).stdout, told)
        self.assertEqual(again.read_text(), out.read_text())
        oneup(*words, "--out", again, "--seed", 2)
        self.assertNotEqual(again.read_text(), out.read_text())

    def synthetic(self, studies):
        return (*self.words, "--synthetic", studies, "--trials", 3, "--particles", 10,
                "--generations", 2, "--fresh-seeds")

    def start(self, *words):
        return subprocess.Popen([program_path(), *map(str, words)], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def test_synthetic_data_are_recovered(self):
        out = self.folder / "recovered.csv"
        told = oneup(*self.synthetic(2), "--out", out)
        self.assertIn("study 2 of 2", told.stderr)
        self.assertIn("ranks of " + PATHS[0], told.stdout)
        rows = list(csv.DictReader(out.read_text().splitlines()))
        self.assertEqual([(row["study"], row["parameter"]) for row in rows],
                         [(study, path) for study in "01" for path in PATHS])
        for row in rows:
            self.assertTrue(0.5 <= float(row["truth"]) <= 40)
            self.assertTrue(0 <= int(row["rank"]) <= 19)
            self.assertLessEqual(float(row["low_90"]), float(row["low_50"]))
            self.assertLessEqual(float(row["high_50"]), float(row["high_90"]))

    def test_killed_at_any_instant_studies_go_on_to_the_same_bytes(self):
        whole, out = self.folder / "whole.csv", self.folder / "killed.csv"
        told = oneup(*self.synthetic(6), "--out", whole, "--threads", 1).stdout
        kills = kills_until_done(
            lambda _: self.start(*self.synthetic(6), "--out", out, "--threads", 1, "--resume"),
            seed=5, attempts=40, seconds=(0.05, 0.8))
        self.assertGreater(kills, 0)
        self.assertEqual(oneup(*self.synthetic(6), "--out", out, "--resume").stdout, told)
        self.assertEqual(out.read_bytes(), whole.read_bytes())

    def test_stopped_studies_are_kept_and_can_become_more(self):
        out, more = self.folder / "stopped.csv", self.folder / "more.csv"
        process = self.start(*self.synthetic(100), "--out", out)
        while not out.exists() or len(out.read_text().splitlines()) < 5:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        told, said = process.communicate(timeout=60)
        self.assertEqual((process.returncode, told), (130, ""), said)
        done = (len(out.read_text().splitlines()) - 1) // 2
        self.assertEqual(said.splitlines()[-1],
                         f"oneup calibrate: stopped; {done} of 100 studies are in {out}, and the "
                         "same call with --resume goes on")
        said = oneup(*self.synthetic(done), "--out", out, code=CANT_CREATE).stderr
        self.assertIn("--resume goes on with it", said)
        # The number of studies is free.
        oneup(*self.synthetic(done + 1), "--out", out, "--resume")
        oneup(*self.synthetic(done + 1), "--out", more)
        self.assertEqual(out.read_text(), more.read_text())
        # All else is not.
        for words in (("--seed", 2), ("--parameter", "approaches_per_year")):
            said = oneup(*self.synthetic(done + 2), "--out", out, "--resume", *words,
                         code=CANT_CREATE).stderr
            self.assertIn("studies of another scenario, specification or options", said)
        self.assertEqual(out.read_text(), more.read_text())

    def stop(self, words, after):
        """Starts it, sends Ctrl-C once it has said so, and returns what it wrote and its lines."""
        process = self.start(*words)
        for line in process.stderr:
            if after in line:
                break
        process.send_signal(signal.SIGINT)
        told, said = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, said)
        return told, said.splitlines()

    def test_a_stopped_fit_is_the_best_so_far(self):
        out = self.folder / "stopped.textproto"
        told, lines = self.stop((*self.words, "--trials", 9999, "--out", out), "trial 3:")
        kept = re.fullmatch("oneup calibrate: stopped; what is kept is the best of ([0-9]+) trials "
                            "of 9999", lines[-1])
        self.assertTrue(kept and 3 <= int(kept[1]) < 9999, lines)
        self.assertEqual(told, "")
        self.assertIn(f"`. Stopped after {kept[1]} trials.", out.read_text())
        self.assertEqual(out.read_text().count("\nset { path:"), 2)

    def test_a_stopped_posterior_is_its_last_whole_generation(self):
        out = self.folder / "stopped.particles.csv"
        # Long enough for Nadella to refuse: distances that are tied would end it.
        spec = self.folder / "longer.textproto"
        spec.write_text(SPECIFICATION.replace("2023-08-31", "2024-08-31"), encoding="utf-8")
        words = ("calibrate", "autonomous", "--spec", spec, "--seeds", 2, "--resolution", "low",
                 "--posterior", "--out", out, "--fresh-seeds", "--generations", 1000)
        told, lines = self.stop((*words, "--particles", 15), "100 simulations")
        self.assertRegex(lines[-1], "^oneup calibrate: stopped; what is kept is the last whole "
                                    "generation, [1-9][0-9]* of 1000$")
        self.assertIn("ended: stopped", told)
        self.assertEqual(len(out.read_text().splitlines()), 16)
        out.unlink()
        told, lines = self.stop((*words, "--particles", 100000), "100 simulations")
        self.assertEqual(lines[-1], "oneup calibrate: stopped; nothing is kept, as the first "
                                    "generation was not whole")
        self.assertEqual(told, "")
        self.assertFalse(out.exists())

    def test_a_stopped_fit_of_the_valuation_keeps_nothing(self):
        out = self.folder / "valuation.textproto"
        told, lines = self.stop(("calibrate", "2025", "--seeds", 1, "--resolution", 10, "--out",
                                 out), "trial 1,")
        self.assertEqual((told, lines[-1]), ("", "oneup calibrate: stopped; nothing is kept"))
        self.assertFalse(out.exists())

    def test_all_is_told_as_data_too(self):
        def told(*words):
            words = (*self.words, *words)
            return (json.loads(oneup(*words, "--format", "json").stdout),
                    list(csv.DictReader(oneup(*words, "--format", "csv").stdout.splitlines())))

        fit, rows = told("--trials", 3)
        self.assertEqual((fit["trials"], fit["stopped"]), (3, False))
        self.assertEqual([(each["path"], each["value"]) for each in fit["parameters"]],
                         [(row["parameter"], float(row["value"])) for row in rows])
        self.assertEqual([each["path"] for each in fit["parameters"]], PATHS)
        self.assertEqual([each["name"] for each in fit["targets"]], ["Nadella refuses", "no deal"])
        out = self.folder / "fit.of.data"
        oneup(*self.words, "--trials", 3, "--format", "json", "--out", out)
        self.assertIn("set { path:", out.read_text())

        posterior, rows = told("--posterior", "--particles", 12, "--generations", 2)
        self.assertEqual(posterior["generations"][0]["simulations"], 12)
        self.assertIsNone(posterior["generations"][0]["tolerance"])
        self.assertEqual([len(each["correlations"]) for each in posterior["parameters"]], [0, 1])
        for each in posterior["parameters"]:
            mean = sum(float(row["weight"]) * float(row[each["path"]]) for row in rows)
            self.assertAlmostEqual(each["mean"], mean)

        recovery, rows = told("--synthetic", 10, "--trials", 2, "--particles", 10,
                              "--generations", 1, "--fresh-seeds")
        self.assertEqual((recovery["studies"], recovery["draws"]), (10, 19))
        for each, row in zip(recovery["parameters"], rows, strict=True):
            self.assertEqual(each["path"], row["parameter"])
            self.assertEqual(len(each["ranks"]), 10)
            self.assertAlmostEqual(each["uniformity"]["p"], float(row["ranks_p"]))
            for level in ("held_50", "held_90"):
                self.assertEqual(each[level], int(row[level]))
                low, high = each[level + "_interval"]
                self.assertTrue(low <= each[level] / 10 <= high)

    def test_the_valuation_is_told_as_data_too(self):
        words = ("calibrate", "2025", "--seeds", 1, "--trials", 1, "--resolution", "low")
        told = json.loads(oneup(*words, "--format", "json").stdout)
        rows = list(csv.DictReader(oneup(*words, "--format", "csv").stdout.splitlines()))
        self.assertEqual([each["event"] for each in told["targets"]], [row["event"] for row in rows])
        self.assertEqual(len(rows), 5)
        settings = oneup(*words).stdout
        for name, value in told["parameters"].items():
            self.assertEqual(float(re.search(rf"\n  {name}: (\S+)", settings)[1]), value)

    def test_misuse_is_told_in_one_line(self):
        for words, code, message in [
            (("--posterior", "--synthetic", 3), USAGE, "one of them"),
            (("--synthetic", 0), USAGE, "--synthetic 0: allowed are 2 to"),
            (("--resume",), USAGE, "--resume goes with --synthetic and --out"),
            (("--synthetic", 3, "--resume"), USAGE, "--resume goes with --synthetic and --out"),
            (("--particles", 9), USAGE, "--particles 9: allowed are 10 to"),
            (("--generations", 0), USAGE, "--generations 0: allowed are"),
            (("--threads", 0), USAGE, "--threads 0: allowed are"),
            (("--format", "xml"), USAGE, "--format 'xml': allowed are text, json, csv"),
            (("--parameter", "zeal"), BAD_INPUT, "'zeal' is the end of 0 of"),
            (("--posterior", "--out", self.folder / "none" / "x.csv"), CANT_CREATE, "x.csv"),
        ]:
            with self.subTest(words=words):
                said = oneup(*self.words, *words, code=code).stderr
                self.assertIn(message, said)
                self.assertEqual(len(said.splitlines()), 1, said)
        self.assertIn("none.textproto: no such file",
                      oneup("calibrate", "autonomous", "--spec", self.folder / "none.textproto",
                            code=NO_INPUT).stderr)
        self.assertIn("--posterior: scenario '2025' has no principals",
                      oneup("calibrate", "2025", "--posterior", code=USAGE).stderr)


class Documented(unittest.TestCase):
    """docs/calibration.md says what its data say."""

    def test_the_table_of_synthetic_studies_is_that_of_its_file(self):
        docs = pathlib.Path(__file__).resolve().parents[2] / "docs"
        studies = {}
        with open(docs / "data" / "recovered.csv", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                studies.setdefault(row["parameter"], []).append(
                    {name: float(value) for name, value in row.items()
                     if name not in ("parameter", "settings")})
        page = (docs / "calibration.md").read_text(encoding="utf-8")
        section = page[page.index("recovered.csv](data/"):].splitlines()
        for path, rows in studies.items():
            told = "| `" + path.replace("principals[", "").replace("minds.", "") + "` |"
            line = next((each for each in section if each.startswith(told)), "")
            cells = [each.strip() for each in line.split("|")[3:8]]
            truth = [math.log(row["truth"]) for row in rows]
            expected = []
            for estimate in (lambda row: row["fit"], lambda row: row["posterior_mean"],
                             lambda row: math.sqrt(row["low_50"] * row["high_50"])):
                logs = [math.log(estimate(row)) for row in rows]
                off = [a - b for a, b in zip(logs, truth)]
                figures = (statistics.fmean(off), math.hypot(*off) / len(off) ** .5,
                           statistics.correlation(logs, truth))
                # Without the zero before the point, and no zero below zero.
                expected.append(", ".join(f"{round(each, 2) + 0:.2f}".replace("0.", ".")
                                          for each in figures))
            self.assertEqual(cells[:3], expected, path)
            for cell, level in zip(cells[3:], (50, 90)):
                held = sum(row[f"low_{level}"] <= row["truth"] <= row[f"high_{level}"]
                           for row in rows)
                self.assertEqual(cell.split()[0], f"{held}/{len(rows)}", path)


if __name__ == "__main__":
    main()
