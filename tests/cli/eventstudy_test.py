"""`oneup eventstudy` against an independent computation: the same study written again
in plain Python, on made-up data with every kind of hole, and on an injected jump.

Usage: eventstudy_test.py PATH/TO/oneup
"""

import csv
import datetime
import io
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None

FIRST, LAST, ESTIMATION, BUFFER = -5, 10, 250, 30


def student_p(t, degrees):
    """P(|T| >= |t|) by Simpson's rule over the density."""
    log_c = (math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)
             - 0.5 * math.log(degrees * math.pi))

    def density(x):
        return math.exp(log_c - (degrees + 1) / 2 * math.log1p(x * x / degrees))

    t = abs(t)
    n = 4000  # even; the integrand beyond |t| + 60 is nothing at these degrees
    width = 60 / n
    total = density(t) + density(t + 60)
    for i in range(1, n):
        total += (4 if i % 2 else 2) * density(t + i * width)
    return 2 * total * width / 3


def study(days, returns, events, ddof=2):
    """(rows, used, skipped) of the market model, straight from the formulas."""
    results, skipped = [], 0
    for security, market, date in events:
        later = [i for i, day in enumerate(days) if day >= date]
        if security not in returns or market not in returns or not later:
            skipped += 1
            continue
        zero = later[0]
        if (days[zero] - date).days > 10:
            skipped += 1
            continue
        r, m = returns[security], returns[market]
        window = range(zero + FIRST, zero + LAST + 1)
        if window[0] < 0 or window[-1] >= len(days) or any(
                r[i] is None or m[i] is None for i in window):
            skipped += 1
            continue
        before = [i for i in range(zero + FIRST - BUFFER)
                  if r[i] is not None and m[i] is not None][-ESTIMATION:]
        if len(before) < ESTIMATION:
            skipped += 1
            continue
        r_mean = math.fsum(r[i] for i in before) / ESTIMATION
        m_mean = math.fsum(m[i] for i in before) / ESTIMATION
        beta = (math.fsum((m[i] - m_mean) * (r[i] - r_mean) for i in before)
                / math.fsum((m[i] - m_mean) ** 2 for i in before))
        alpha = r_mean - beta * m_mean
        variance = math.fsum((r[i] - alpha - beta * m[i]) ** 2 for i in before) / (ESTIMATION - ddof)
        results.append(([r[i] - alpha - beta * m[i] for i in window], variance))
    n = len(results)
    rows = []
    for k in range(LAST - FIRST + 1):
        aar = math.fsum(ar[k] for ar, _ in results) / n
        var_aar = math.fsum(v for _, v in results) / n ** 2
        caar = aar + (rows[-1][3] if rows else 0)
        var_caar = var_aar + (rows[-1][4] if rows else 0)
        t = caar / math.sqrt(var_caar)
        rows.append((FIRST + k, aar, var_aar, caar, var_caar, t,
                     student_p(t, n * (ESTIMATION - 2))))
    return rows, n, skipped


def make_data():
    """Weekdays, a market, and stocks with holes; no exchange has such luck."""
    draw = random.Random(20250910)
    days, day = [], datetime.date(2022, 1, 3)
    while len(days) < 700:
        if day.weekday() < 5 and (day.month, day.day) not in [(12, 25), (7, 4)]:
            days.append(day)
        day += datetime.timedelta(days=1)
    market = [draw.gauss(0.0004, 0.01) for _ in days]
    returns = {"SPY": market}
    for name, beta, sigma in [("AAA", 1.2, 0.015), ("BBB", 0.4, 0.03), ("CCC", 2.0, 0.02)]:
        returns[name] = [beta * m + draw.gauss(0, sigma) for m in market]
    returns["AAA"][310] = None          # a hole in the estimation windows of AAA's events
    returns["BBB"][:200] = [None] * 200  # listed late
    returns["CCC"][452] = None          # a hole in an event window
    returns["AAA"][500] += 0.12         # an event
    events = [
        ("AAA", "SPY", days[500]),
        ("AAA", "SPY", days[400]),
        ("AAA", "SPY", days[500] - datetime.timedelta(days=0)),  # the same twice counts twice
        ("BBB", "SPY", days[600]),
        ("BBB", "SPY", days[400]),   # too soon after the listing
        ("CCC", "SPY", days[450]),   # the hole is on day +2
        ("CCC", "SPY", days[600]),
        ("AAA", "SPY", next(d for d in days[330:] if d.weekday() == 4)
         + datetime.timedelta(days=1)),  # a Saturday
        ("ZZZ", "SPY", days[500]),   # unknown
        ("AAA", "NONE", days[500]),
        ("AAA", "SPY", days[-5]),    # the window ends after the data
        ("AAA", "SPY", datetime.date(2031, 1, 1)),
        ("AAA", "SPY", datetime.date(2021, 6, 1)),
    ]
    return days, returns, events


def write_files(folder, days, returns, events):
    names = list(returns)
    with open(folder / "R.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["date"] + names)
        for i, day in enumerate(days):
            out.writerow([day.isoformat()]
                         + ["" if returns[n][i] is None else repr(returns[n][i]) for n in names])
    with open(folder / "E.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["security_ticker", "market_ticker", "event_date"])
        for i, (security, market, date) in enumerate(events):
            out.writerow([security, market,
                          date.isoformat() if i % 2 else date.strftime("%d/%m/%Y")])


class EventStudy(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def call(self, *words):
        return subprocess.run([PROGRAM, "eventstudy", *words], cwd=self.folder,
                              capture_output=True, text=True, timeout=120)

    def call_on_files(self, *words):
        return self.call("--returns", "R.csv", "--events", "E.csv", "--estimation", "250",
                         "--buffer", "30", "--window", "-5,10", *words)

    def assert_close(self, found, expected, what):
        self.assertTrue(math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-15),
                        f"{what}: {found} is not {expected}")

    def assert_rows(self, found, expected):
        self.assertEqual([int(row["day"]) for row in found], [row[0] for row in expected])
        for row, wanted in zip(found, expected):
            for name, value in zip(["AAR", "Var_AAR", "CAAR", "Var_CAAR", "T"], wanted[1:]):
                self.assert_close(float(row[name]), value, f"day {row['day']}, {name}")
            self.assertTrue(math.isclose(float(row["P"]), wanted[6], rel_tol=1e-6, abs_tol=1e-12),
                            f"day {row['day']}, P: {row['P']} is not {wanted[6]}")

    def test_matches_an_independent_computation(self):
        data = make_data()
        write_files(self.folder, *data)
        expected, used, skipped = study(*data)
        self.assertEqual((used, skipped), (6, 7))
        done = self.call_on_files("--format", "csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.splitlines()[0], "day,AAR,Var_AAR,CAAR,Var_CAAR,T,P")
        self.assert_rows(list(csv.DictReader(io.StringIO(done.stdout))), expected)
        self.assertIn("skipped 7 of 13 events", done.stderr)
        self.assertIn("E.csv:10: skipped ZZZ", done.stderr)

        done = self.call_on_files("--format", "json")
        report = json.loads(done.stdout)
        self.assert_rows(report["rows"], expected)
        self.assertEqual((report["events"], report["used"], report["skipped"]), (13, 6, 7))
        self.assertEqual(report["moved"], 1)
        self.assertEqual([e["line"] for e in report["skipped_events"]], [6, 7, 10, 11, 12, 13, 14])
        self.assertEqual(len(report["studies"]), 6)
        self.assertTrue(math.isclose(report["studies"][0]["AR"][5], 0.12, abs_tol=0.05))

        done = self.call_on_files("--format", "text")
        self.assertEqual(done.returncode, 0)
        self.assertIn("6 of 13 events", done.stdout)

    def test_population_variance_is_the_one_of_the_python_package(self):
        data = make_data()
        write_files(self.folder, *data)
        expected, _, _ = study(*data, ddof=0)
        rows = json.loads(self.call_on_files("--format", "json", "--variance", "population").stdout)
        for row, wanted in zip(rows["rows"], expected):
            self.assert_close(row["Var_CAAR"], wanted[4], "Var_CAAR")
            self.assert_close(row["T"], wanted[5], "T")

    def test_an_injected_jump_comes_back(self):
        draw = random.Random(1)
        days = [datetime.date(2020, 1, 1) + datetime.timedelta(days=i) for i in range(400)]
        market = [draw.gauss(0, 0.01) for _ in days]
        stock = [0.0002 + 1.5 * m for m in market]
        stock[350] += 0.355
        stock[351] -= 0.05
        write_files(self.folder, days, {"M": market, "S": stock}, [("S", "M", days[350])])
        rows = json.loads(self.call_on_files("--format", "json").stdout)["rows"]
        for row in rows:
            jump = {0: 0.355, 1: -0.05}.get(row["day"], 0)
            self.assertAlmostEqual(row["AAR"], jump, places=12)

    def test_spreadsheets_and_their_habits(self):
        data = make_data()
        write_files(self.folder, *data)
        plain = self.call_on_files("--format", "csv").stdout
        for name in ["R.csv", "E.csv"]:
            text = (self.folder / name).read_text(encoding="utf-8")
            head, *rest = text.splitlines()
            text = "\r\n".join([head.replace("date", "Date"), ""] + rest[::-1] + ["", ""])
            (self.folder / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
        done = self.call_on_files("--format", "csv")
        # Lines in another order: sums in another order, so the last digits may differ.
        for row, wanted in zip(csv.DictReader(io.StringIO(done.stdout)),
                               csv.DictReader(io.StringIO(plain)), strict=True):
            for name, value in wanted.items():
                self.assert_close(float(row[name]), float(value), name)

    def test_a_wrong_file_is_named_with_line_column_and_value(self):
        events = "security_ticker,market_ticker,event_date\nA,M,2025-01-02\n"
        returns = "date,A,M\n2025-01-02,0.1,0.2\n"
        cases = [
            (returns.replace("0.1", "ten"), events, 65, "R.csv:2: column A: 'ten'"),
            (returns + "2025-01-02,1,1\n", events, 65, "R.csv:3: column date: '2025-01-02' is in"),
            (returns + "2025-01-03,1\n", events, 65, "R.csv:3: 2 fields where 3"),
            (returns, events.replace("2025-01-02", "31/02/2025"), 65,
             "E.csv:2: column event_date: '31/02/2025' is no date"),
            (returns, events.replace("event_date", "when"), 65, "no column 'event_date'"),
            ("", events, 65, "R.csv:1: the file is empty"),
            (returns, events, 1, "no event could be studied"),
        ]
        for r, e, code, message in cases:
            with self.subTest(message=message):
                (self.folder / "R.csv").write_text(r, encoding="utf-8")
                (self.folder / "E.csv").write_text(e, encoding="utf-8")
                done = self.call_on_files()
                self.assertEqual((done.returncode, done.stdout), (code, ""))
                self.assertIn(message, done.stderr)

    def test_wrong_usage_is_one_line(self):
        data = make_data()
        write_files(self.folder, *data)
        files = ("--returns", "R.csv", "--events", "E.csv")
        for words, message in [
            (("--events", "E.csv"), "--returns is missing"),
            (("--returns", "R.csv"), "--events is missing"),
            ((*files, "--window", "5"), "--window"),
            ((*files, "--window", "5,-5"), "--window"),
            ((*files, "--estimation", "2"), "--estimation"),
            ((*files, "--buffer", "-1"), "--buffer"),
            ((*files, "--format", "xml"), "--format"),
            ((*files, "--variance", "big"), "--variance"),
            ((*files, "--p-value", "z"), "--p-value"),
        ]:
            with self.subTest(words=words):
                done = self.call(*words)
                self.assertEqual((done.returncode, done.stdout), (64, ""))
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertIn(message, done.stderr)
        done = self.call("--returns", "none.csv", "--events", "E.csv")
        self.assertEqual((done.returncode, done.stdout), (66, ""))
        self.assertIn("none.csv", done.stderr)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
