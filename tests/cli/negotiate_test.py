"""`oneup negotiate` against an independent computation: Genius' convention written again in plain
Python from its description, on made-up domains; and what it says about wrong files and options.

Usage: negotiate_test.py PATH/TO/oneup
"""

import itertools
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None
OK, USAGE, BAD_INPUT, NO_INPUT = 0, 64, 65, 66

# Concession rates of the tactics that look at the clock only.
RATES = {"boulware": 0.2, "linear": 1.0, "conceder": 2.0, "boulware:0.5": 0.5, "conceder:7": 7.0}


class Domain:
    """A random domain: discrete issues, and one integer issue, with a profile for each party."""

    def __init__(self, seed, parties):
        draw = random.Random(seed)
        self.names = [[f"v{v}" for v in range(draw.randint(2, 5))]
                      for _ in range(draw.randint(2, 4))]
        self.low, self.high = 3, 3 + draw.randint(1, 4)
        self.profiles = []
        for _ in range(parties):
            weights = [draw.uniform(0.1, 1) for _ in range(len(self.names) + 1)]
            weights = [weight / sum(weights) for weight in weights]
            evaluations = [[draw.randint(1, 100) for _ in values] for values in self.names]
            slope = draw.choice([-1, 1]) * draw.uniform(0.05, 0.2)
            offset = draw.uniform(0.8, 1) if slope < 0 else draw.uniform(0, 0.2)
            self.profiles.append((weights, evaluations, slope, offset, draw.choice([0, 0.3])))

    def outcomes(self):
        """Every outcome, the first issue turning fastest."""
        last_first = [range(self.low, self.high + 1)] + [
            range(len(values)) for values in reversed(self.names)]
        return [tuple(reversed(outcome)) for outcome in itertools.product(*last_first)]

    def utility(self, party, outcome):
        weights, evaluations, slope, offset, _ = self.profiles[party]
        total = 0.0
        for i, value in enumerate(outcome[:-1]):
            greatest = max(evaluations[i])
            total += weights[i] * (evaluations[i][value] / greatest if greatest > 1
                                   else evaluations[i][value])
        total += weights[-1] * min(1, max(0, slope * (outcome[-1] - self.low) + offset))
        return min(1, total)

    def write(self, folder):
        """Writes it as Genius XML; the words that call it."""
        issues = "".join(
            f'<issue index="{i + 1}" name="issue {i + 1}" etype="discrete" type="discrete">'
            + "".join(f'<item index="{v + 1}" value="{name}" />'
                      for v, name in enumerate(values))
            + "</issue>" for i, values in enumerate(self.names))
        number = len(self.names) + 1
        integer = (f'<issue index="{number}" name="number" etype="integer" type="integer" '
                   f'lowerbound="{self.low}" upperbound="{self.high}"')
        (folder / "domain.xml").write_text(
            f'<negotiation_template><utility_space><objective index="0" name="root">{issues}'
            f"{integer} /></objective></utility_space></negotiation_template>", encoding="utf-8")
        words = ["--domain", "domain.xml"]
        for k, (weights, evaluations, slope, offset, reservation) in enumerate(self.profiles):
            issues = "".join(
                f'<issue index="{i + 1}" name="issue {i + 1}" etype="discrete" type="discrete">'
                + "".join(f'<item index="{v + 1}" value="{name}" '
                          f'evaluation="{evaluations[i][v]}" />'
                          for v, name in enumerate(values))
                + "</issue>" for i, values in enumerate(self.names))
            listed = "".join(f'<weight index="{i + 1}" value="{weight!r}" />'
                             for i, weight in enumerate(weights))
            (folder / f"p{k}.xml").write_text(
                f'<utility_space><objective index="0" name="any">{issues}{integer}>'
                f'<evaluator ftype="linear" slope="{slope!r}" offset="{offset!r}" /></issue>'
                f'{listed}</objective><reservation value="{reservation}" /></utility_space>',
                encoding="utf-8")
            words += ["--profile", f"p{k}.xml"]
        return words


def nearest(utilities, target):
    """Index of the utility nearest to the target in a descending list: binary search, then the
    neighbours."""
    low, high, middle, last = 0, len(utilities) - 1, -1, 0
    while last != middle:
        last, middle = middle, (low + high) // 2
        if utilities[middle] == target:
            break
        if utilities[middle] < target:
            high = middle
        else:
            low = middle
    best = middle
    for other in (middle - 1, middle + 1):
        if 0 <= other < len(utilities) and (
                abs(utilities[other] - target) < abs(utilities[best] - target)):
            best = other
    return best


def negotiate(domain, rates, rounds):
    """(agreement or None, logged round) of time-dependent parties."""
    parties = range(len(rates))
    ranked = [sorted(domain.outcomes(), key=lambda o, k=k: -domain.utility(k, o)) for k in parties]
    utilities = [[domain.utility(k, outcome) for outcome in ranked[k]] for k in parties]
    offer, agreed = None, 0
    for r in range(1, rounds + 1):
        t = min(1, r / (rounds + 1)) - 1 / (rounds + 1)
        for k in parties:
            place = nearest(utilities[k], 1 - t ** (1 / rates[k]))
            if offer is not None and domain.utility(k, offer) > utilities[k][place]:
                agreed += 1
                if agreed == len(rates):
                    return offer, r + 1
            else:
                offer, agreed = ranked[k][place], 1
    return None, rounds + 1


def figures(domain, utilities):
    """(distance to Pareto, distance to Nash, opposition), by looking at everything."""
    parties = range(len(domain.profiles))
    points = {tuple(domain.utility(k, o) for k in parties) for o in domain.outcomes()}
    frontier = sorted(p for p in points if not any(
        q != p and all(a >= b for a, b in zip(q, p)) for q in points))
    nash = max(frontier, key=lambda p: math.prod(
        u - domain.profiles[k][4] for k, u in enumerate(p)))
    return (min(math.dist(utilities, p) for p in frontier), math.dist(utilities, nash),
            min(math.dist(p, [1] * len(p)) for p in points))


class Case(unittest.TestCase):
    def setUp(self):
        # The folder outlives the test's body, not the test.
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def call(self, *words):
        return subprocess.run([PROGRAM, "negotiate", *words], cwd=self.folder, capture_output=True,
                              text=True, timeout=120)

    def json(self, *words):
        done = self.call(*words, "--format", "json")
        self.assertEqual((done.returncode, done.stderr), (OK, ""))
        return json.loads(done.stdout)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")


class TheConvention(Case):
    def check(self, domain, words, tactics, rounds):
        options = [word for tactic in tactics for word in ("--tactic", tactic)]
        result = self.json(*words, *options, "--rounds", str(rounds))
        agreement, logged = negotiate(domain, [RATES[tactic] for tactic in tactics], rounds)
        utilities = [0.0 if agreement is None else domain.utility(k, agreement)
                     for k in range(len(tactics))]
        pareto, nash, opposition = figures(domain, utilities)
        self.assertEqual((result["agreement"], result["round"]), (agreement is not None, logged))
        for key, expected in [("distance_to_pareto", pareto), ("distance_to_nash", nash),
                              ("social_welfare", sum(utilities)), ("opposition", opposition)]:
            self.assertAlmostEqual(result[key], expected, delta=1e-6, msg=key)
        for measured, expected in zip(result["utilities"], utilities):
            self.assertAlmostEqual(measured, expected, delta=1e-6)

    def test_two_parties_move_by_move_as_described(self):
        for seed in (1, 2):
            domain = Domain(seed, 2)
            words = domain.write(self.folder)
            for tactics in itertools.product(["boulware", "linear", "conceder"], repeat=2):
                for rounds in (10, 30, 100):
                    with self.subTest(seed=seed, tactics=tactics, rounds=rounds):
                        self.check(domain, words, tactics, rounds)

    def test_three_parties_count_acceptances_across_the_border_of_rounds(self):
        domain = Domain(3, 3)
        words = domain.write(self.folder)
        for tactics in itertools.permutations(["boulware:0.5", "linear", "conceder:7"]):
            for rounds in (1, 10, 100):
                with self.subTest(tactics=tactics, rounds=rounds):
                    self.check(domain, words, tactics, rounds)


# Two parties who want the opposite of each other, in every format.
PIE = {
    "genius": {
        "d.xml": '<negotiation_template><utility_space><objective index="0"><issue index="1" '
                 'name="pie"><item value="all"/><item value="half"/><item value="none"/></issue>'
                 "</objective></utility_space></negotiation_template>",
        "a.xml": '<utility_space><objective index="0"><issue index="1" name="pie">'
                 '<item value="all" evaluation="4"/><item value="half" evaluation="2"/>'
                 '<item value="none" evaluation="0"/></issue><weight index="1" value="1"/>'
                 "</objective></utility_space>",
        "b.xml": '<utility_space><objective index="0"><issue index="1" name="pie">'
                 '<item value="all" evaluation="0"/><item value="half" evaluation="0.5"/>'
                 '<item value="none" evaluation="1"/></issue><weight index="1" value="1"/>'
                 "</objective></utility_space>",
    },
    "geniusweb": {
        "d.json": '{"name": "pie", "issuesValues": {"pie": {"values": ["all", "half", "none"]}}}',
        "a.json": '{"LinearAdditiveUtilitySpace": {"issueWeights": {"pie": 1}, "issueUtilities": '
                  '{"pie": {"DiscreteValueSetUtilities": {"valueUtilities": {"all": 1, "half": 0.5,'
                  ' "none": 0}}}}, "reservationBid": null}}',
        "b.json": '{"LinearAdditiveUtilitySpace": {"issueWeights": {"pie": 1}, "issueUtilities": '
                  '{"pie": {"discreteutils": {"valueUtilities": {"all": 0, "half": 0.5, "none": 1'
                  "}}}}}}",
    },
    "negmas": {
        "d.json": '{"issues": [{"name": "pie", "type": "CategoricalIssue", "values": '
                  '["all", "half", "none"]}]}',
        "a.json": '{"type": "LinearAdditiveUtilityFunction", "weights": [1], "values": [{"type": '
                  '"TableFun", "mapping": {"all": 1, "half": 0.5, "none": 0}}]}',
        "b.json": '{"type": "LinearAdditiveUtilityFunction", "weights": [1], "values": [{"type": '
                  '"TableFun", "mapping": {"all": 0, "half": 0.5, "none": 1}}]}',
    },
    "negolog": {
        "profileA.json": '{"reservationValue": 0.0, "issueWeights": {"pie": 1}, "issues": {"pie": '
                         '{"all": 1, "half": 0.5, "none": 0}}}',
        "profileB.json": '{"reservationValue": 0.0, "issueWeights": {"pie": 1}, "issues": {"pie": '
                         '{"all": 0, "half": 0.5, "none": 1}}}',
    },
}


class TheFormats(Case):
    def words(self, format_):
        folder = self.folder / format_
        folder.mkdir()
        names = sorted(PIE[format_])
        for name in names:
            (folder / name).write_text(PIE[format_][name], encoding="utf-8")
        if format_ == "negolog":
            return ("--domain", format_)
        suffix = names[0].split(".")[1]
        return ("--domain", f"{format_}/d.{suffix}", "--profile", f"{format_}/a.{suffix}",
                "--profile", f"{format_}/b.{suffix}")

    def test_the_same_domain_in_every_format_is_the_same(self):
        for format_ in PIE:
            with self.subTest(format=format_):
                words = self.words(format_)
                result = self.json(*words, "--analyse")
                self.assertEqual(result["outcomes"], 3)
                self.assertAlmostEqual(result["nash_product"], 0.25)
                self.assertAlmostEqual(result["social_welfare"], 1)
                self.assertAlmostEqual(result["opposition"], math.sqrt(0.5))
                self.assertAlmostEqual(result["balance"], 0)
                session = self.json(*words, "--tactic", "linear", "--rounds", "20")
                self.assertEqual(session["utilities"], [0.5, 0.5])
                self.assertEqual(session["outcome"], {"pie": "half"})

    def test_a_folder_of_genius_is_found_out(self):
        self.words("genius")
        self.assertEqual(self.json("--domain", "genius", "--analyse")["outcomes"], 3)

    def test_every_output_format_tells_the_same(self):
        words = self.words("genius")
        session = self.json(*words, "--tactic", "linear", "--rounds", "20", "--offers")
        self.assertEqual(session["offers"][0]["outcome"], {"pie": "all"})
        self.assertEqual(session["offers"][-1]["action"], "accept")
        rows = self.call(*words, "--tactic", "linear", "--rounds", "20", "--format",
                         "csv").stdout.splitlines()
        self.assertEqual(len(rows), 2)
        row = dict(zip(rows[0].split(","), rows[1].split(",")))
        self.assertEqual((row["agreement"], row["round"], row["utility_1"]),
                         ("true", str(session["round"]), "0.5"))
        text = self.call(*words, "--tactic", "linear", "--rounds", "20", "--offers").stdout
        self.assertIn("pie=half", text)
        self.assertIn("distance to Pareto 0.000000", text)
        self.assertIn("nash_product", self.call(*words, "--analyse").stdout)
        self.assertEqual(
            len(self.call(*words, "--analyse", "--format", "csv").stdout.splitlines()), 2)

    def test_every_tactic_negotiates_and_repetitions_have_seeds(self):
        words = self.words("genius")
        for tactic in ("boulware", "linear", "conceder", "tit-for-tat", "micro", "oneup",
                       "oneup:fomo=1,concession=0.3"):
            with self.subTest(tactic=tactic):
                result = self.json(*words, "--tactic", tactic, "--repetitions", "3", "--seed", "7")
                self.assertEqual([each["seed"] for each in result["sessions"]], [7, 8, 9])
                self.assertIn("agreement_rate", result)


DOMAIN, PROFILE = PIE["genius"]["d.xml"], PIE["genius"]["a.xml"]
DEEP = "<a>" * 5000 + "</a>" * 5000
BOMB = ('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + DOMAIN)
HUGE = ('<negotiation_template><objective index="0"><issue index="1" name="n" type="integer" '
        'lowerbound="0" upperbound="2000000000"/></objective></negotiation_template>')
MANY = ('<negotiation_template><objective index="0">' + "".join(
    f'<issue index="{i}" name="n{i}" type="integer" lowerbound="1" upperbound="100"/>'
    for i in range(4)) + "</objective></negotiation_template>")
MANY_PROFILE = ('<utility_space><objective index="0">' + "".join(
    f'<issue index="{i}" type="integer"><evaluator slope="0.01" offset="0"/></issue>'
    f'<weight index="{i}" value="0.25"/>' for i in range(4)) + "</objective></utility_space>")

# Six kilobytes that would be three gigabytes of values.
INTEGERS = ('<negotiation_template><objective index="0">' + "".join(
    f'<issue index="{i}" name="n{i}" type="integer" lowerbound="1" upperbound="1000000"/>'
    for i in range(60)) + "</objective></negotiation_template>")
CONTROL = ('<negotiation_template><objective index="0"><issue index="1" name="&#27;[2J">'
           '<item value="a&#10;b"/></issue></objective></negotiation_template>')
CONTROL_PROFILE = ('<utility_space><objective index="0"><issue index="1">'
                   '<item value="a&#10;b" evaluation="1"/></issue><weight index="1" value="1"/>'
                   "</objective></utility_space>")

# Domain, first profile, what standard error says (a regular expression).
WRONG_FILES = [
    ("", PROFILE, "a.xml: another format than d.xml|no well-formed"),
    ("<negotiation_template", PROFILE, r"d\.xml:1: no well-formed XML"),
    (DEEP, PROFILE, r"d\.xml:1: the root is 'a'; expected is 'negotiation_template'"),
    (BOMB, PROFILE, r"d\.xml:1: a document type declaration is not allowed"),
    (HUGE, PROFILE, r"d\.xml:1: issue 'n': the range 0 to 2000000000 .* at most 1000000"),
    (INTEGERS, PROFILE, r"d\.xml:1: issue 'n2': with it, more outcomes than can be counted"),
    (MANY, MANY_PROFILE, r"d\.xml: 100000000 outcomes; tactics take up to 10000000"),
    (DOMAIN.replace("name=", 'type="real" name='), PROFILE, "issue type 'real' is not read"),
    (DOMAIN.replace("half", "all"), PROFILE, "issue 'pie': the value 'all' stands twice"),
    (DOMAIN, PROFILE.replace('"4"', '"nan"'), r"a\.xml:1: item evaluation: 'nan' is not allowed"),
    (DOMAIN, PROFILE.replace('"4"', '"inf"'), "'inf' is not allowed; a number from 0 to"),
    (DOMAIN, PROFILE.replace('"4"', '"1e999"'), "'1e999' is not allowed"),
    (DOMAIN, PROFILE.replace('"4"', '"-1"'), "'-1' is not allowed"),
    (DOMAIN, PROFILE.replace("half", "all"), "the value 'all' stands twice"),
    (DOMAIN, PROFILE.replace("half", "quarter"), "issue 'pie' evaluates no value 'half'"),
    (DOMAIN, PROFILE.replace('weight index="1"', 'weight index="2"'), "no <weight> of index 1"),
    (DOMAIN, PROFILE.replace('issue index="1"', 'issue index="2"'), "no issue of index 1"),
    (DOMAIN, PROFILE.replace("</utility_space>", '<reservation value="2"/></utility_space>'),
     "reservation value: '2' is not allowed; a number from 0 to 1 is"),
]


class Mistakes(Case):
    def test_a_wrong_file_is_one_line(self):
        for domain, profile, message in WRONG_FILES:
            with self.subTest(message=message):
                self.write("d.xml", domain)
                self.write("a.xml", profile)
                done = self.call("--domain", "d.xml", "--profile", "a.xml", "--profile", "a.xml")
                self.assertEqual((done.returncode, done.stdout), (BAD_INPUT, ""), done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertRegex(done.stderr, message)

    def test_a_wrong_json_file_is_one_line(self):
        good = PIE["negolog"]["profileA.json"]
        for text, message in [
                ("{", "no well-formed JSON"),
                ("[" * 100000, "nested more than 64 deep"),
                (good.replace('"half"', '"all"'), "the key 'all' stands twice"),
                (good.replace("0.5", "NaN"), "no well-formed JSON"),
                (good.replace("0.5", "1.5"), r"issues\.pie\.half: 1\.5 is not allowed"),
                (good.replace("0.5", '"x"'), r"issues\.pie\.half: 'x' is not allowed"),
                (good.replace('"issues"', '"issue"'), "there is no 'issues'"),
                ("[]", "neither GeniusWeb"),
        ]:
            with self.subTest(message=message):
                self.write("profileA.json", text)
                self.write("profileB.json", good)
                done = self.call("--domain", ".")
                self.assertEqual((done.returncode, done.stdout), (BAD_INPUT, ""), done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertRegex(done.stderr, message)

    def test_what_a_terminal_would_obey_is_not_printed(self):
        self.write("d.xml", CONTROL)
        self.write("a.xml", CONTROL_PROFILE)
        files = ("--domain", "d.xml", "--profile", "a.xml", "--profile", "a.xml")
        self.assertIn("?[2J=a?b", self.call(*files, "--offers").stdout)
        self.assertEqual(self.json(*files)["outcome"], {"\x1b[2J": "a\nb"})

    def test_weights_that_do_not_sum_to_1_are_used_and_named(self):
        self.write("d.xml", DOMAIN)
        self.write("a.xml", PROFILE.replace('value="1"/></obj', 'value="1.5"/></obj'))
        done = self.call("--domain", "d.xml", "--profile", "a.xml", "--profile", "a.xml")
        self.assertEqual(done.returncode, OK)
        self.assertIn("the weights sum to 1.5; used as they are", done.stderr)

    def test_wrong_usage_is_one_line(self):
        self.write("d.xml", DOMAIN)
        self.write("a.xml", PROFILE)
        files = ("--domain", "d.xml", "--profile", "a.xml", "--profile", "a.xml")
        for words, code, message in [
                ((), USAGE, "--domain is missing"),
                (files[:4], USAGE, "at least two parties"),
                (files + ("--tactic", "bluff"), USAGE, "'bluff': allowed are boulware, linear"),
                (files + ("--tactic", "boulware:x"), USAGE, "'boulware:x'"),
                (files + ("--tactic", "linear:2"), USAGE, "'linear:2': allowed linear without"),
                (files + ("--tactic", "oneup:fomo=-1"), USAGE, "fomo=0 to 100"),
                (files + ("--tactic", "oneup:ego=1"), USAGE, "with concession, patience"),
                (files + ("--tactic", "linear") * 3, USAGE, "3 times --tactic for 2 parties"),
                (files + ("--rounds", "0"), USAGE, "--rounds: allowed are 1 to"),
                (files + ("--seed", "-1"), USAGE, "'-1'"),
                (files + ("--offers", "--rounds", "1000000"), USAGE,
                 "is 2000000; allowed are up to 1000000"),
                (files + ("--repetitions", "0"), USAGE, "--repetitions: allowed are 1 to"),
                (files + ("--format", "yaml"), USAGE, "'yaml': allowed are text, json and csv"),
                (("--domain", "none.xml"), NO_INPUT, "none.xml: no such file"),
                (("--domain", ".", "--profile", "a.xml"), BAD_INPUT, "a folder has its own"),
        ]:
            with self.subTest(words=words):
                done = self.call(*words)
                self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                self.assertIn(message, done.stderr)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
