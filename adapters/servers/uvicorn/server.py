"""An echo server with uvicorn, as an ASGI application. Argument: the port, or none for a free one."""

import socket
import sys

import uvicorn

LARGEST_MESSAGE = 2**26


async def echo(scope, receive, send):
    if scope["type"] != "websocket":
        raise ValueError("expected a WebSocket connection, got " + scope["type"])
    while True:
        event = await receive()
        if event["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
        elif event["type"] == "websocket.disconnect":
            return
        elif event.get("text") is not None:
            await send({"type": "websocket.send", "text": event["text"]})
        else:
            await send({"type": "websocket.send", "bytes": event["bytes"]})


def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    with socket.create_server(("127.0.0.1", port), backlog=2048) as listener:
        config = uvicorn.Config(echo, lifespan="off", ws_max_size=LARGEST_MESSAGE, log_level="warning")
        print(f"ws://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
        uvicorn.Server(config).run(sockets=[listener])


main()
