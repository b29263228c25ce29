"""Who may include whom: proto <- market <- agents <- sims <- tools, and no circles.

A folder may include from folders of a lower layer, from its own layer as SIDEWAYS
lists, and from itself. Tests may include everything and are included by nobody.
"""

import collections
import pathlib
import re
import unittest

import tree

# Lowest first. A name covers the folders under it.
LAYERS = ["proto", "market", "agents", "sims", "tools", "tests"]

# Inside a layer the folders have an order too: lowest first.
SIDEWAYS = {
    "market": ["kernel", "exchange", "traders"],
    "agents": ["deal", "negotiation", "mind", "talks", "people"],
}

# The market knows no deal and no scenario: of the schema it may read only this.
MARKET_MAY_READ = {"market", "traders"}

# Libraries that some write in quotes, and headers made for the includer's own library.
OUTSIDE = ("absl/", "google/", "gtest/", "gmock/", "benchmark/", "oneup/")

_INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
_GENERATED = re.compile(r"oneup/v1/(\w+)\.pb\.h")


def violation(includer, included):
    """Why includer (a path) must not include "included", or None."""
    source = pathlib.PurePosixPath(includer).parts
    schema = _GENERATED.fullmatch(included)
    if schema:
        if source[0] == "market" and schema.group(1) not in MARKET_MAY_READ:
            return f"market/ must not know {schema.group(1)}.proto"
        return None
    if included.startswith(OUTSIDE):
        return None
    target = pathlib.PurePosixPath(included).parts
    if target[0] not in LAYERS:
        return "not a path from the root of the tree"
    if LAYERS.index(target[0]) > LAYERS.index(source[0]):
        return f"{source[0]}/ lies below {target[0]}/"
    if target[0] == source[0] and source[0] in SIDEWAYS:
        order = SIDEWAYS[source[0]]
        if len(source) > 2 and len(target) > 2:
            for folder in (source[1], target[1]):
                if folder not in order:
                    return f"{source[0]}/{folder}/ has no place in SIDEWAYS yet"
            if order.index(target[1]) > order.index(source[1]):
                return f"{source[0]}/{source[1]}/ lies below {target[0]}/{target[1]}/"
    return None


def circle(edges):
    """A circle of nodes in {node: set of nodes}, or None."""
    state = {}
    for start in sorted(edges):
        if start in state:
            continue
        path, stack = [], [(start, iter(sorted(edges[start])))]
        state[start] = "open"
        path.append(start)
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[node] = "done"
                path.pop()
                stack.pop()
            elif state.get(following) == "open":
                return path[path.index(following):] + [following]
            elif following not in state:
                state[following] = "open"
                path.append(following)
                stack.append((following, iter(sorted(edges.get(following, ())))))
    return None


def includes():
    """{path: [included]} of every C++ file."""
    return {
        str(path): _INCLUDE.findall(tree.text(path) or "")
        for path in tree.files()
        if path.suffix in tree.CODE and path.parts[0] in LAYERS
    }


class TheRules(unittest.TestCase):
    """The checks themselves, on arrows whose answer is known."""

    def test_arrows(self):
        for includer, included, allowed in [
            ("market/traders/desk.h", "market/exchange/venue.h", True),
            ("market/exchange/venue.h", "market/traders/desk.h", False),
            ("market/kernel/kernel.h", "market/exchange/venue.h", False),
            ("market/traders/desk.h", "oneup/v1/traders.pb.h", True),
            ("market/traders/desk.h", "oneup/v1/deal.pb.h", False),
            ("market/traders/desk.h", "agents/deal/valuation.h", False),
            ("agents/deal/valuation.h", "market/kernel/time.h", True),
            ("agents/deal/valuation.h", "sims/world/world.h", False),
            ("agents/deal/valuation.h", "agents/mind/ego.h", False),
            ("agents/mind/ego.h", "agents/deal/valuation.h", True),
            ("sims/replay/replay.h", "tools/cli/command.h", False),
            ("sims/replay/replay.h", "tests/golden/golden.h", False),
            ("tools/cli/main.cc", "sims/scenario/suggest.h", True),
            ("tests/market/kernel/a_test.cc", "tools/cli/command.h", True),
            ("sims/replay/replay.h", "replay.h", False),
        ]:
            with self.subTest(includer=includer, included=included):
                self.assertEqual(violation(includer, included) is None, allowed)

    def test_circles(self):
        self.assertIsNone(circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}))
        self.assertEqual(circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}), ["b", "c", "b"])


class TheTree(unittest.TestCase):
    def test_no_arrow_runs_up(self):
        found = includes()
        self.assertTrue(found)
        wrong = [
            f"{path} includes {included}: {why}"
            for path, all_included in sorted(found.items())
            for included in all_included
            if (why := violation(path, included))
        ]
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def test_every_include_is_a_file(self):
        wrong = [
            f"{path} includes {included}, which is no file"
            for path, all_included in sorted(includes().items())
            for included in all_included
            if not included.startswith(OUTSIDE) and not (tree.ROOT / included).is_file()
        ]
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def test_no_circle_of_files(self):
        edges = {path: {i for i in all_included} for path, all_included in includes().items()}
        self.assertIsNone(circle(edges))

    def test_no_circle_of_folders(self):
        edges = collections.defaultdict(set)
        for path, all_included in includes().items():
            folder = str(pathlib.PurePosixPath(path).parent)
            for included in all_included:
                other = str(pathlib.PurePosixPath(included).parent)
                if other != folder and not included.startswith(OUTSIDE):
                    edges[folder].add(other)
        self.assertIsNone(circle(edges))


if __name__ == "__main__":
    unittest.main()
