"""Drives the client of the library aiohttp through a fuzzing server's cases: an echo client, as the Autobahn Testsuite asks for."""

import asyncio
import sys

import aiohttp
from aiohttp import WSMsgType

SERVER = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "ws://127.0.0.1:9001"
AGENT = "python-aiohttp"


async def case_count(session):
    async with session.ws_connect(f"{SERVER}/getCaseCount") as websocket:
        return int(await websocket.receive_str())


async def run_case(session, case):
    try:
        url = f"{SERVER}/runCase?case={case}&agent={AGENT}"
        async with session.ws_connect(url, compress=15, max_msg_size=2**25) as websocket:
            async for message in websocket:
                if message.type == WSMsgType.TEXT:
                    await websocket.send_str(message.data)
                elif message.type == WSMsgType.BINARY:
                    await websocket.send_bytes(message.data)
    except aiohttp.ClientError as problem:
        print(f"case {case}: {problem}", file=sys.stderr)


async def main():
    async with aiohttp.ClientSession() as session:
        for case in range(1, await case_count(session) + 1):
            await run_case(session, case)
        async with session.ws_connect(f"{SERVER}/updateReports?agent={AGENT}") as websocket:
            await websocket.receive()


asyncio.run(main())
