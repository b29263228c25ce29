"""The examples of docs/trace-format.md work as printed: every shell block runs, in order, in
one folder; every file that the page gives is written there first.

Usage: trace_docs_test.py PATH/TO/oneup PATH/TO/trace-format.md FOLDER/OF/proto
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = PAGE = PROTO = None


def blocks(text):
    """The fenced blocks: language and lines."""
    language, lines = None, []
    for line in text.splitlines():
        if line.startswith("```"):
            if language is None:
                language, lines = line[3:].strip(), []
            else:
                yield language, lines
                language = None
        elif language is not None:
            lines.append(line)


def commands(lines):
    """The commands of a shell block, each with the exit status that its comment names."""
    command = ""
    for line in lines:
        command += line
        if line.endswith("\\"):
            command = command[:-1]
            continue
        text, _, comment = command.partition("  # ")
        if text.strip():
            yield text, 1 if comment.startswith("exit status 1") else 0
        command = ""


class Docs(unittest.TestCase):
    def test_every_example_works(self):
        page = list(blocks(pathlib.Path(PAGE).read_text(encoding="utf-8")))
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "proto").symlink_to(PROTO)
            (folder / "bin").mkdir()
            (folder / "bin" / "oneup").symlink_to(PROGRAM)
            # Debian's Python has Debian's protobuf.
            (folder / "bin" / "python3").symlink_to(sys.executable)
            for language, lines in page:
                first = lines[0].split() if lines else []
                if language in ("python", "js") and first[:1] in (["#"], ["//"]):
                    (folder / first[1]).write_text("\n".join(lines), encoding="utf-8")
            environment = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
            run = 0
            for language, lines in page:
                if language != "sh":
                    continue
                for command, status in commands(lines):
                    if not self.has_tools(command):
                        continue
                    done = subprocess.run(command, shell=True, cwd=folder, env=environment,
                                          capture_output=True, text=True, timeout=120)
                    self.assertEqual(done.returncode, status, f"{command}\n{done.stderr}")
                    run += 1
            self.assertGreater(run, 15)

    def has_tools(self, command):
        """Whether what the command needs beyond this project is on this machine."""
        if "read_trace.py" in command:
            done = subprocess.run([sys.executable, "-c", "import google.protobuf"],
                                  capture_output=True)
            return done.returncode == 0
        return all(shutil.which(tool) for tool in ("jq", "sqlite3", "zstd", "protoc")
                   if tool in command.split())


if __name__ == "__main__":
    PROGRAM, PAGE, PROTO = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:4])
    del sys.argv[1:4]
    unittest.main()
