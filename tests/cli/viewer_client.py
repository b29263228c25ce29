"""A page's side of `oneup serve`, without a browser: HTTP, a WebSocket, and the few protobuf
messages of proto/oneup/v1/serve.proto. For tests."""

import base64
import contextlib
import http.client
import json
import os
import signal
import socket
import struct
import subprocess
import urllib.parse


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def field(number, value):
    """One field of a protobuf message: a whole number, or bytes and text with their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def fields(message):
    """(number, value) of each field of a message."""
    at = 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        tag = number()
        if tag & 7 == 0:
            yield tag >> 3, number()
        elif tag & 7 == 1:
            yield tag >> 3, message[at:at + 8]
            at += 8
        elif tag & 7 == 2:
            size = number()
            yield tag >> 3, message[at:at + size]
            at += size
        else:
            raise AssertionError(f"wire type {tag & 7}")


def simulation(scenario, seed=None, resolution="", interventions=(), until=""):
    out = field(1, scenario)
    if seed is not None:
        out += field(2, seed)
    if resolution:
        out += field(3, resolution)
    for line in interventions:
        out += field(4, line)
    return out + (field(5, until) if until else b"")


def watch(source, credit=0, detail=0, leave_out=(), days=0):
    """source: the bytes of a simulation, or the name of a trace."""
    out = field(1 if isinstance(source, bytes) else 2, source)
    if detail:
        out += field(3, detail)
    for kind in leave_out:
        out += field(4, kind)
    return out + field(5, credit) + field(6, days)


def compare(world, pairs=0, metrics=()):
    return field(1, world) + field(2, pairs) + b"".join(field(3, name) for name in metrics)


def asking(stream, what, message=b""):
    number = {"watch": 2, "credit": 3, "cancel": 4, "compare": 5}[what]
    return field(1, stream) + field(number, message)


class Socket:
    """A WebSocket of the server's."""

    def __init__(self, host, port, headers=None, protocol="oneup.v1", path="/ws"):
        self._socket = socket.create_connection((host, port), timeout=60)
        words = {"Host": f"{host}:{port}", "Upgrade": "websocket", "Connection": "Upgrade",
                 "Sec-WebSocket-Version": "13",
                 "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
                 **({"Sec-WebSocket-Protocol": protocol} if protocol else {}), **(headers or {})}
        lines = [f"GET {path} HTTP/1.1", *(f"{k}: {v}" for k, v in words.items()), "", ""]
        self._socket.sendall("\r\n".join(lines).encode())
        self._rest = b""
        while b"\r\n\r\n" not in self._rest:
            got = self._socket.recv(4096)
            if not got:
                break
            self._rest += got
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        self.status = int(head.split()[1])
        self.head = head.decode()

    def close(self):
        self._socket.close()

    def patience(self, seconds):
        """How long to wait for a message before TimeoutError."""
        self._socket.settimeout(seconds)

    def _take(self, size):
        while len(self._rest) < size:
            got = self._socket.recv(1 << 16)
            if not got:
                raise ConnectionError("closed")
            self._rest += got
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken

    def send_bytes(self, payload, opcode=2, final=True, reserved=0, masked=True):
        """One frame; a client's are to be masked."""
        mask = os.urandom(4) if masked else b""
        first = (0x80 if final else 0) | reserved << 4 | opcode
        bit = 0x80 if masked else 0
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB", first, bit | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", first, bit | 126, size)
        else:
            head = struct.pack("!BBQ", first, bit | 127, size)
        if masked:
            payload = bytes(b ^ mask[i % 4] for i, b in enumerate(payload))
        self._socket.sendall(head + mask + payload)

    def receive_bytes(self):
        """(opcode, payload) of the next frame."""
        first, size = self._take(2)
        size &= 0x7F
        if size == 126:
            size, = struct.unpack("!H", self._take(2))
        elif size == 127:
            size, = struct.unpack("!Q", self._take(8))
        return first & 0x0F, self._take(size)

    def ask(self, stream, what, message=b""):
        self.send_bytes(asking(stream, what, message))

    def credit(self, stream, frames):
        self.ask(stream, "credit", field(1, frames))

    def message(self):
        """(stream, what, value) of the next message; ("closed", code, reason) of the last."""
        while True:
            opcode, payload = self.receive_bytes()
            if opcode == 9:
                self.send_bytes(payload, 10)
                continue
            if opcode == 8:
                code = struct.unpack("!H", payload[:2])[0] if payload else None
                return "closed", code, payload[2:].decode()
            stream, what, value = 0, "", b""
            for number, content in fields(payload):
                if number == 1:
                    stream = content
                else:
                    what = {2: "records", 3: "advance", 4: "comparison", 5: "done",
                            6: "refusal"}[number]
                    value = content
            return stream, what, value

    def records(self, stream):
        """All bytes of a stream's records, to its end."""
        got = b""
        while True:
            of, what, value = self.message()
            if of != stream:
                continue
            if what == "records":
                got += value
                self.credit(stream, 1)
            elif what == "done":
                return got
            elif what == "refusal":
                raise AssertionError(dict(fields(value)))


class Server:
    """The program while it serves."""

    def __init__(self, program, *words):
        self.process = subprocess.Popen([program, "serve", "--port", "0", *map(str, words)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise AssertionError(self.process.stderr.read())
        parts = urllib.parse.urlsplit(self.url)
        self.host, self.port = parts.hostname, parts.port

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err

    def get(self, path, headers=None, method="GET", body=None):
        """(status, headers, body)."""
        with contextlib.closing(http.client.HTTPConnection(self.host, self.port,
                                                           timeout=60)) as connection:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def json(self, path, body=None):
        status, _, text = self.get(path, {"Content-Type": "application/json"},
                                   "GET" if body is None else "POST",
                                   None if body is None else json.dumps(body))
        return status, json.loads(text)

    def socket(self, **kwargs):
        return Socket(self.host, self.port, **kwargs)
