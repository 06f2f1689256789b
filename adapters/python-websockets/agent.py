"""wstck's agent for the Python library websockets: JSON lines in, JSON lines out (docs/adapters.md)."""

import asyncio
import base64
import json
import os
import platform
import re
import ssl
import sys

import websockets
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

CAPABILITIES = ["headers", "subprotocols", "compression", "timeouts", "limits", "ping", "tls", "parallel-calls"]
BEHAVIOUR = {"compresses": "always", "options_not_settable": ["read_timeout", "write_timeout"]}
LONGEST_LINE = 256 * 1024 * 1024
LARGEST_MESSAGE = 128 * 1024 * 1024  # what the documentation allows; the library's own default is 1 MiB
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
    if mode == 1:
        return {"compression": "deflate"}
    if mode == 2:
        return {"extensions": [ClientPerMessageDeflateFactory(True, True)], "compression": None}
    if mode != 0:
        raise ValueError(f"expected a compression mode, got {mode!r}")
    return {"compression": None}


def arguments(options):
    """The documented options, as websockets.connect has them."""
    chosen = {"max_size": options.get("read_limit", LARGEST_MESSAGE), "proxy": None, **compression(options)}
    if "headers" in options:
        chosen["additional_headers"] = options["headers"]
    if "protocols" in options:
        chosen["subprotocols"] = options["protocols"]
    if "dial_timeout" in options:
        chosen["open_timeout"] = seconds(options["dial_timeout"])
    if "channel_capacity" in options:
        chosen["max_queue"] = options["channel_capacity"]
    return chosen


class Agent:
    def __init__(self, write_line):
        self.write_line = write_line
        self.tls = ssl.create_default_context()
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
        about = {"name": "websockets", "version": websockets.__version__,
                 "language": f"Python {platform.python_version()}", "capabilities": CAPABILITIES, "behaviour": BEHAVIOUR}
        return [about]

    async def op_noop(self, request):
        return [True]

    async def op_connect(self, request):
        chosen = arguments(request.get("options") or {})
        if request["url"].startswith("wss:"):
            chosen["ssl"] = self.tls
        client = await connect(request["url"], **chosen)
        self.opened += 1
        name = f"client-{self.opened}"
        self.clients[name] = client
        self.sessions.setdefault(request["session"], []).append(name)
        return [name]

    async def op_send(self, request):
        data = base64.b64decode(request["data"])
        await self.clients[request["client"]].send(data if request.get("type") == 2 else data.decode())
        return [True]

    async def op_ping(self, request):
        await self.clients[request["client"]].ping()
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
            async with asyncio.timeout(None if wait is None else wait / 1000):
                message = await self.clients[request["client"]].recv()
        except TimeoutError:
            return ["none"]
        except ConnectionClosed:
            return [None]
        text = isinstance(message, str)
        data = base64.b64encode(message.encode() if text else message).decode()
        return [{"type": "text" if text else "binary", "data": data}]

    async def op_echo(self, request):
        client = self.clients[request["client"]]
        messages = size = 0
        async for message in client:
            messages += 1
            size += len(message.encode() if isinstance(message, str) else message)
            await client.send(message)
        return [{"messages": messages, "bytes": size}]

    async def op_close(self, request):
        given = {key: request[key] for key in ("code", "reason") if key in request}
        await self.clients[request["client"]].close(**given)
        return [True]

    async def op_end(self, request):
        for name in self.sessions.pop(request["session"], []):
            self.clients.pop(name).transport.abort()
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
