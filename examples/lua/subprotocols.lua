-- Offers two subprotocols in order of preference. The documented API does not tell a script which one was chosen, so
-- the example asks the server what it received.
--
-- Run: ./wstck lua examples/lua/subprotocols.lua

local websocket = require("websocket")

local function offered(protocols)
  local client, err = websocket.connect("ws://127.0.0.1:8080/headers", { protocols = protocols })
  if err then
    error(err)
  end
  local request = json.decode(client:channel():receive().data)
  client:close()
  for _, header in ipairs(request.headers) do
    if header[1] == "Sec-WebSocket-Protocol" then
      return header[2]
    end
  end
end

print("offered", offered({ "graphql-ws", "mqtt" }))

-- This server chooses mqtt.
local client, err = websocket.connect("ws://127.0.0.1:8080/echo?protocol=mqtt", { protocols = { "graphql-ws", "mqtt" } })
print("one that was offered", client ~= nil, err)
client:close()

-- A server that chooses a subprotocol that was not offered breaks the protocol: the connection fails.
client, err = websocket.connect("ws://127.0.0.1:8080/echo?protocol=soap", { protocols = { "graphql-ws", "mqtt" } })
print("one that was not offered", client ~= nil, err:kind())

-- Output:
-- offered	graphql-ws, mqtt
-- one that was offered	true	nil
-- one that was not offered	false	INTERNAL
