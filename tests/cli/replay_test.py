"""`oneup replay` as a person uses it: the narrated timeline, keys, charts, the page, the
closing tables and the data, and what it says to mistakes.

Usage: replay_test.py PATH/TO/oneup
"""

import html.parser
import json
import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata
import unittest

PROGRAM = None

OK, USAGE, NO_INPUT, CANT_CREATE = 0, 64, 66, 73
LOW = ("--resolution", "low")
SHORT = (*LOW, "--until", "2025-02-28")  # a few events, milliseconds


def environment(**changes):
    clean = {name: value for name, value in os.environ.items()
             if name not in ("NO_COLOR", "COLUMNS", "LC_ALL", "LC_CTYPE")}
    clean.update({"TERM": "xterm-256color", "LANG": "C.UTF-8"}, **changes)
    return clean


def replay(*words, cwd=None, stdin="", **changes):
    return subprocess.run([PROGRAM, "replay", *words], cwd=cwd, input=stdin, capture_output=True,
                          text=True, timeout=120, env=environment(**changes))


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def events(text):
    """The first lines of the events that are told."""
    told = text.split("Recorded and simulated")[0]
    return re.findall(r"^(?:about )?(?:[a-z]+ )?\d{4}.*  \S", told, re.MULTILINE)


class Terminal:
    """The program at a terminal of its own."""

    def __init__(self, *words, columns=100, **changes):
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (50, columns)) if hasattr(termios, "tcsetwinsize") else \
            subprocess.run(["stty", "cols", str(columns), "rows", "50"], stdin=slave, check=True)
        self.slave = slave  # kept open: what is read after the end, and the settings
        self.before = termios.tcgetattr(slave)
        self.process = subprocess.Popen([PROGRAM, "replay", *words], stdin=slave, stdout=slave,
                                        stderr=slave, env=environment(**changes),
                                        start_new_session=True)
        self.text = ""

    def read(self, until, seconds=60):
        """Reads on until the text holds `until` anew, or for a given time."""
        start = len(self.text)
        deadline = time.monotonic() + seconds
        while until not in self.text[start:]:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.master], [], [], left)[0]:
                raise AssertionError(f"no {until!r} in {self.text[start:]!r}")
            self.text += os.read(self.master, 65536).decode(errors="replace")
        return self.text[start:]

    def press(self, keys):
        os.write(self.master, keys)

    def finish(self):
        """The exit code, once all it wrote is read."""
        deadline = time.monotonic() + 60
        while True:
            ended = self.process.poll() is not None
            while select.select([self.master], [], [], 0 if ended else 0.05)[0]:
                self.text += os.read(self.master, 65536).decode(errors="replace")
            if ended:
                return self.process.returncode
            if time.monotonic() > deadline:
                raise AssertionError("it does not end: " + self.text[-500:])

    def settings(self):
        return termios.tcgetattr(self.slave)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)


PROMPT = "any key"


class Steps(unittest.TestCase):
    def open(self, *words, **changes):
        terminal = Terminal(*words, **changes)
        self.addCleanup(terminal.close)
        return terminal

    def test_any_key_brings_the_next_event(self):
        terminal = self.open("--step", *SHORT)
        terminal.read(PROMPT)
        for key in [b" ", b"x", b"\r", b"\x1b[A", "ä".encode(), b"\t", b"\x1b"]:
            with self.subTest(key=key):
                terminal.press(key)
                self.assertEqual(terminal.read(PROMPT).count(PROMPT), 1)
        terminal.press(b"q")
        self.assertEqual(terminal.finish(), OK)

    def test_keys_are_not_shown_and_q_ends_without_the_table(self):
        for key in [b"q", b"Q", b"\x04"]:
            with self.subTest(key=key):
                terminal = self.open("--step", *SHORT)
                terminal.read(PROMPT)
                self.assertNotEqual(terminal.settings(), terminal.before)
                terminal.press(b"z")
                terminal.read(PROMPT)
                terminal.press(key)
                self.assertEqual(terminal.finish(), OK)
                self.assertNotIn("-- z", terminal.text)
                self.assertNotIn("Recorded and simulated", terminal.text)
                self.assertEqual(terminal.settings(), terminal.before)

    def test_a_key_for_every_event_and_then_the_table(self):
        terminal = self.open("--step", *SHORT)
        for _ in events(replay(*SHORT).stdout):
            terminal.read(PROMPT)
            terminal.press(b" ")
        self.assertEqual(terminal.finish(), OK)
        self.assertIn("opening gap, %", terminal.text)
        self.assertEqual(terminal.settings(), terminal.before)

    def test_signals_give_the_terminal_back(self):
        terminal = self.open("--step", *SHORT)
        terminal.read(PROMPT)
        terminal.process.send_signal(signal.SIGINT)
        self.assertEqual(terminal.finish(), -signal.SIGINT)
        self.assertEqual(terminal.settings(), terminal.before)
        for ending in [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]:
            with self.subTest(signal=ending):
                terminal = self.open("--step", *SHORT)
                terminal.read(PROMPT)
                terminal.process.send_signal(ending)
                self.assertEqual(terminal.finish(), -ending)
                self.assertEqual(terminal.settings(), terminal.before)

    def test_speed_goes_on_by_itself(self):
        terminal = self.open("--step", "--speed", "1000", *SHORT)
        self.assertEqual(terminal.finish(), OK)
        self.assertIn("Recorded and simulated", terminal.text)

    def test_without_a_terminal_lines_step(self):
        whole = replay("--step", *SHORT)
        self.assertEqual((whole.returncode, whole.stderr), (OK, ""))
        self.assertIn("Recorded and simulated", whole.stdout)
        two = replay("--step", *SHORT, stdin="\nq\n\n")
        self.assertEqual(two.returncode, OK)
        self.assertTrue(whole.stdout.startswith(two.stdout))
        self.assertEqual(len(events(two.stdout)), 2)

    def test_progress_of_an_ensemble_is_for_terminals_only(self):
        terminal = self.open("--seeds", "3", *SHORT)
        self.assertEqual(terminal.finish(), OK)
        self.assertRegex(terminal.text, r"100 %  \d+ of \d+ runs")
        self.assertEqual(replay("--seeds", "3", *SHORT).stderr, "")


class Words(unittest.TestCase):
    def test_no_line_is_wider_than_the_page(self):
        for columns, words in [("80", SHORT), ("100", LOW), ("200", SHORT)]:
            for more in [("--plot",), ("--plot", "--seeds", "3")]:
                with self.subTest(columns=columns, words=more):
                    done = replay(*words, *more, COLUMNS=columns)
                    self.assertEqual(done.returncode, OK, done.stderr)
                    widest = max(done.stdout.splitlines(), key=width)
                    self.assertLessEqual(width(widest), min(int(columns), 100), widest)

    def test_an_event_has_date_actors_terms_reactions_and_totals(self):
        text = replay(*LOW, "--from", "2025-10-06", "--until", "2025-10-06").stdout
        block = text.split("Recorded and simulated")[0]
        block = re.sub(r"\n {10}(?=\w)", " ", block)  # lines that were wrapped
        for part in [r"2025-10-06  Lisa Su, Sam Altman, AMD, OpenAI", r"6 GW of a chip",
                     r"terms   6 GW of MI450, \$105 bn over 5 years, warrants on 10 % of the supplier, "
                     r"milestone\s+contract",
                     r"AMD +[+-]\d+\.\d % .*simulated, open [+-]\d",
                     r"\+23\.7 % .*recorded, open \+37\.5 %, volume 5\.7 x",
                     r"others  ORCL [+-]\d+\.\d % \(\+?-?\d+\.\d %\); NVDA .*recorded in brackets",
                     r"\$755 bn and 20\.5 GW committed, 58 times a year's revenue",
                     r"\$\d+ bn of market value added on first days; recorded \$479 bn"]:
            with self.subTest(part=part):
                self.assertRegex(block, part)

    def test_the_tables_hold_every_metric_and_explain_themselves(self):
        for words in [(), ("--seeds", "3")]:
            with self.subTest(words=words):
                text = replay(*LOW, *words).stdout
                for heading in ["opening gap, %", "first day, %", "abnormal, %", "CAR[-1,+1], %",
                                "CAR[0,+20], %", "volume, x", "added, $bn", "pred."]:
                    self.assertIn(heading, text)
                for word in ["rec.", "sim.", "pred.", "n/a", "abnormal", "CAR[a,b]"]:
                    self.assertRegex(text, r"(?m)^  " + re.escape(word) + " ")
                self.assertEqual("[90 %]" in text, bool(words))
                self.assertRegex(text, r"2025-09-10  oracle_300 +ORCL +\+32\.2")
                self.assertRegex(text, r"(?s)Market value added .*recorded\s+\$630 bn")

    def test_colour_is_for_terminals_only(self):
        self.assertNotIn("\x1b", replay("--plot", *SHORT).stdout)
        for changes, coloured in [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]:
            with self.subTest(changes=changes):
                terminal = Terminal("--plot", *SHORT, **changes)
                self.addCleanup(terminal.close)
                self.assertEqual(terminal.finish(), OK)
                self.assertEqual("\x1b[" in terminal.text, coloured)

    def test_plot_has_a_panel_a_listing_with_marks(self):
        text = replay("--plot", *LOW).stdout
        for ticker in ["ORCL", "NVDA", "AMD", "AVGO", "MSFT", "GOOGL", "9984.T"]:
            self.assertRegex(text, rf"(?m)^{ticker}  .*, daily close, (USD|JPY)$")
        oracle = text.split("ORCL  Oracle")[1].split("NVDA  Nvidia")[0]
        self.assertIn("━━ simulated   ╍╍ recorded", oracle)
        self.assertRegex(oracle, r"A  2025-01-22  Stargate")
        self.assertRegex(oracle, r"B  2025-09-10  Oracle's backlog")
        self.assertTrue(any(0x2800 < ord(c) < 0x2900 for c in oracle))
        ascii_only = replay("--plot", *SHORT, LANG="C", LC_ALL="C").stdout
        self.assertIn("** simulated", ascii_only)

    def test_plot_of_an_ensemble_shows_the_interval(self):
        self.assertIn("90 % of runs", replay("--plot", "--seeds", "3", *SHORT).stdout)


class Loads(html.parser.HTMLParser):
    """What a page would fetch, and its texts."""

    def __init__(self):
        super().__init__()
        self.fetched = []
        self.ids = set()
        self.links = set()
        self.charts = 0

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        for name in ("src", "srcset", "data", "poster", "action"):
            if name in values:
                self.fetched.append((tag, values[name]))
        if tag == "link" and not values.get("href", "").startswith("data:"):
            self.fetched.append((tag, values.get("href")))
        if tag == "a":
            self.links.add(values["href"])
        if "id" in values:
            self.ids.add(values["id"])
        self.charts += "data-series" in values


class Files(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())

    def test_the_page_is_whole_in_itself(self):
        done = replay(*LOW, "--seeds", "3", "--report", "page.html", cwd=self.folder)
        self.assertEqual((done.returncode, done.stderr), (OK, "report written to page.html\n"))
        self.assertEqual(self.files(), ["page.html"])
        page = (self.folder / "page.html").read_text(encoding="utf-8")
        loads = Loads()
        loads.feed(page)
        self.assertEqual(loads.fetched, [])
        self.assertNotRegex(page, r"@import|url\(\s*['\"]?(https?:)?//")
        self.assertIn("default-src 'none'", page)
        self.assertEqual(loads.charts, 7)
        self.assertIn("#event-oracle_300", loads.links)
        for link in loads.links:
            self.assertTrue(link.startswith("#") and link[1:] in loads.ids, link)
        data = json.loads(page.split('id="data">')[1].split("</script>")[0])
        oracle = next(s for s in data["series"] if s["ticker"] == "ORCL")
        for values in [oracle["median"], oracle["recorded"], oracle["p05"], oracle["p95"]]:
            self.assertEqual(len(values), len(oracle["times"]))
            self.assertEqual(values[0], 100)
        self.assertEqual([mark["letter"] for mark in oracle["marks"]], ["A", "B"])
        self.assertIn("oneup replay 2025 --seed 2025 --seeds 3 --resolution low --report page.html",
                      page)

    def test_the_page_s_own_command_makes_it_again(self):
        replay(*SHORT, "--report", "a page.html", cwd=self.folder)
        page = (self.folder / "a page.html").read_bytes()
        command = re.search(r"<code>oneup replay (.*?)</code>", page.decode()).group(1)
        words = command.replace("&#39;", "'")
        subprocess.run(f'"{PROGRAM}" replay {words}', shell=True, cwd=self.folder, check=True,
                       capture_output=True, timeout=120)
        self.assertEqual((self.folder / "a page.html").read_bytes(), page)

    def test_a_page_goes_with_data(self):
        done = replay(*SHORT, "--report", "page.html", "--format", "json", cwd=self.folder)
        self.assertEqual(done.returncode, OK)
        json.loads(done.stdout)
        self.assertEqual(self.files(), ["page.html"])

    def test_mistakes_are_one_line_and_leave_no_file(self):
        (self.folder / "folder").mkdir()
        report = ("--report", "page.html")
        for words, code, message in [
            (("--report", "none/page.html"), CANT_CREATE, "none/page.html: cannot create"),
            (("--report", "folder"), CANT_CREATE, "folder: cannot write: is not a plain file"),
            (("--report", "/dev/null"), CANT_CREATE, "/dev/null: cannot write"),
            (("--trace", "none/trace"), CANT_CREATE, "none/trace"),
            ((*report, "--seeds", "0"), USAGE, "--seeds 0: allowed are 1 to"),
            ((*report, "--seeds", "-3"), USAGE, "--seeds"),
            ((*report, "--speed", "nan"), USAGE, "--speed"),
            ((*report, "--speed", "1e-9"), USAGE, "--speed: allowed are 0.001 to 1000"),
            ((*report, "--seed", "-1"), USAGE, "--seed"),
            ((*report, "--seed", "18446744073709551616"), USAGE, "--seed"),
            ((*report, "--threads", "0"), USAGE, "--threads 0: allowed are 1 to"),
            ((*report, "--from", ""), USAGE, "--from: is empty"),
            ((*report, "--trace", ""), USAGE, "--trace: is empty"),
            ((*report, "--trace", "page.html"), USAGE, "--trace and --report name the same file"),
            ((*report, "--detail", "full"), USAGE, "--detail goes with --trace"),
            ((*report, "--format", "csv", "--speed", "2"), USAGE, "--speed goes with --format text"),
            ((*report, "--from", "2025-10-01", "--until", "2025-09-01"), USAGE,
             "--from 2025-10-01 is after --until 2025-09-01"),
            ((*report, "--from", "2025-02-30"), USAGE, "--from '2025-02-30'"),
            ((*report, "--no-such-option"), USAGE, "--no-such-option"),
            ((*report, "--format", "json", "--plot"), USAGE, "--plot goes with --format text"),
            ((*report, "--format", "csv", "--step"), USAGE, "--step goes with --format text"),
            ((*report, "2052"), NO_INPUT, "did you mean '2025'"),
            ((*report, "none.textproto"), NO_INPUT, "none.textproto"),
        ]:
            with self.subTest(words=words):
                done = replay(*words, *LOW, cwd=self.folder)
                self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertIn(message, done.stderr)
                self.assertEqual(self.files(), ["folder"])

    def test_days_without_events_or_sessions_are_no_mistake(self):
        for words in [("--until", "2010-01-01"), ("--from", "2030-01-01"),
                      ("--until", "2023-12-01"), ("--from", "2025-03-01", "--until", "2025-03-02")]:
            with self.subTest(words=words):
                done = replay(*words, *LOW, "--plot", "--report", "page.html", cwd=self.folder)
                self.assertEqual((done.returncode, done.stderr),
                                 (OK, "report written to page.html\n"))
                self.assertNotIn("nan", done.stdout)


METRICS = {"first_day", "abnormal", "gap", "car_1_1", "car_0_20", "volume_ratio"}


class Data(unittest.TestCase):
    def test_json_holds_what_is_promised(self):
        done = replay(*LOW, "--seeds", "5", "--format", "json")
        self.assertEqual((done.returncode, done.stderr), (OK, ""))
        result = json.loads(done.stdout)
        self.assertEqual(result["seeds"], 5)
        self.assertEqual(set(result["added_value_usd_bn"]), {"recorded", "median", "p05", "p95"})
        self.assertAlmostEqual(result["added_value_usd_bn"]["recorded"], 630, delta=1)
        self.assertEqual(set(result["commitments"]) & {"usd_bn", "over_revenue"},
                         {"usd_bn", "over_revenue"})
        rows = {(row["event"], row["ticker"]): row for row in result["reactions"]}
        self.assertEqual(len(rows), len(result["reactions"]))
        for row in rows.values():
            self.assertEqual((set(row["recorded"]), set(row["simulated"])), (METRICS, METRICS))
            for spread in [*row["simulated"].values(), row["added_value_usd_bn"]]:
                if spread["median"] is not None:
                    self.assertLessEqual(spread["p05"], spread["median"])
                    self.assertLessEqual(spread["median"], spread["p95"])
        for key in [("stargate", "9984.T"), ("oracle_300", "ORCL"), ("nvidia_100", "NVDA"),
                    ("amd_6gw", "AMD"), ("broadcom_10gw", "AVGO")]:
            with self.subTest(key=key):
                self.assertIsInstance(rows[key]["leave_one_out"], float)
                self.assertIsInstance(rows[key]["recorded"]["abnormal"], float)

    def test_the_four_deals_add_up(self):
        result = json.loads(replay(*LOW, "--format", "json").stdout)
        deals = [("oracle_300", "ORCL"), ("nvidia_100", "NVDA"), ("amd_6gw", "AMD"),
                 ("broadcom_10gw", "AVGO")]
        rows = {(row["event"], row["ticker"]): row["added_value_usd_bn"]
                for row in result["reactions"]}
        for figure in ["recorded", "median"]:
            self.assertAlmostEqual(sum(rows[deal][figure] for deal in deals),
                                   result["added_value_usd_bn"][figure], places=6)

    def test_from_leaves_out_what_came_before(self):
        since = ("--from", "2025-10-06")
        whole = json.loads(replay(*LOW, "--format", "json").stdout)
        late = json.loads(replay(*LOW, *since, "--format", "json").stdout)
        events = {"amd_6gw", "broadcom_10gw", "recapitalisation"}
        self.assertEqual({row["event"] for row in late["reactions"]}, events)
        self.assertEqual(late["reactions"],
                         [row for row in whole["reactions"] if row["event"] in events])
        self.assertEqual(late["commitments"], whole["commitments"])  # they count from the first
        rows = replay(*LOW, *since, "--format", "csv").stdout.splitlines()[1:]
        self.assertEqual({row.split(",")[0] for row in rows}, events)
        table = replay(*LOW, *since).stdout.split("Recorded and simulated")[1]
        self.assertNotIn("oracle_300", table)

    def test_help_says_how_steps_work(self):
        text = replay("--help").stdout
        for word in ["any key", "q ends", "no terminal", "--speed", "--plot", "--report",
                     "NO_COLOR"]:
            self.assertIn(word, text)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
