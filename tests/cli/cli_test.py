"""The program end to end: what a person types, the exit code, and what they read.

Usage: cli_test.py PATH/TO/oneup
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "sims" / "scenarios"

OK, FAILED, USAGE, BAD_INPUT, NO_INPUT, CANT_CREATE, IO_ERROR = 0, 1, 64, 65, 66, 73, 74


def oneup(*words, cwd=None):
    return subprocess.run([PROGRAM, *words], cwd=cwd, capture_output=True, text=True, timeout=120)


def commands():
    """The names that `oneup help` lists."""
    listed = oneup("help").stdout.split("commands:\n")[1].split("\n\n")[0]
    return re.findall(r"^  (\S+) ", listed, re.MULTILINE)


class TheProgram(unittest.TestCase):
    def test_help_is_data_and_bare_call_is_a_usage_error(self):
        for words in [("help",), ("--help",), ("-h",)]:
            with self.subTest(words=words):
                done = oneup(*words)
                self.assertEqual((done.returncode, done.stderr), (OK, ""))
                self.assertIn("usage: oneup COMMAND", done.stdout)
        bare = oneup()
        self.assertEqual((bare.returncode, bare.stdout), (USAGE, ""))
        self.assertIn("usage: oneup COMMAND", bare.stderr)

    def test_version(self):
        done = oneup("--version")
        self.assertEqual(done.returncode, OK)
        self.assertRegex(done.stdout, r"^oneup \d+\.\d+\.\d+ \(sources [0-9a-f]{12}\)\n$")

    def test_an_unknown_command_is_one_line(self):
        done = oneup("no-such-command-at-all")
        self.assertEqual((done.returncode, done.stdout), (USAGE, ""))
        self.assertRegex(done.stderr, r"^oneup: no command 'no-such-command-at-all'.*\n$")

    def test_a_mistyped_command_is_guessed(self):
        for name in commands():
            with self.subTest(command=name):
                mistyped = name[:-2] + name[-1] + name[-2]
                self.assertIn(f"did you mean '{name}'?", oneup(mistyped).stderr)

    def test_a_full_disk_is_no_success(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([PROGRAM, "help"], stdout=full, stderr=subprocess.PIPE, text=True,
                                  timeout=120)
        self.assertEqual(done.returncode, IO_ERROR)
        self.assertRegex(done.stderr, r"^oneup: cannot write to standard output: .*\n$")


class EveryCommand(unittest.TestCase):
    def test_help(self):
        for name in commands():
            for words in [(name, "--help"), ("help", name)]:
                with self.subTest(words=words):
                    done = oneup(*words)
                    self.assertEqual((done.returncode, done.stderr), (OK, ""))
                    self.assertIn(f"oneup {name}", done.stdout)

    def test_an_unknown_option_is_one_line(self):
        for name in commands():
            with self.subTest(command=name):
                done = oneup(name, "--no-such-option")
                self.assertEqual((done.returncode, done.stdout), (USAGE, ""))
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertIn("no-such-option", done.stderr)


# Words, exit code, what standard error says (a regular expression), in an empty folder.
MISTAKES = [
    (("replay", "--seed", "x"), USAGE, "--seed"),
    (("replay", "--seeds", "0"), USAGE, "--seeds 0: allowed are"),
    (("replay", "--format", "xml"), USAGE, "'xml'.*text, json, csv"),
    (("replay", "--resolution", "0"), USAGE, "resolution '0'"),
    (("replay", "--from", "someday"), USAGE, "--from 'someday'"),
    (("replay", "--speed", "-1"), USAGE, "--speed"),
    (("replay", "--res", "low"), USAGE, "'--res'"),  # no abbreviations
    (("replay", "2025", "2026"), USAGE, "too many"),
    (("replay", "2052"), NO_INPUT, "did you mean '2025'"),
    (("replay", "./none.textproto"), NO_INPUT, "none.textproto: no such file"),
    (("scenario", "frobnicate"), USAGE, "frobnicate"),
    (("scenario", "validate"), USAGE, "needs a file"),
    (("scenario", "validate", "none.textproto"), NO_INPUT, "none.textproto: no such file"),
    (("scenario", "show", "2052"), NO_INPUT, "did you mean '2025'"),
]


class Scenarios(unittest.TestCase):
    def test_show_says_the_terms(self):
        text = " ".join(oneup("scenario", "show").stdout.split())
        for part in ["asked: $100 bn, exclusive", "refused: $100 bn",
                     "terms: $80 bn of capital expenditure",
                     "terms: 4.5 GW of rented computing, $300 bn over 5 years, definitive contract",
                     "10 GW of Nvidia's systems, $350 bn over 5 years, 5 M chips, supplier invests "
                     "up to $100 bn, preferred supplier, letter of intent",
                     "the company at $500 bn, 26 % foundation ($130 bn), 47 % employees and "
                     "investors", "the company at up to $1 tn", "goal: 250 GW, $10 tn"]:
            with self.subTest(part=part):
                self.assertIn(part, text)


class Mistakes(unittest.TestCase):
    def test_each_is_one_line_and_an_exit_code(self):
        with tempfile.TemporaryDirectory() as folder:
            for words, code, message in MISTAKES:
                with self.subTest(words=words):
                    done = oneup(*words, cwd=folder)
                    self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
                    self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                    self.assertRegex(done.stderr, message)
            self.assertEqual(list(pathlib.Path(folder).iterdir()), [])


def replay(*words, cwd=None):
    """The JSON object of a quick replay."""
    done = oneup("replay", *words, "--resolution", "low", "--format", "json", cwd=cwd)
    if done.returncode != OK:
        raise AssertionError(f"exit {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def first_day(result, event, ticker):
    for row in result["reactions"]:
        if (row["event"], row["ticker"]) == (event, ticker):
            return row["simulated"]["first_day"]["median"]
    raise AssertionError(f"no row of {event} and {ticker}")


class Replay(unittest.TestCase):
    def test_json_has_every_promised_part(self):
        result = replay("--seed", "1")
        self.assertEqual(set(result) & {"reactions", "added_value_usd_bn", "seeds", "commitments"},
                         {"reactions", "added_value_usd_bn", "seeds", "commitments"})
        self.assertEqual(set(result["added_value_usd_bn"]), {"recorded", "median", "p05", "p95"})
        metrics = {"first_day", "abnormal", "gap", "car_1_1", "car_0_20", "volume_ratio"}
        self.assertTrue(result["reactions"])
        for row in result["reactions"]:
            self.assertEqual(set(row["recorded"]), metrics)
            self.assertEqual(set(row["simulated"]), metrics)
            for spread in row["simulated"].values():
                self.assertEqual(set(spread), {"median", "p05", "p95"})

    def test_the_number_of_threads_changes_nothing(self):
        runs = [
            oneup("replay", "--resolution", "low", "--seeds", "5", "--format", "json",
                  "--threads", threads).stdout
            for threads in ("1", "4")
        ]
        self.assertTrue(runs[0])
        self.assertEqual(runs[0], runs[1])

    def test_until_ends_the_story_and_its_totals(self):
        result = replay("--until", "2025-09-30")
        events = {row["event"] for row in result["reactions"]}
        self.assertIn("nvidia_100", events)
        self.assertNotIn("amd_6gw", events)
        self.assertLess(result["commitments"]["usd_bn"], replay()["commitments"]["usd_bn"])


MICRON = """
listings {
  ticker: "MU" name: "Micron" mic: "XNAS" calendar: "XNYS" currency: "USD"
  tick_size: 0.01 lot_size: 100 shares_outstanding_bn: 1.12
  capitalisations { date: "2025-01-17" usd_bn: 118 source: "recalled" }
  beta_to_market: 1.6 daily_idiosyncratic_volatility: 0.02 daily_turnover: 0.017
  forward_revenue_usd_bn: 45 operating_margin: 0.25 tax_rate: 0.12
  sector: "ai_infrastructure" layer: "processor_design"
  evidence { source: "recalled" note: "approximate" status: EVIDENCE_STATUS_RECALLED }
}
"""


class WhatIf(unittest.TestCase):
    """The scenario is data: a copy with another number is another world."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.scenarios = pathlib.Path(self.folder.name) / "mine"
        shutil.copytree(SCENARIOS, self.scenarios)
        self.scenario = str(self.scenarios / "2025.textproto")

    def edit(self, name, old, new):
        path = self.scenarios / name
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def test_a_copy_is_the_same_world(self):
        self.assertEqual(replay(self.scenario)["reactions"], replay("2025")["reactions"])

    def test_the_readmes_what_if_runs(self):
        readme = (SCENARIOS.parents[1] / "README.md").read_text(encoding="utf-8")
        text = re.search(r"cat > calm\.textproto <<'END'\n(.*?)END\n", readme, re.DOTALL).group(1)
        path = pathlib.Path(self.folder.name) / "calm.textproto"
        path.write_text(text, encoding="utf-8")
        calm, base = replay(str(path)), replay("2025")
        self.assertEqual(calm["scenario"], "calm")
        self.assertNotEqual(calm["reactions"], base["reactions"])

    def test_a_smaller_deal_moves_its_stock_less_and_nothing_before_it(self):
        before = replay("2025")
        self.edit("2025.textproto", "capacity_gw: 6\n    price_usd_bn_per_gw: 17.5",
                  "capacity_gw: 1\n    price_usd_bn_per_gw: 17.5")
        self.edit("2025.textproto", "value_usd_bn: 105", "value_usd_bn: 17.5")
        after = replay(self.scenario)
        self.assertLess(first_day(after, "amd_6gw", "AMD"), first_day(before, "amd_6gw", "AMD"))
        for event, ticker in [("stargate", "ORCL"), ("nvidia_100", "NVDA")]:
            self.assertEqual(first_day(after, event, ticker), first_day(before, event, ticker))

    def test_a_listing_is_data_and_needs_no_recorded_prices(self):
        path = self.scenarios / "listings.textproto"
        path.write_text(path.read_text(encoding="utf-8") + MICRON, encoding="utf-8")
        done = oneup("replay", self.scenario, "--resolution", "low")
        self.assertEqual((done.returncode, done.stderr), (OK, ""))

    def test_every_problem_is_told_at_once_with_its_line(self):
        self.edit("2025.textproto", 'company: "AMD"', 'company: "AMDD"')
        self.edit("listings.textproto", "tick_size: 0.01", "tick_size: -1")
        done = oneup("replay", self.scenario)
        self.assertEqual((done.returncode, done.stdout), (BAD_INPUT, ""))
        self.assertRegex(done.stderr, r"2025\.textproto:\d+:\d+: .*AMDD")
        self.assertRegex(done.stderr, r"listings\.textproto:\d+:\d+: .*tick_size")
        self.assertEqual(oneup("scenario", "validate", self.scenario).returncode, FAILED)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
