"""`oneup network`: tables, data, drawings and mistakes, as a person meets them.

Usage: network_test.py PATH/TO/oneup
"""

import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PROGRAM = None

OK, USAGE, NO_INPUT, CANT_CREATE = 0, 64, 66, 73


def network(*words, cwd=None, env=None):
    return subprocess.run([PROGRAM, "network", *words], cwd=cwd, env=env, capture_output=True,
                          text=True, timeout=120)


def figures(*words):
    done = network(*words, "--format", "json")
    if done.returncode != OK:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


class Output(unittest.TestCase):
    def test_text_has_every_figure(self):
        done = network()
        self.assertEqual((done.returncode, done.stderr), (OK, ""))
        for part in ["Who promised whom", "obligations over revenue", "circularity",
                     "OpenAI > Oracle > Nvidia > OpenAI", "Through time", "If OpenAI fails", "DebtRank"]:
            with self.subTest(part=part):
                self.assertIn(part, done.stdout)

    def test_json_agrees_with_csv(self):
        data = figures()
        rows = list(csv.DictReader(io.StringIO(network("--format", "csv").stdout)))
        self.assertEqual(len(rows), len(data["flows"]))
        total = sum(float(row["usd_bn"]) for row in rows)
        self.assertAlmostEqual(total, data["figures"]["total_usd_bn"])
        self.assertAlmostEqual(data["figures"]["obligations_usd_bn"], 1205)

    def test_a_day_before_any_deal(self):
        data = figures("--at", "2018-01-01")
        self.assertEqual(data["flows"], [])
        self.assertEqual(network("--at", "2018-01-01").returncode, OK)

    def test_a_guarantee_moves_the_lenders_loss(self):
        words = ["--loans", "60", "--recovery", "0.34"]
        bare = figures(*words)["default"]
        held = figures(*words, "--guarantee", "NVDA=10")["default"]
        self.assertAlmostEqual(bare["lenders_loss_usd_bn"], 39.6)
        self.assertAlmostEqual(held["lenders_loss_usd_bn"], 29.6)
        self.assertAlmostEqual(held["guarantees_paid_usd_bn"], 10)

    def test_distress_stands_beside_clearing(self):
        loss = {c["company"]: c for c in figures("--recovery", "0.5")["default"]["companies"]}
        self.assertEqual(loss["openai"]["distress"], 1)
        self.assertAlmostEqual(loss["oracle"]["distress"],
                               loss["oracle"]["unpaid_usd_bn"] / loss["oracle"]["equity_usd_bn"])
        self.assertGreater(loss["openai"]["debt_rank"], loss["oracle"]["debt_rank"])
        self.assertEqual(loss["nvidia"]["debt_rank"], 0)

    def test_of_a_run_knows_what_has_emerged_by_then(self):
        words = ["autonomous", "--seed", "7", "--resolution", "low"]
        self.assertEqual(figures(*words, "--at", "2023-06-30")["flows"], [])
        early = figures(*words, "--at", "2025-10-31")
        late = figures(*words)
        self.assertEqual(early["seed"], 7)
        self.assertIn("openai", [flow["from"] for flow in early["flows"]])
        self.assertGreater(len(late["flows"]), len(early["flows"]))
        self.assertEqual([flow["event"] for flow in early["flows"]],
                         [flow["event"] for flow in late["flows"]][:len(early["flows"])])
        self.assertIn("seed 7", network(*words).stdout)

    def test_through_time_is_one_series_in_every_format(self):
        for words in [(), ("autonomous", "--seed", "7", "--resolution", "low")]:
            series = figures(*words, "--through-time")["series"]
            self.assertEqual(series, figures(*words)["series"])
            rows = list(csv.DictReader(io.StringIO(
                network(*words, "--through-time", "--format", "csv").stdout)))
            self.assertEqual([row["event"] for row in rows], [p["event"] for p in series])
            for row, point in zip(rows, series):
                self.assertEqual(float(row["obligations_over_revenue"]),
                                 point["obligations_over_revenue"])
                self.assertAlmostEqual(point["obligations_usd_bn"] / point["revenue_usd_bn"],
                                       point["obligations_over_revenue"])
            text = network(*words, "--through-time").stdout
            self.assertIn("OpenAI: obligations over a year's revenue", text)
            self.assertIn(series[-1]["event"], text)
        self.assertIn("Nothing was promised", network("--at", "2018-01-01", "--through-time").stdout)

    def test_drawings(self):
        with tempfile.TemporaryDirectory() as folder:
            done = network("--dot", "n.dot", cwd=folder)
            self.assertEqual(done.returncode, OK, done.stderr)
            dot = pathlib.Path(folder, "n.dot").read_text(encoding="utf-8")
            self.assertTrue(dot.startswith("digraph network {"))
            if shutil.which("dot") is None:
                self.skipTest("no Graphviz")
            done = network("--svg", "n.svg", "--default", "openai", cwd=folder)
            self.assertEqual(done.returncode, OK, done.stderr)
            svg = xml.etree.ElementTree.parse(pathlib.Path(folder, "n.svg"))
            self.assertIn("not paid to it", "".join(svg.getroot().itertext()))


class Mistakes(unittest.TestCase):
    def test_each_is_one_line_and_an_exit_code(self):
        with tempfile.TemporaryDirectory() as folder:
            for words, code, message in [
                (("--at", "someday"), USAGE, "--at 'someday'"),
                (("--format", "xml"), USAGE, "allowed are text, json and csv"),
                (("--default", "nobody"), USAGE, "no such company"),
                (("--recovery", "2"), USAGE, "--recovery"),
                (("2025", "--seed", "3"), USAGE, "--seed goes with"),
                (("autonomous", "--resolution", "fine"), USAGE, "'fine'"),
                (("--recovery", "nan"), USAGE, "--recovery"),
                (("--buffer", "-1"), USAGE, "--buffer"),
                (("--guarantee", "nvidia"), USAGE, "COMPANY=USD_BN"),
                (("--guarantee", "nobody=3"), USAGE, "no such company"),
                (("--guarantee", "openai=3"), USAGE, "is the company that fails"),
                (("2052",), NO_INPUT, "2052"),
                (("--dot", "no/such/folder/n.dot"), CANT_CREATE, "cannot create"),
            ]:
                with self.subTest(words=words):
                    done = network(*words, cwd=folder)
                    self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
                    self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                    self.assertIn(message, done.stderr)
            self.assertEqual(list(pathlib.Path(folder).iterdir()), [])

    def test_a_missing_dot_is_said_in_one_line(self):
        with tempfile.TemporaryDirectory() as folder:
            done = network("--svg", "n.svg", cwd=folder, env={**os.environ, "PATH": folder})
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertRegex(done.stderr, r"^oneup network: .*install the package graphviz.*\n$")
            self.assertEqual(list(pathlib.Path(folder).iterdir()), [])


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
