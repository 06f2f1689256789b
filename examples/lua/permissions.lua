-- Asks for connections that the policy allows, and for one that it denies. Options of the command are the policy.
--
-- Run: ./wstck lua --deny websocket.connect.url=ws://127.0.0.1:8080/prices examples/lua/permissions.lua

local websocket = require("websocket")

local function try(url)
  local client, err = websocket.connect(url)
  if err then
    if errors.is(err, errors.PERMISSION_DENIED) then
      print("Access denied:", err:message())
    elseif err:retryable() then
      print("Temporary error:", err:message())
    end
    return nil, err
  end
  print("Connected:", url)
  client:close()
end

try("ws://127.0.0.1:8080/echo")
try("ws://127.0.0.1:8080/prices")

-- The policy compares the exact text of a URL: this one is another URL.
try("ws://127.0.0.1:8080/prices?")

-- A denied connection is not retryable. The server that refuses one is asked again later.
try("ws://127.0.0.1:8080/status/503")

-- Output:
-- Connected:	ws://127.0.0.1:8080/echo
-- Access denied:	policy denies websocket.connect.url for ws://127.0.0.1:8080/prices
-- Connected:	ws://127.0.0.1:8080/prices?
-- Temporary error:	connect to 127.0.0.1:8080/status/503: expected status 101, got 503 Service Unavailable
