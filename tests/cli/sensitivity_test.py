"""`oneup sensitivity` end to end: run at once and read from a batch, on any threads, misused.

Usage: sensitivity_test.py PATH/TO/oneup
"""

import csv
import json
import pathlib
import re
import tempfile
import unittest

from program import OK, FAILED, USAGE, BAD_INPUT, NO_INPUT, main, oneup

EXPERIMENT = """name: "small"
title: "A small study"
scenario: "autonomous"
until: "2023-02-15"
factors { name: "fear" path: "huang.fear_usd_bn" min: 0 max: 60 }
factors { name: "beta" path: "listings[NVDA].beta_to_market" min: 1 max: 2 }
design { DESIGN }
replicates: 2
metrics: "return.NVDA"
metrics: "deals"
metrics: "deal.huang.day"
"""
MORRIS = "morris { trajectories: 3 levels: 4 seed: 1 }"
SOBOL = "sobol_indices { base_points: 4 }"


class Studies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.place.cleanup)
        cls.folder = pathlib.Path(cls.place.name)

    def experiment(self, design, name="small"):
        path = self.folder / f"{name}.textproto"
        path.write_text(EXPERIMENT.replace("DESIGN", design), encoding="utf-8")
        return path

    def test_from_a_batch_it_is_that_of_a_direct_run(self):
        for name, design in (("morris", MORRIS), ("sobol", SOBOL)):
            path = self.experiment(design, name)
            oneup("batch", path, "--out", self.folder / name)
            for form in ("text", "json", "csv"):
                direct = oneup("sensitivity", path, "--format", form, "--threads", 1).stdout
                self.assertEqual(
                    direct,
                    oneup("sensitivity", "--from", self.folder / name, "--format", form).stdout)
                self.assertEqual(
                    direct, oneup("sensitivity", path, "--format", form, "--threads", 3).stdout)

    def test_what_it_tells(self):
        path = self.experiment(MORRIS)
        told = json.loads(oneup("sensitivity", path, "--format", "json").stdout)
        self.assertEqual((told["design"], told["points"], told["replicates"]), ("morris", 9, 2))
        returns, deals, day = told["metrics"]
        fear, beta = returns["factors"]
        self.assertEqual(fear["mu_star"], 0)  # nobody has talked yet
        self.assertGreater(beta["mu_star"], 0)
        self.assertLessEqual(beta["mu_interval"][0], beta["mu"])
        self.assertEqual(deals["deviation"], 0)
        # The day of a deal that no run has.
        self.assertIn("needs 2 (missing in 18 of 18 runs)", day["error"])
        text = oneup("sensitivity", path).stdout
        self.assertRegex(text, r"return.NVDA: mean .* seeds alone make .* of a run's variance")
        self.assertIn("the same at all points", text)
        self.assertLess(text.index("beta "), text.index("fear "))
        rows = list(csv.DictReader(
            oneup("sensitivity", self.experiment(SOBOL), "--metric", "return.NVDA", "--format",
                  "csv", "--bootstrap", 50).stdout.splitlines()))
        self.assertEqual([row["factor"] for row in rows], ["fear", "beta"])
        self.assertEqual(float(rows[0]["total"]), 0)
        self.assertGreater(float(rows[1]["total"]), 0.5)

    def test_misuse_is_told_in_one_line(self):
        grid = self.experiment("grid { levels: 2 }", "grid")
        small = self.experiment(MORRIS)
        out = self.folder / "misused"
        oneup("batch", small, "--out", out)
        runs = (out / "runs.csv").read_text()

        def changed(text):
            (out / "runs.csv").write_text(text)
            return ("--from", out)

        cases = [
            ((), USAGE, "needs either an experiment.*morris_minds"),
            ((small, "--from", out), USAGE, "needs either"),
            ((grid,), BAD_INPUT, "small: its design says nothing of sensitivity; needs"),
            ((small, "--metric", "deal"), USAGE, "--metric 'deal': small measures return.NVDA"),
            ((small, "--metric", "deal.huang.day"), FAILED, "no metric says anything; deal.huang"),
            ((small, "--bootstrap", "0"), USAGE, "--bootstrap 0: allowed are 1 to"),
            ((small, "--format", "xml"), USAGE, "allowed are text, json, csv"),
            ((self.folder / "none.textproto",), NO_INPUT, "none.textproto"),
            (("--from", self.folder / "nowhere"), NO_INPUT, "nowhere"),
            (lambda: changed(runs.replace("return.NVDA", "return.AMD")), BAD_INPUT, "return.NVDA"),
            (lambda: changed(runs[:runs.rindex("17,")]), BAD_INPUT, "has 17 runs; the plan has 18"),
            (lambda: changed(runs.replace("\n3,", "\n4,")), BAD_INPUT, "'4' where run 3 belongs"),
            (lambda: changed(runs.replace(",ok,", ",ok,x")), BAD_INPUT, "is no number"),
        ]
        for words, code, message in cases:
            words = words() if callable(words) else words
            with self.subTest(words=words, message=message):
                said = oneup("sensitivity", *words, code=code).stderr
                self.assertRegex(said, message)
                self.assertEqual(len(said.splitlines()), 1, said)
        (out / "runs.csv").unlink()
        self.assertRegex(oneup("sensitivity", "--from", out, code=NO_INPUT).stderr,
                         re.escape("runs.csv: is not there: the batch is not whole"))


if __name__ == "__main__":
    main()
