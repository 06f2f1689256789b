-- Connects, sends two messages, receives their echoes, and closes with a code and a reason.
--
-- Run: ./wstck lua examples/lua/echo.lua

local websocket = require("websocket")

local client, err = websocket.connect("ws://127.0.0.1:8080/echo")
if err then
  error(err)
end

local ok, err = client:send("Hello, Server!")
if err then
  error(err)
end
client:send(json.encode({ type = "subscribe", channel = "orders" }))

local ch = client:channel()
for _ = 1, 2 do
  local msg, ok = ch:receive()
  if ok then
    print(msg.type, msg.data)
  end
end

print("closed", client:close(websocket.CLOSE_CODES.NORMAL, "Session ended"))
print("received", ch:receive())

-- Output:
-- text	Hello, Server!
-- text	{"channel":"orders","type":"subscribe"}
-- closed	true	nil
-- received	nil	false
