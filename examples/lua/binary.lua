-- Sends all 256 byte values as one binary message, and compares the echo.
--
-- Run: ./wstck lua examples/lua/binary.lua

local websocket = require("websocket")

local bytes = {}
for value = 0, 255 do
  bytes[#bytes + 1] = string.char(value)
end
local binary_data = table.concat(bytes)

local client, err = websocket.connect("ws://127.0.0.1:8080/echo")
if err then
  error(err)
end

client:send(binary_data, websocket.BINARY)
local msg = client:channel():receive()
print(msg.type, #msg.data .. " bytes", msg.data == binary_data)

-- The same bytes are not valid UTF-8, so they cannot be a text message. The connection stays open.
local ok, err = client:send(binary_data, websocket.TEXT)
print(ok, err:kind())

client:close()

-- Output:
-- binary	256 bytes	true
-- false	INVALID
