"""The files of the project, as the tests of this folder see them."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = {".h", ".cc"}
_SKIPPED = {".git", "node_modules", "__pycache__"}


def files():
    """Paths relative to the root, sorted: what git would commit, or all but build output."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        found = [pathlib.PurePosixPath(name) for name in listed if name]
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive, or no git
        found = [
            pathlib.PurePosixPath(path.relative_to(ROOT).as_posix())
            for path in ROOT.rglob("*")
            if path.is_file()
        ]
        found = [
            path for path in found
            if not (_SKIPPED & set(path.parts) or path.parts[0].startswith("build"))
        ]
    return sorted(path for path in set(found) if (ROOT / path).is_file())


def text(path):
    """The text of a file, or None if it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
