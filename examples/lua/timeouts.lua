-- Every timeout, against a server that provokes it. A number is milliseconds, a string is a duration as in Go.
--
-- Run: ./wstck lua examples/lua/timeouts.lua

local websocket = require("websocket")

-- dial_timeout bounds name lookup, TCP, TLS and the handshake together. This server never answers the handshake.
local client, err = websocket.connect("ws://127.0.0.1:8080/hang", { dial_timeout = "200ms" })
print("dial_timeout", client, err:kind(), err:retryable() and "retryable")

-- read_timeout closes a connection on which no message arrives for that long. This server says nothing.
client, err = websocket.connect("ws://127.0.0.1:8080/silent", { read_timeout = 200 })
print("read_timeout", client:channel():receive())
client:close()

-- write_timeout ends a send that cannot be written, because the server has stopped reading. The buffers of TCP cannot
-- hold a message of 16 MiB.
client, err = websocket.connect("ws://127.0.0.1:8080/stall", { write_timeout = "0.2s" })
local ok, err = client:send(string.rep("x", 16 * 1024 * 1024))
print("write_timeout", ok, err:kind(), err:retryable() and "retryable" or "not retryable")
-- The connection cannot be used any more.
print("then", (client:send("hello")))
client:close()

-- time.after is a timeout of a single receive.
client, err = websocket.connect("ws://127.0.0.1:8080/silent")
local ch, timeout = client:channel(), time.after("0.2s")
local r = channel.select { ch:case_receive(), timeout:case_receive() }
print("time.after", r.channel == timeout)
client:close()

-- Output:
-- dial_timeout	nil	INTERNAL	retryable
-- read_timeout	nil	false
-- write_timeout	false	INTERNAL	not retryable
-- then	false
-- time.after	true
