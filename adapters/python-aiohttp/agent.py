"""wstck's agent for the client of the Python library aiohttp: JSON lines in, JSON lines out (docs/adapters.md)."""

import asyncio
import base64
import json
import os
import platform
import re
import ssl
import sys

import aiohttp
from aiohttp import WSMsgType

CAPABILITIES = ["headers", "subprotocols", "compression", "timeouts", "limits", "ping", "tls", "parallel-calls"]
BEHAVIOUR = {"compresses": "always", "options_not_settable": ["read_timeout", "write_timeout"]}
LONGEST_LINE = 256 * 1024 * 1024
LARGEST_MESSAGE = 128 * 1024 * 1024  # what the documentation allows; the library's own default is 4 MiB
CAPACITY = 64
WINDOW_BITS = 15
HEAD_START = 0.05  # seconds that the first of several parallel calls is ahead
SECONDS = {"h": 3600, "m": 60, "s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ns": 1e-9}


class Unsupported(Exception):
    """The library has nothing for what is asked."""


def seconds(duration):
    """A number of milliseconds, or a Go duration such as "1m30s"."""
    if not isinstance(duration, str):
        return duration / 1000
    parts = re.findall(r"([\d.]+)(h|ms|m|s|us|µs|μs|ns)", duration)
    if not parts or "".join(n + unit for n, unit in parts) != duration:
        raise ValueError(f"expected a duration, got {duration!r}")
    return sum(float(n) * SECONDS[unit] for n, unit in parts)


def compression(options):
    mode = options.get("compression", 0)
    if mode == 2:
        raise Unsupported("compression: the library cannot offer to do without context takeover")
    if mode not in (0, 1):
        raise ValueError(f"expected a compression mode, got {mode!r}")
    return WINDOW_BITS if mode == 1 else 0


def arguments(options):
    """The documented options, as ClientSession.ws_connect has them."""
    return {
        "compress": compression(options),
        "headers": options.get("headers"),
        "max_msg_size": options.get("read_limit", LARGEST_MESSAGE),
        "protocols": options.get("protocols", ()),
    }


class Client:
    """A connection that is read from as soon as it is open: the library answers pings and closes only while somebody receives."""

    def __init__(self, websocket, capacity):
        self.websocket = websocket
        self.messages = asyncio.Queue(capacity)
        self.ended = False
        self.reader = asyncio.create_task(self.read())

    async def read(self):
        async for message in self.websocket:
            if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                await self.messages.put(message)
        await self.messages.put(None)

    async def receive(self, wait=None):
        """The next message, None when the connection has ended; raises TimeoutError when neither came in time."""
        if self.ended:
            return None
        async with asyncio.timeout(wait):
            message = await self.messages.get()
        self.ended = message is None
        return message

    async def send(self, data, binary):
        if binary:
            await self.websocket.send_bytes(data)
        else:
            await self.websocket.send_str(data.decode())

    def let_go(self):
        """Ends the connection without waiting for the peer; an outstanding receive gets None."""
        self.reader.cancel()
        while not self.messages.empty():
            self.messages.get_nowait()
        self.messages.put_nowait(None)
        start(self.websocket.close())


class Agent:
    def __init__(self, write_line):
        self.write_line = write_line
        self.tls = ssl.create_default_context()
        self.session = None
        self.clients = {}
        self.sessions = {}
        self.opened = 0

    async def answer(self, line):
        request = json.loads(line)
        reply = {"id": request["id"]}
        try:
            operation = getattr(self, "op_" + request["op"], None)
            if operation is None:
                raise Unsupported(f"operation {request['op']}")
            reply["results"] = await operation(request)
        except Unsupported as lack:
            reply["unsupported"] = str(lack)
        except Exception as problem:
            reply["results"] = [None, error(problem, retryable=request["op"] == "connect")]
        self.write_line(json.dumps(reply))

    async def op_hello(self, request):
        if request.get("trust"):
            self.tls.load_verify_locations(request["trust"])
        about = {"name": "aiohttp", "version": aiohttp.__version__,
                 "language": f"Python {platform.python_version()}", "capabilities": CAPABILITIES, "behaviour": BEHAVIOUR}
        return [about]

    async def op_noop(self, request):
        return [True]

    async def op_connect(self, request):
        options = request.get("options") or {}
        limit = seconds(options["dial_timeout"]) if "dial_timeout" in options else None
        capacity = options.get("channel_capacity", CAPACITY)
        if not isinstance(capacity, int) or capacity < 1:
            raise ValueError(f"expected a capacity of 1 or more, got {capacity!r}")
        if self.session is None:  # one for all connections, as the library's documentation advises
            self.session = aiohttp.ClientSession()
        async with asyncio.timeout(limit):
            websocket = await self.session.ws_connect(request["url"], ssl=self.tls, **arguments(options))
        self.opened += 1
        name = f"client-{self.opened}"
        self.clients[name] = Client(websocket, capacity)
        self.sessions.setdefault(request["session"], []).append(name)
        return [name]

    async def op_send(self, request):
        await self.clients[request["client"]].send(base64.b64decode(request["data"]), request.get("type") == 2)
        return [True]

    async def op_ping(self, request):
        await self.clients[request["client"]].websocket.ping()
        return [True]

    async def op_parallel(self, request):
        def make(call):
            return getattr(self, "op_" + call["op"])({**call, "client": request["client"]})
        first, *others = request["calls"]
        tasks = [asyncio.create_task(make(first))]
        await asyncio.sleep(HEAD_START)
        tasks += [asyncio.create_task(make(call)) for call in others]
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        return [[error(one, retryable=False) if isinstance(one, Exception) else True for one in ended]]

    async def op_receive(self, request):
        wait = request.get("wait")
        try:
            message = await self.clients[request["client"]].receive(None if wait is None else wait / 1000)
        except TimeoutError:
            return ["none"]
        if message is None:
            return [None]
        text = message.type == WSMsgType.TEXT
        data = base64.b64encode(message.data.encode() if text else message.data).decode()
        return [{"type": "text" if text else "binary", "data": data}]

    async def op_echo(self, request):
        client = self.clients[request["client"]]
        messages = size = 0
        while message := await client.receive():
            binary = message.type == WSMsgType.BINARY
            data = message.data if binary else message.data.encode()
            messages += 1
            size += len(data)
            await client.send(data, binary)
        return [{"messages": messages, "bytes": size}]

    async def op_close(self, request):
        given = {}
        if "code" in request:
            given["code"] = request["code"]
        if "reason" in request:
            given["message"] = request["reason"].encode()
        await self.clients[request["client"]].websocket.close(**given)
        return [True]

    async def op_end(self, request):
        for name in self.sessions.pop(request["session"], []):
            self.clients.pop(name).let_go()
        return [True]


def error(problem, retryable):
    message = f"{type(problem).__name__}: {problem}"
    return {"error": {"kind": "INTERNAL", "message": message, "retryable": retryable}}


running = set()


def start(coroutine):
    task = asyncio.create_task(coroutine)
    running.add(task)
    task.add_done_callback(running.discard)


async def control():
    """Where the kit speaks: the TCP port that it names, or stdin and stdout."""
    if address := os.environ.get("WSTCK_CONTROL"):
        host, port = address.rsplit(":", 1)
        reader, writer = await asyncio.open_connection(host.strip("[]"), int(port), limit=LONGEST_LINE)
        return reader, lambda line: writer.write(line.encode() + b"\n")
    reader = asyncio.StreamReader(limit=LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader, lambda line: print(line, flush=True)


async def main():
    reader, write_line = await control()
    agent = Agent(write_line)
    while line := await reader.readline():
        start(agent.answer(line))


asyncio.run(main())
