"""What tests that call the program share: the call itself, its exit codes, and their own end.

A test imports from here and ends in `main()`; its first word is the path of the program.
"""

import os
import pathlib
import random
import subprocess
import sys
import unittest

OK, FAILED, USAGE, BAD_INPUT, NO_INPUT, CANT_CREATE, IO_ERROR = 0, 1, 64, 65, 66, 73, 74

_program = None


def program_path():
    """The program under test."""
    return _program


def oneup(*words, code=OK, env=None, limit=None):
    """Calls it and returns what it wrote; another exit code than `code` fails the test.

    env: changes of the environment. limit: called in the new process before the program is.
    """
    done = subprocess.run([_program, *map(str, words)], capture_output=True, text=True,
                          timeout=300, env={**os.environ, **(env or {})}, preexec_fn=limit)
    if done.returncode != code:
        raise AssertionError(f"{words}: exit {done.returncode}, not {code}\n{done.stderr}")
    return done


def kills_until_done(start, seed, attempts, seconds):
    """Kills a program at random instants until a try is whole or none is left: returns how often.

    start: called with the number of the try, returns a process. seconds: from, until.
    """
    rng = random.Random(seed)
    kills = 0
    for attempt in range(attempts):
        process = start(attempt)
        try:
            process.communicate(timeout=rng.uniform(*seconds))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
        if process.returncode == OK:
            break
    return kills


def main():
    global _program
    _program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(module="__main__")
