"""What `oneup --version` says of its sources: it tells programs apart that may compute different
numbers, and no others.

Usage: version_test.py PATH/TO/oneup PATH/TO/cmake SOURCE_DIR
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from program import main, oneup


def digest(tree):
    """As the build takes it."""
    with tempfile.TemporaryDirectory() as place:
        out = pathlib.Path(place) / "digest.cc"
        subprocess.run([CMAKE, "-D", f"ROOT={tree}", "-D", f"OUT={out}", "-P",
                        SOURCE / "cmake/SourceDigest.cmake"], check=True)
        return re.search(r'"([0-9a-f]{64})"', out.read_text(encoding="utf-8")).group(1)


class Versions(unittest.TestCase):
    def test_the_sources_count_and_neither_their_folder_nor_the_rest_does(self):
        with tempfile.TemporaryDirectory() as place:
            copy = pathlib.Path(place) / "elsewhere"
            for folder in ("proto", "market", "agents", "sims", "cmake"):
                shutil.copytree(SOURCE / folder, copy / folder)
            first = digest(copy)
            self.assertIn(f"(sources {first[:12]})", oneup("--version").stdout,
                          "is the program built?")
            (copy / "tools").mkdir()
            (copy / "tools/new.cc").write_text("int x;\n", encoding="utf-8")
            (copy / "sims/notes.md").write_text("of no matter\n", encoding="utf-8")
            self.assertEqual(digest(copy), first)
            seen = {first}
            for changed in ("market/kernel/random.h", "agents/deal/valuation.cc",
                            "proto/oneup/v1/market.proto", "sims/scenarios/2025.textproto",
                            "cmake/Oneup.cmake"):
                with open(copy / changed, "a", encoding="utf-8") as file:
                    file.write("\n")
                seen.add(digest(copy))
            (copy / "sims/scenarios/2025.textproto").rename(copy / "sims/scenarios/2026.textproto")
            seen.add(digest(copy))
            self.assertEqual(len(seen), 7)


if __name__ == "__main__":
    SOURCE = pathlib.Path(sys.argv.pop(3)).resolve()
    CMAKE = sys.argv.pop(2)
    main()
