"""What every committed file keeps to: one idea of readable length, and nothing of the
machine or the registry it was written on."""

import re
import unittest

import tree

LINES_IDEAL = 500  # past this, the test names the file
LINES_AT_MOST = 600  # past this, it fails

SOURCE = {".h", ".cc", ".py", ".proto", ".cmake", ".js", ".mjs", ".mts", ".ts", ".tsx", ".css", ".html",
          ".sh", ""}
MACHINE = {
    "a folder of one machine": re.compile(r"(?<![\w.$}{])/(?:work|home|root|Users|mnt)/[\w.]"),
    "a temporary folder": re.compile(r"(?<![\w.$}{])/(?:var/)?tmp/[\w.]"),
    "a package registry's host": re.compile(
        r"registry\.[a-z]+\.[a-z]+|[a-z]+\.pkg\.dev|artifactory|\bnexus\.|localhost:\d", re.I),
}
# Split, so that this file does not name what it looks for.
UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b")


def offences(path, text):
    """What is wrong with the text of a file, as "line N: why" strings."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for why, pattern in MACHINE.items():
            if pattern.search(line):
                found.append(f"{path}:{number}: names {why}")
        if UNFINISHED.search(line):
            found.append(f"{path}:{number}: marks unfinished work")
    return found


def own(path):
    """This file spells the patterns out."""
    return path.name == "files_test.py"


class TheRules(unittest.TestCase):
    def test_offences(self):
        for line, count in [
            ("cd /work/main", 1),
            ("see /home/ann/x", 1),
            ("--trace /tmp/t.binpb", 1),
            ('"resolved": "https://registry.example.org/x"', 1),
            ("// TO" + "DO later", 1),
            ("#!/usr/bin/env bash", 0),
            ("a/work/b and $dir/tmp/x", 0),
            ("orders at work", 0),
        ]:
            with self.subTest(line=line):
                self.assertEqual(len(offences("f", line)), count)


class TheTree(unittest.TestCase):
    def test_nothing_of_one_machine_and_nothing_unfinished(self):
        wrong = []
        for path in tree.files():
            text = tree.text(path)
            if text is not None and not own(path):
                wrong += offences(path, text)
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def test_files_are_of_readable_length(self):
        too_long = []
        for path in tree.files():
            if path.suffix not in SOURCE or path.name in {"LICENSE"}:
                continue
            lines = len((tree.text(path) or "").splitlines())
            if lines > LINES_IDEAL:
                print(f"{path}: {lines} lines; what moved in?")
            if lines > LINES_AT_MOST:
                too_long.append(f"{path}: {lines} lines, at most {LINES_AT_MOST}")
        self.assertEqual(too_long, [], "\n" + "\n".join(too_long))

    def test_headers_are_guarded_and_explained(self):
        wrong = []
        for path in tree.files():
            if path.suffix != ".h":
                continue
            text = tree.text(path)
            if "#pragma once" not in text:
                wrong.append(f"{path}: no #pragma once")
            if not text.startswith("//"):
                wrong.append(f"{path}: does not open with what it is for")
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))


if __name__ == "__main__":
    unittest.main()
