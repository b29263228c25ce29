"""`oneup calibrate` of principals end to end: fit, posterior, synthetic data, misuse.

Usage: calibrate_test.py PATH/TO/oneup
"""

import csv
import pathlib
import tempfile
import unittest

from program import OK, USAGE, BAD_INPUT, NO_INPUT, CANT_CREATE, main, oneup

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

    def test_synthetic_data_are_recovered(self):
        out = self.folder / "recovered.csv"
        told = oneup(*self.words, "--synthetic", 2, "--trials", 3, "--particles", 10,
                     "--generations", 2, "--fresh-seeds", "--out", out)
        self.assertIn("study 2 of 2", told.stderr)
        self.assertIn("ranks of " + PATHS[0], told.stdout)
        rows = list(csv.DictReader(out.read_text().splitlines()))
        self.assertEqual([(row["study"], row["parameter"]) for row in rows],
                         [(study, path) for study in "01" for path in PATHS])
        for row in rows:
            self.assertTrue(0.5 <= float(row["truth"]) <= 40)
            self.assertTrue(0 <= int(row["rank"]) <= 19)

    def test_misuse_is_told_in_one_line(self):
        for words, code, message in [
            (("--posterior", "--synthetic", 3), USAGE, "one of them"),
            (("--synthetic", 0), USAGE, "--synthetic 0: allowed are 2 to"),
            (("--particles", 9), USAGE, "--particles 9: allowed are 10 to"),
            (("--generations", 0), USAGE, "--generations 0: allowed are"),
            (("--threads", 0), USAGE, "--threads 0: allowed are"),
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


if __name__ == "__main__":
    main()
