"""`oneup compare`: what it reports, explains and draws, and what it says about wrong words; and --do
of run and replay.

Usage: compare_test.py PATH/TO/oneup
"""

import csv
import io
import json
import os
import signal
import subprocess
import tempfile
import time
import unittest

from program import OK, USAGE, BAD_INPUT, NO_INPUT, CANT_CREATE, main, oneup, program_path

SOON = ["--until", "2024-06-28"]


class Comparison(unittest.TestCase):
    def test_forms_agree_and_threads_do_not_matter(self):
        words = ["compare", "--do", "rule off R13", "--seeds", "6", *SOON]
        told = json.loads(oneup(*words, "--format", "json", "--threads", "1").stdout)
        rows = list(csv.DictReader(io.StringIO(oneup(*words, "--format", "csv",
                                                    "--threads", "3").stdout)))
        self.assertEqual(told["interventions"], ["rule off R13"])
        self.assertEqual(len(told["outcomes"]), len(rows))
        for outcome, row in zip(told["outcomes"], rows):
            self.assertEqual(outcome["name"], row["outcome"])
            if outcome["difference"] is not None:
                self.assertEqual(outcome["difference"], float(row["difference"]))
                self.assertAlmostEqual(outcome["changed"] - outcome["baseline"],
                                       outcome["difference"], places=6)
        self.assertIn("rule off R13", oneup(*words).stdout)

    def test_explains_in_words_and_as_data(self):
        words = ["compare", "--do", "force nadella.accept", "--seeds", "4", "--metric", "deals",
                 "--explain", "--explain-seeds", "2", *SOON]
        told = json.loads(oneup(*words, "--format", "json").stdout)
        carried = told["carried_by"][0]
        total = carried["with_none"] + sum(one["value"] for one in carried["families"])
        self.assertAlmostEqual(total, carried["effect"], places=9)
        for deal in told["explanation"]["deals"]:
            first = deal["chain"][0]["record"]
            self.assertEqual(first["intervention_effect"]["effect"], "begins")
        self.assertIn("record by record", oneup(*words).stdout)

    def test_the_page_is_one_file_without_scripts(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "page.html")
            oneup("compare", "--do", "son_no", "--seeds", "3", "--report", path, *SOON)
            with open(path, encoding="utf-8") as file:
                page = file.read()
        self.assertIn("SoftBank will not fund", page)
        self.assertIn("force son.refuse", page)
        self.assertIn("--report", page)
        self.assertNotIn("<script", page)
        self.assertEqual(page.count("data:image/svg+xml;base64,"), 2)
        self.assertNotIn("http://", page.replace("http://www.w3.org", ""))

    def test_a_file_of_interventions(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "mine.textproto")
            with open(path, "w", encoding="utf-8") as file:
                file.write('title: "Mine"\ninterventions { rule_off: "ego" }\n')
            self.assertIn("What if: Mine",
                          oneup("compare", "--do", path, "--seeds", "2", *SOON).stdout)
            with open(path, "w", encoding="utf-8") as file:
                file.write('title: "Mine"\ninterventions { rule_of: "ego" }\n')
            told = oneup("compare", "--do", path, code=BAD_INPUT).stderr
            self.assertIn("mine.textproto:2:", told)
            self.assertIn("rule_off", told)
            with open(path, "w", encoding="utf-8") as file:
                file.write('title: "Mine"\ninterventions {\n'
                           '  pin { actor: "huang" state: "fomo" value: 5000 }\n}\n')
            told = oneup("compare", "--do", "rule off ego", "--do", path, code=BAD_INPUT).stderr
            self.assertRegex(told, r"\Aoneup compare: \S*mine\.textproto:2:\d+: "
                                   r"interventions\[1\]\.pin\.value: is 5000; "
                                   r"fomo is 0 to 1000\n\Z")

    def test_of_the_replay(self):
        words = ["compare", "2025", "--do", "2025_no_doubt", "--seeds", "2",
                 "--metric", "return.*", "--format", "json"]
        told = json.loads(oneup(*words).stdout)
        self.assertEqual(told["interventions"], ["drop td_cowen"])
        moved = [outcome["name"] for outcome in told["outcomes"] if outcome["difference"]]
        self.assertIn("return.MSFT", moved)

    def test_what_will_change_nothing_is_told_beforehand(self):
        told = oneup("compare", "2025", "--do", "drop tpu_leak", "--seeds", "2")
        self.assertIn("The same in every pair", told.stdout)
        self.assertEqual(len(told.stderr.splitlines()), 1, told.stderr)
        self.assertIn("'drop tpu_leak' has no effect of its own", told.stderr)
        self.assertEqual(oneup("compare", "2025", "--do", "2025_no_doubt", "--seeds", "2").stderr,
                         "")

    def test_names_of_history_are_understood(self):
        for line, understood in (("drop tpu_leak", "drop leak_nvidia*"),
                                 ("force nadella.accept stargate_2024", "force nadella.accept"),
                                 ("rule off ego.headline", "rule off ego.headline")):
            told = json.loads(oneup("compare", "--do", line, "--seeds", "4",
                                    "--format", "json").stdout)
            self.assertEqual(told["what_if"], line)
            self.assertEqual(told["interventions"], [understood])
            self.assertFalse(all(outcome["same_in_every_pair"] for outcome in told["outcomes"]),
                             line)

    def test_stopped_it_says_how_far_it_was(self):
        with tempfile.TemporaryDirectory() as folder:
            page = os.path.join(folder, "page.html")
            words = ["compare", "--do", "no_fomo", "--seeds", "100000", "--threads", "1",
                     "--precision", "1e-9", "--most-seeds", "100000", "--report", page]
            for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
                process = subprocess.Popen([program_path(), *words], stdout=subprocess.PIPE,
                                           stderr=subprocess.PIPE, text=True)
                time.sleep(2)
                process.send_signal(number)
                out, said = process.communicate(timeout=60)
                self.assertEqual(process.returncode, code, said)
                self.assertEqual(out, "")
                self.assertRegex(said, r"\Aoneup compare: stopped after \d+ of 100000 pairs; "
                                       r"nothing is written\n\Z")
                self.assertEqual(os.listdir(folder), [])

    def test_long_runs_tell_a_log_how_far_they_are(self):
        words = ["compare", "--do", "no_fomo", "--seeds", "30", "--metric", "return.NVDA", *SOON]
        told = oneup(*words, "--precision", "1e-9", "--most-seeds", "40").stderr
        self.assertRegex(told, r"(?m)^100 %  30 of 30 pairs")
        self.assertRegex(told, r"(?m)^100 %  10 of 10 pairs")
        self.assertEqual(oneup(*words).stderr, "")

    def test_a_figure_of_zero_has_no_sign(self):
        told = oneup("compare", "2025", "--do", "2025_amd_first", "--seeds", "2",
                     "--metric", "*").stdout
        self.assertNotRegex(told, r"[-+]0(\.0+)?(?![.\d])")

    def test_lists_what_there_is(self):
        told = oneup("compare", "--list").stdout
        self.assertIn("no_leak:", told)
        self.assertIn("force nadella.accept", told)


class WhatIfElsewhere(unittest.TestCase):
    def test_run_tells_the_other_world(self):
        words = ["run", "--seed", "3", "--resolution", "low"]
        self.assertNotEqual(oneup(*words).stdout, oneup(*words, "--do", "nadella_yes").stdout)

    def test_replay_leaves_out_what_was_dropped(self):
        words = ["replay", "--resolution", "low", "--from", "2025-06-01", "--until", "2025-07-31"]
        kept = oneup(*words, "--format", "csv").stdout
        dropped = oneup(*words, "--format", "csv", "--do", "drop tpu_leak").stdout
        self.assertIn("tpu_leak", kept)
        self.assertNotIn("tpu_leak", dropped)

    def test_leave_one_out_predictions_follow(self):
        words = ["replay", "--resolution", "low", "--format", "csv"]
        def predicted(*more):
            return {(row["event"], row["ticker"]): row["leave_one_out"]
                    for row in csv.DictReader(io.StringIO(oneup(*words, *more).stdout))
                    if row["leave_one_out"]}
        as_fitted = predicted()
        without = predicted("--do", "set valuation.elasticity 0")
        for key in (("oracle_300", "ORCL"), ("amd_6gw", "AMD"), ("broadcom_10gw", "AVGO")):
            self.assertLess(float(without[key]), float(as_fitted[key]) / 2, key)

    def test_run_and_replay_refuse_what_comes_too_late(self):
        for words in (["run", "--do", "rule off ego from 2025-01-01", "--until", "2024-12-31"],
                      ["replay", "--do", "drop tpu_leak", "--until", "2025-06-26"]):
            self.assertIn("the run ends before", oneup(*words, code=USAGE).stderr)

    def test_what_a_run_has_off_can_come_on_again(self):
        words = ["run", "--seed", "3", "--resolution", "low", "--off", "fomo"]
        off = oneup(*words).stdout
        again = oneup(*words, "--do", "rule on fomo from 2023-06-01").stdout
        self.assertNotEqual(off, again)


class WrongWords(unittest.TestCase):
    def test_one_line_says_what_and_what_is_allowed(self):
        cases = [
            ([], USAGE, "needs --do"),
            (["--do", "drop x"], BAD_INPUT, "'x' is no event of this scenario"),
            (["--do", "pin huang.joy 1"], BAD_INPUT, "it must be fomo, face, trust"),
            (["--do", "no_leek"], NO_INPUT, "did you mean 'no_leak'"),
            (["--do", "./nothing.textproto"], NO_INPUT, "no such file"),
            (["--do", "no_leak", "--seeds", "1"], USAGE, "allowed are 2 to"),
            (["--do", "no_leak", "--metric", "deels"], USAGE, "did you mean 'deals'"),
            (["--do", "no_leak", "--precision", "-1"], USAGE, "--precision"),
            (["--do", "no_leak", "--level", "100"], USAGE, "--level"),
            (["--do", "no_leak", "--report", "/no/such/folder/x.html"], CANT_CREATE, "x.html"),
            (["--do", "rule on R06"], BAD_INPUT, "'R06' is on already"),
            (["--do", "pin huang.fomo 0 from 2024-01-01", "--until", "2023-06-30"], USAGE,
             "--until 2023-06-30: the run ends before 'pin huang.fomo 0 from 2024-01-01'"),
            (["2025", "--do", "pin huang.fomo 0"], BAD_INPUT, "whose principals act"),
        ]
        for words, code, message in cases:
            told = oneup("compare", *words, code=code)
            self.assertEqual(told.stdout, "")
            self.assertEqual(len(told.stderr.strip().splitlines()), 1, told.stderr)
            self.assertIn(message, told.stderr)


if __name__ == "__main__":
    main()
