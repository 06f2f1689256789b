"""Drives the library websockets through a fuzzing server's cases: an echo client, as the Autobahn Testsuite asks for."""

import asyncio
import sys

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

SERVER = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "ws://127.0.0.1:9001"
AGENT = "python-websockets"


async def case_count():
    async with connect(f"{SERVER}/getCaseCount") as websocket:
        return int(await websocket.recv())


async def run_case(case):
    try:
        async with connect(f"{SERVER}/runCase?case={case}&agent={AGENT}", max_size=2**25) as websocket:
            async for message in websocket:
                await websocket.send(message)
    except WebSocketException as problem:
        print(f"case {case}: {problem}", file=sys.stderr)


async def main():
    for case in range(1, await case_count() + 1):
        await run_case(case)
    async with connect(f"{SERVER}/updateReports?agent={AGENT}") as websocket:
        await websocket.wait_closed()


asyncio.run(main())
