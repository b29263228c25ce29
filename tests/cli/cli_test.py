"""The program end to end: what a person types, the exit code, and what they read.

Usage: cli_test.py PATH/TO/oneup
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None

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
        self.assertRegex(done.stdout, r"^oneup \d+\.\d+\.\d+\n$")

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


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
