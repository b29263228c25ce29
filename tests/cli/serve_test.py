"""`oneup serve` end to end: the page's HTTP and WebSocket as a browser would speak them."""

import json
import pathlib
import signal
import socket
import subprocess
import tempfile
import time
import unittest

import program
import viewer_client
from program import BAD_INPUT, NO_INPUT, OK, USAGE, oneup
from viewer_client import compare, fields, simulation, watch

UNAVAILABLE = 69
MARKET, DEALS = 3, 2  # of enum Detail
FLOW = 9  # of Record.body
HUANG = "pin huang.fomo 0 from 2023-02-01"
UNTIL = "2023-06-30"


class Serving(unittest.TestCase):
    """A server with one trace, shared by the tests of a class."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.trace = cls.folder / "run.binpb.zst"
        oneup("run", "--seed", 7, "--resolution", "low", "--until", UNTIL, "--trace", cls.trace,
              "--detail", "market", "--do", HUANG)
        cls.server = viewer_client.Server(program.program_path(), "--trace", cls.trace,
                                          "--threads", 2)
        cls.addClassCleanup(cls.server.end)

    def open(self, **kwargs):
        opened = self.server.socket(**kwargs)
        self.addCleanup(opened.close)
        return opened


class Pages(Serving):
    def test_the_page_and_its_files_may_ask_for_nothing_else(self):
        for path, kind in [("/", "text/html"), ("/viewer.js", "text/javascript"),
                           ("/viewer.css", "text/css"), ("/favicon.svg", "image/svg+xml")]:
            status, headers, body = self.server.get(path)
            self.assertEqual(status, 200, path)
            self.assertTrue(headers["Content-Type"].startswith(kind), headers)
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
            self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(len(self.server.get(path, method="HEAD")[2]), 0)
            self.assertGreater(len(body), 0)

    def test_nothing_else_is_there(self):
        for path in ["/index.html", "/../etc/passwd", "/..%2f..%2fetc/passwd", "/viewer.js/",
                     "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/api", "/api/", "/api/nothing",
                     "/api/scenario/..%2f2025", "/api/trace/run.binpb/scenario",
                     "/api/trace//scenario", "/api/scenario/sims%2Fscenarios%2F2025.textproto"]:
            self.assertEqual(self.server.get(path)[0], 404, path)
        self.assertEqual(self.server.get("/%zz")[0], 400)
        self.assertEqual(self.server.get("/", method="DELETE")[0], 405)
        self.assertEqual(self.server.get("/api/check")[0], 405)
        self.assertEqual(self.server.get("/api/check", method="POST", body="{}")[0], 415)

    def test_site_tells_what_there_is(self):
        status, site = self.server.json("/api/site")
        self.assertEqual(status, 200)
        scenarios = {s["name"]: s for s in site["scenarios"]}
        self.assertTrue(scenarios["autonomous"]["acts"])
        self.assertFalse(scenarios["2025"]["acts"])
        self.assertEqual(scenarios["autonomous"]["first_day"], "2023-01-01")
        self.assertEqual([(t["name"], t["scenario"], t["seed"]) for t in site["traces"]],
                         [("run.binpb.zst", "autonomous", 7)])
        self.assertIn("R07", [r["id"] for r in site["rules"]])
        self.assertIn("huang", [a["id"] for a in site["actors"]])
        self.assertGreater(site["limits"]["streams_per_connection"], 1)

    def test_every_what_if_and_every_end_of_a_slider_can_be_run(self):
        site = self.server.json("/api/site")[1]
        forks = [(w["scenario"], w["lines"]) for w in site["what_ifs"]]
        forks += [(t["scenario"], [f"{t['kind']} {t['path']} {end}"])
                  for t in site["traits"] for end in (t["min"], t["max"])]
        self.assertGreater(len(forks), 50)
        for scenario, lines in forks:
            answer = self.server.json("/api/check", {"scenario": scenario, "lines": lines})
            self.assertEqual(answer[0], 200, lines)
            self.assertTrue(answer[1]["ok"], (scenario, lines, answer))

    def test_scenario_has_events_with_evidence_and_recorded_prices(self):
        status, scenario = self.server.json("/api/scenario/2025")
        self.assertEqual(status, 200)
        event = next(e for e in scenario["events"] if e["id"] == "oracle_300")
        self.assertTrue(event["evidence"][0]["source"])
        self.assertGreater(event["terms"]["value_usd_bn"], 100)
        self.assertIn("NVDA", [each["ticker"] for each in scenario["listings"]])
        history = scenario["history"]["NVDA"]
        self.assertEqual(len(history["days"]), len(history["closes"]))
        of_trace = self.server.json("/api/trace/run.binpb.zst/scenario")
        self.assertEqual(of_trace, self.server.json("/api/scenario/autonomous"))

    def test_check_says_what_is_wrong_with_each_line(self):
        right = self.server.json("/api/check", {"scenario": "autonomous",
                                                "lines": ["drop tpu_leak", HUANG]})[1]
        self.assertEqual(right, {"ok": True, "lines": ["drop leak_nvidia*", HUANG]})
        wrong = self.server.json("/api/check", {"scenario": "autonomous",
                                                "lines": ["drp x", "pin huang 0"]})[1]
        self.assertFalse(wrong["ok"])
        self.assertEqual(len(wrong["problems"]), 2)
        for body in [[], {"scenario": 1}, {"lines": "x"}, {"seed": -1}, {"other": 1}]:
            status, answer = self.server.json("/api/check", body)
            self.assertEqual(status, 400, body)
            self.assertIn("allowed", answer["error"])
        for scenario in ["../2025", "sims/scenarios/2025.textproto", ""]:
            self.assertFalse(self.server.json("/api/check",
                                              {"scenario": scenario, "lines": []})[1]["ok"])

    def test_textproto_is_a_scenario_that_the_program_runs(self):
        until = "2025-12-30"
        body = {"scenario": "autonomous", "seed": 7, "until": until, "lines": [HUANG]}
        status, headers, text = self.server.get(
            "/api/textproto", {"Content-Type": "application/json"}, "POST", json.dumps(body))
        self.assertEqual(status, 200)
        self.assertTrue(headers["Content-Type"].startswith("text/plain"))
        self.assertIn(f"--until {until}\n", text.decode())
        path = self.folder / "fork.textproto"
        path.write_bytes(text)
        words = ["--until", until, "--resolution", "low", "--format", "json"]
        fork = json.loads(oneup("run", path, *words).stdout)
        same = json.loads(oneup("run", "--seed", 7, "--do", HUANG, *words).stdout)
        self.assertTrue(same["reactions"])
        for key in ("reactions", "commitments", "first_seed"):
            self.assertEqual(fork[key], same[key])


class Streams(Serving):
    def expected(self, detail, *do):
        path = self.folder / "expected.binpb"
        oneup("run", "--seed", 7, "--resolution", "low", "--until", UNTIL, "--trace", path,
              "--detail", detail, *do)
        return path.read_bytes()

    def test_a_stream_is_the_trace_file_of_the_same_run(self):
        page = self.open()
        for stream, (detail, number, lines, days) in enumerate(
                [("market", MARKET, [], 0), ("deals", DEALS, [], 0), ("market", 0, [HUANG], 1)], 1):
            asked = simulation("autonomous", 7, "low", lines, UNTIL)
            page.ask(stream, "watch", watch(asked, 3, number, days=days))
            do = [word for line in lines for word in ("--do", line)]
            self.assertEqual(page.records(stream), self.expected(detail, *do))

    def test_a_file_is_sent_as_it_is(self):
        page = self.open()
        page.ask(1, "watch", watch("run.binpb.zst", 2))
        self.assertEqual(page.records(1), self.expected("market", "--do", HUANG))

    def test_kinds_can_be_left_out(self):
        page = self.open()
        page.ask(1, "watch", watch("run.binpb.zst", 2, leave_out=[FLOW]))
        left = [record for _, record in fields(page.records(1))]
        every = [record for _, record in fields(self.expected("market", "--do", HUANG))]
        kind = {id(record): max(n for n, _ in fields(record)) for record in every}
        self.assertEqual(left, [record for record in every if kind[id(record)] != FLOW])
        self.assertLess(len(left), len(every))

    def test_no_frame_comes_without_credit_and_others_go_on(self):
        page, other = self.open(), self.open()
        page.ask(1, "watch", watch(simulation("autonomous", 1, "low"), 1))
        frames = 0
        while True:  # until nothing comes any more
            page.patience(1.5 if frames else 60)
            try:
                frames += page.message()[1] == "records"
            except TimeoutError:
                break
        self.assertEqual(frames, 1)
        other.ask(1, "watch", watch(simulation("autonomous", 7, "low", until=UNTIL), 3, MARKET))
        self.assertEqual(other.records(1), self.expected("market"))
        page.patience(60)
        page.credit(1, 2)
        while frames < 3:
            frames += page.message()[1] == "records"

    def test_cancel_ends_a_run_at_once(self):
        page = self.open()
        page.ask(1, "watch", watch(simulation("autonomous", 1, "high"), 1000))
        while page.message()[1] != "records":
            pass
        page.ask(1, "cancel")
        while (answer := page.message())[1] != "done":
            pass
        self.assertEqual(answer, (1, "done", b"\x08\x01"))
        page.ask(2, "watch", watch("run.binpb.zst", 1000))
        page.records(2)

    def test_what_cannot_be_done_is_said_in_one_line(self):
        page = self.open()
        wrong = [(simulation("2026"), "scenario '2026': allowed are autonomous, 2025"),
                 (simulation("2025", resolution="9999"), "resolution '9999'"),
                 (simulation("2025", until="2024-99-99"), "until '2024-99-99'"),
                 (simulation("2025", until="2022-01-01"), "until '2022-01-01'"),
                 (simulation("autonomous", interventions=["pin x"]), "'pin x'"),
                 (simulation("autonomous", interventions=[HUANG], until="2023-01-15"),
                  "the run ends before")]
        for stream, (asked, part) in enumerate(wrong, 1):
            page.ask(stream, "watch", watch(asked, 5))
            of, what, value = page.message()
            self.assertEqual((of, what), (stream, "refusal"))
            self.assertIn(part, dict(fields(value))[1].decode())
        page.ask(20, "watch", watch("../run.binpb.zst", 5))
        self.assertEqual(page.message()[:2], (20, "refusal"))
        page.ask(21, "watch", watch(simulation("2025"), 5, 4))
        self.assertEqual(page.message()[:2], (21, "refusal"))

    def test_a_page_has_so_many_streams_and_no_more(self):
        page = self.open()
        most = self.server.json("/api/site")[1]["limits"]["streams_per_connection"]
        for stream in range(1, most + 2):
            page.ask(stream, "watch", watch(simulation("autonomous", stream, "low"), 0))
        while (answer := page.message())[1] != "refusal":
            self.assertEqual(answer[1], "advance")
        self.assertEqual(answer[0], most + 1)
        self.assertEqual(dict(fields(answer[2]))[2], 1, "busy")

    def test_what_breaks_the_protocol_closes_the_connection(self):
        for payload, opcode in [(b"\xff", 2), (b"", 2), (b"hello", 1),
                                (viewer_client.field(1, 5) + viewer_client.field(3, b""), 2)]:
            page = self.open()
            page.send_bytes(payload, opcode)
            self.assertEqual(page.message()[0], "closed", payload)

    def test_too_large_a_message_closes_the_connection(self):
        page = self.open()
        page.send_bytes(b"\0" * 200_000)
        with self.assertRaises((ConnectionError, AssertionError)):
            while page.message()[0] != "closed":
                pass
            raise ConnectionError


class Frames(Serving):
    """What RFC 6455 asks of a server, frame by frame."""

    def test_pings_are_answered_with_their_payload_between_fragments_too(self):
        page = self.open()
        asked = viewer_client.asking(1, "watch", watch("run.binpb.zst", 0))
        page.send_bytes(asked[:3], 2, final=False)
        for payload in (b"", b"between", b"x" * 125):
            page.send_bytes(payload, 9)
            self.assertEqual(page.receive_bytes(), (10, payload))
        page.send_bytes(b"nobody asked", 10)
        page.send_bytes(asked[3:4], 0, final=False)
        page.send_bytes(asked[4:], 0)
        page.credit(1, 1)
        self.assertEqual(page.message()[:2], (1, "records"))

    def test_a_close_is_answered_with_its_code(self):
        for payload, codes in [(b"\x03\xe8bye", [1000]), (b"\x0b\xb8", [3000]),
                               (b"", [None, 1000])]:
            page = self.open()
            page.send_bytes(payload, 8)
            self.assertIn(page.message()[1], codes)
            with self.assertRaises(ConnectionError):
                page.message()

    def test_frames_that_are_none_end_the_connection(self):
        close_of_one_byte = {"payload": b"\x03", "opcode": 8}
        for frame in [{"payload": b"x", "masked": False}, {"payload": b"x", "reserved": 4},
                      {"payload": b"x", "reserved": 1}, {"payload": b"x", "opcode": 3},
                      {"payload": b"x", "opcode": 11}, {"payload": b"x", "opcode": 0},
                      {"payload": b"x" * 126, "opcode": 9},
                      {"payload": b"x", "opcode": 9, "final": False},
                      {"payload": b"\x03\xec", "opcode": 8}, {"payload": b"\0\0", "opcode": 8},
                      {"payload": b"\x03\xe8\xff", "opcode": 8},
                      {"payload": b"\xff\xfe", "opcode": 1}, close_of_one_byte]:
            with self.subTest(frame=frame):
                page = self.open()
                page.send_bytes(**frame)
                try:
                    told = page.message()
                    self.assertEqual(told[0], "closed")
                    self.assertIn(told[1], (1002, 1003, 1007))
                except ConnectionError:
                    pass

    def test_a_new_message_within_another_ends_the_connection(self):
        page = self.open()
        page.send_bytes(b"x", 2, final=False)
        page.send_bytes(b"x", 2)
        self.assertEqual(page.message()[:2], ("closed", 1002))


class Comparisons(Serving):
    def test_is_what_compare_prints(self):
        page = self.open()
        world = simulation("autonomous", 3, "low", [HUANG], UNTIL)
        page.ask(1, "compare", compare(world, 6, ["deals", "return.NVDA"]))
        last = None
        while (answer := page.message())[1] == "advance":
            last = dict(fields(answer[2]))
        self.assertEqual(answer[1], "comparison")
        self.assertEqual(answer[2].decode(),
                         oneup("compare", "--do", HUANG, "--seed", 3, "--seeds", 6, "--until",
                               UNTIL, "--metric", "deals", "--metric", "return.NVDA", "--format",
                               "json").stdout)
        self.assertEqual(last, {2: 6, 3: 6})
        self.assertEqual(page.message()[:2], (1, "done"))

    def test_can_be_cancelled_and_refused(self):
        page = self.open()
        page.ask(1, "compare", compare(simulation("autonomous", 3, "high", [HUANG]), 1000))
        page.ask(1, "cancel")
        while (answer := page.message())[1] == "advance":
            pass
        self.assertEqual(answer, (1, "done", b"\x08\x01"))
        for stream, (pairs, lines, metrics) in enumerate(
                [(1, [HUANG], []), (100_000, [HUANG], []), (5, [], []), (5, [HUANG], ["nothing"])],
                2):
            page.ask(stream, "compare",
                     compare(simulation("autonomous", 3, "low", lines), pairs, metrics))
            # It may wait until the one before is gone.
            while (answer := page.message())[1] == "advance":
                pass
            self.assertEqual(answer[:2], (stream, "refusal"))


class Access(Serving):
    def test_only_its_own_name_is_answered(self):
        port = self.server.port
        for host in [f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"]:
            self.assertEqual(self.server.get("/", {"Host": host})[0], 200, host)
        for host in ["evil.example", f"evil.example:{port}", "127.0.0.1", f"localhost:{port + 1}", "",
                     f"127.0.0.1:{port}.evil.example", f"127.0.0.1.evil.example:{port}"]:
            self.assertEqual(self.server.get("/", {"Host": host})[0], 403, host)
            self.assertEqual(self.open(headers={"Host": host}).status, 403, host)

    def test_no_other_sites_page_can_ask(self):
        own = f"http://127.0.0.1:{self.server.port}"
        kind = {"Content-Type": "application/json"}
        body = json.dumps({"scenario": "2025", "lines": []})
        for origin in ["http://evil.example", "null", own + "0", "https" + own[4:],
                       f"http://localhost:{self.server.port}"]:
            self.assertEqual(self.open(headers={"Origin": origin}).status, 403, origin)
            status = self.server.get("/api/check", {**kind, "Origin": origin}, "POST", body)[0]
            self.assertEqual(status, 403, origin)
        self.assertEqual(self.open(headers={"Origin": own}).status, 101)
        self.assertEqual(self.server.get("/api/check", {**kind, "Origin": own}, "POST", body)[0],
                         200)
        self.assertEqual(self.open(headers={"Sec-Fetch-Site": "cross-site"}).status, 403)

    def test_a_socket_speaks_the_protocol_at_its_path(self):
        self.assertEqual(self.open(protocol=None).status, 400)
        self.assertEqual(self.open(protocol="other").status, 400)
        self.assertEqual(self.open(path="/").status, 404)
        self.assertIn("oneup.v1", self.open().head)

    def test_too_much_is_too_much(self):
        self.assertEqual(self.server.get("/", {"X": "a" * 20_000})[0], 431)
        kind = {"Content-Type": "application/json"}
        self.assertEqual(self.server.get("/api/check", kind, "POST", "a" * 100_000)[0], 413)
        with socket.create_connection((self.server.host, self.server.port)) as raw:
            raw.sendall(b"nonsense\r\n\r\n")
            self.assertIn(b"400", raw.recv(4096).split(b"\r\n")[0])

    def test_a_token_is_needed_where_one_is_given(self):
        token = "abcdefghijklmnop"
        server = viewer_client.Server(program.program_path(), "--token", token)
        self.addCleanup(server.end)
        self.assertTrue(server.url.endswith("?token=" + token))
        self.assertEqual(server.get("/")[0], 401)
        self.assertEqual(server.get("/api/site")[0], 401)
        self.assertEqual(server.get("/?token=abcdefghijklmnoq")[0], 401)
        stranger = server.socket()
        self.addCleanup(stranger.close)
        self.assertEqual(stranger.status, 401)
        status, headers, _ = server.get(f"/?token={token}&x=1")
        self.assertEqual((status, headers["Location"]), (303, "/?x=1"))
        cookie, *words = headers["Set-Cookie"].split("; ")
        self.assertIn("HttpOnly", words)
        self.assertIn("SameSite=Lax", words)
        for known in [{"Cookie": f"a=b; {cookie}"}, {"Authorization": f"Bearer {token}"}]:
            self.assertEqual(server.get("/api/site", known)[0], 200)
            page = server.socket(headers=known)
            self.assertEqual(page.status, 101)
            page.close()

    def test_bound_to_all_addresses_a_token_is_made_up(self):
        server = viewer_client.Server(program.program_path(), "--bind", "0.0.0.0")
        self.addCleanup(server.end)
        self.assertRegex(server.url, r"\?token=[0-9a-f]{32}$")
        server.host = "127.0.0.1"
        self.assertEqual(server.get("/")[0], 401)
        self.assertEqual(server.get(server.url[server.url.index("?") - 1:])[0], 303)
        self.assertEqual(server.get("/", {"Host": f"evil.example:{server.port}"})[0], 403)


class Ends(unittest.TestCase):
    def test_by_a_signal_and_at_once_whatever_it_does(self):
        for how in (signal.SIGINT, signal.SIGTERM):
            server = viewer_client.Server(program.program_path())
            pages = [server.socket() for _ in range(3)]
            for page in pages:
                self.addCleanup(page.close)
                page.ask(1, "watch", watch(simulation("autonomous", 1, "high"), 1000))
                page.message()
            self.assertEqual(server.end(how), (OK, "", ""))

    def test_what_cannot_be_served_is_said_in_one_line(self):
        taken = viewer_client.Server(program.program_path())
        self.addCleanup(taken.end)
        with tempfile.TemporaryDirectory() as folder:
            damaged = pathlib.Path(folder) / "damaged.binpb"
            damaged.write_bytes(b"no trace")
            for words, code, part in [
                (["--port", taken.port], UNAVAILABLE, f"--port {taken.port}: is in use"),
                (["--port", 70000], USAGE, "--port 70000"),
                (["--port", -1], USAGE, "--port -1"),
                (["--bind", "256.1.1.1"], USAGE, "--bind '256.1.1.1'"),
                (["--bind", "192.0.2.1", "--port", 0], UNAVAILABLE, "192.0.2.1"),
                (["--token", "short"], USAGE, "--token"),
                (["--threads", 0], USAGE, "--threads 0"),
                (["--simulations", 0], USAGE, "--simulations 0"),
                (["--trace", damaged], BAD_INPUT, "damaged.binpb"),
                (["--trace", folder], BAD_INPUT, "regular file"),
                (["--trace", "-"], BAD_INPUT, "--trace -: allowed is a file"),
                (["--trace", folder + "/none"], NO_INPUT, "none"),
                (["extra"], USAGE, "too many"),
            ]:
                with self.subTest(words=words):
                    err = oneup("serve", *words, code=code).stderr
                    self.assertEqual(err.count("\n"), 1, err)
                    self.assertIn(part, err)


if __name__ == "__main__":
    program.main()
