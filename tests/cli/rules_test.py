"""`oneup rules`: every form has every rule, docs/rules.md is what it prints, one person's rules are
his, and mistakes are one line.

Usage: rules_test.py PATH/TO/oneup PATH/TO/docs/rules.md
"""

import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

PROGRAM = PAGE = None
COLUMNS = ["id", "family", "whose", "trigger", "condition", "effect", "evidence"]


def rules(*words, columns=80):
    return subprocess.run([PROGRAM, "rules", *words], capture_output=True, text=True, timeout=60,
                          env={**os.environ, "COLUMNS": str(columns)})


def table(*words):
    done = rules(*words, "--format", "json")
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


class Rules(unittest.TestCase):
    def test_the_page_is_what_the_program_prints(self):
        printed = rules("--format", "markdown").stdout
        page = pathlib.Path(PAGE).read_text(encoding="utf-8")
        self.assertEqual(page, printed, "call: oneup rules --format markdown > docs/rules.md")

    def test_every_form_has_every_rule(self):
        rows = table()["rules"]
        self.assertGreater(len(rows), 30)
        self.assertEqual([list(row) for row in rows], [COLUMNS] * len(rows))
        read = list(csv.DictReader(io.StringIO(rules("--format", "csv").stdout)))
        self.assertEqual(read, rows)
        ids = [row["id"] for row in rows]
        self.assertEqual(re.findall(r"^(R\d\d)  ", rules().stdout, re.MULTILINE), ids)
        self.assertEqual(re.findall(r"^\| (R\d\d) \|", rules("--format", "markdown").stdout,
                                    re.MULTILINE), ids)

    def test_switches_are_listed(self):
        done = table()
        names = [switch["name"] for switch in done["switches"]]
        families = {row["family"] for row in done["rules"]} - {"market"}
        self.assertEqual(set(names), families | {"ego.headline", "stock_feedback"})
        for name in names:
            self.assertRegex(rules().stdout, rf"(?m)^  {name} ")

    def test_text_fits_the_terminal(self):
        for columns in (40, 60, 80, 120, 200):
            with self.subTest(columns=columns):
                for line in rules(columns=columns).stdout.splitlines():
                    self.assertLessEqual(len(line), columns)

    def test_one_persons_rules_are_his(self):
        everybody = [row["id"] for row in table()["rules"]]
        for who, has, has_not in [("huang", {"R01", "R02", "R07", "R08", "R25"}, {"R06", "R12"}),
                                  ("su", {"R01", "R12"}, {"R02", "R13"}),
                                  ("nadella", {"R13", "R14", "R16"}, {"R19", "R20"}),
                                  ("altman", {"R06", "R15", "R22"}, {"R01"})]:
            with self.subTest(who=who):
                ids = [row["id"] for row in table("--who", who)["rules"]]
                self.assertEqual(ids, [id for id in everybody if id in ids])
                self.assertLessEqual(has, set(ids))
                self.assertFalse(has_not & set(ids))
        self.assertTrue(rules("--who", "huang").stdout.startswith("Rules of Jensen Huang"))

    def test_mistakes_are_one_line(self):
        for words, code, message in [
                (("--who", "huan"), 64, "nobody called 'huan'.*did you mean 'huang'"),
                (("--who", "zzzzzz"), 64, "those who do: altman"),
                (("--who", "huang", "--scenario", "2025"), 65, "2025: it has no principals"),
                (("--who", "huang", "--scenario", "autonomus"), 66, "did you mean 'autonomous'"),
                (("--who", "huang", "--scenario", "./none.textproto"), 66, "no such file"),
                (("--scenario", "2025"), 64, "add --who"),
                (("--format", "xml"), 64, "text, json, csv and markdown"),
                (("huang",), 64, "too many arguments")]:
            with self.subTest(words=words):
                done = rules(*words)
                self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertRegex(done.stderr, message)


if __name__ == "__main__":
    PROGRAM, PAGE = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:3])
    del sys.argv[1:3]
    unittest.main()
