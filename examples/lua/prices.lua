-- The page's example "price stream with keep-alive": prints prices, and sends a ping when none has come for a while.
-- Only the URL, the handler and the length of the heartbeat are filled in.
--
-- Run: ./wstck lua examples/lua/prices.lua

local websocket = require("websocket")

local function update_price(symbol, value)
  print(symbol, value)
end

local client = websocket.connect("ws://127.0.0.1:8080/prices")

client:send(json.encode({
  action = "subscribe",
  symbols = { "BTC-USD", "ETH-USD" }
}))

local ch = client:channel()
local heartbeat = time.after("3s")

while true do
  local r = channel.select {
    ch:case_receive(),
    heartbeat:case_receive()
  }

  if r.channel == heartbeat then
    client:ping()
    print("ping")
    heartbeat = time.after("3s")
  elseif not r.ok then
    break -- The connection is closed.
  else
    local price = json.decode(r.value.data)
    update_price(price.symbol, price.value)
  end
end

client:close()

-- Output:
-- BTC-USD	8603.39
-- ETH-USD	216.91
-- ping
-- BTC-USD	8603.64
-- ETH-USD	217.16
