-- Compresses messages in both modes. CONTEXT_TAKEOVER keeps the window from message to message: similar messages become
-- very small. NO_CONTEXT compresses each message on its own: it needs less memory between messages.
--
-- Run: ./wstck lua examples/lua/compression.lua

local websocket = require("websocket")

-- Returns the extensions that the client offers in the handshake.
local function offer(options)
  local client, err = websocket.connect("ws://127.0.0.1:8080/headers", options)
  if err then
    error(err)
  end
  local request = json.decode(client:channel():receive().data)
  client:close()
  for _, header in ipairs(request.headers) do
    if header[1] == "Sec-WebSocket-Extensions" then
      return header[2]
    end
  end
  return "nothing"
end

local modes = websocket.COMPRESSION
print("without the option", offer({}))
for _, name in ipairs({ "DISABLED", "CONTEXT_TAKEOVER", "NO_CONTEXT" }) do
  print(name, offer({ compression = modes[name] }))
end

-- Messages of at least 1000 bytes are compressed, shorter ones are sent as they are. Both arrive unchanged.
local message = string.rep('{"symbol":"BTC-USD","value":100}', 100)
for _, name in ipairs({ "CONTEXT_TAKEOVER", "NO_CONTEXT" }) do
  local client, err = websocket.connect("ws://127.0.0.1:8080/echo?deflate=on", {
    compression = modes[name],
    compression_threshold = 1000
  })
  if err then
    error(err)
  end
  client:send(message)
  client:send("short")
  local ch = client:channel()
  print(name, #ch:receive().data .. " bytes", ch:receive().data)
  client:close()
end

-- Output:
-- without the option	nothing
-- DISABLED	nothing
-- CONTEXT_TAKEOVER	permessage-deflate
-- NO_CONTEXT	permessage-deflate; client_no_context_takeover; server_no_context_takeover
-- CONTEXT_TAKEOVER	3200 bytes	short
-- NO_CONTEXT	3200 bytes	short
