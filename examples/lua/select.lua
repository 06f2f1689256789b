-- Waits for two connections and a timer at once.
--
-- Run: ./wstck lua examples/lua/select.lua

local websocket = require("websocket")

local function connect()
  local client, err = websocket.connect("ws://127.0.0.1:8080/echo")
  if err then
    error(err)
  end
  return client
end

local first, second = connect(), connect()
local one, two = first:channel(), second:channel()

first:send("from the first server")
second:send("from the second server")

-- The order in which messages of two connections arrive is open. So they are collected, and printed afterwards.
local received = {}
local patience = time.after("30s")
while not (received.one and received.two) do
  local r = channel.select {
    one:case_receive(),
    two:case_receive(),
    patience:case_receive()
  }
  if r.channel == patience then
    error("no message for 30 seconds")
  end
  assert(r.ok, "the server has closed a connection")
  received[r.channel == one and "one" or "two"] = r.value.data
end
print(received.one)
print(received.two)

-- Nothing more arrives, so the timer wins.
local timeout = time.after("200ms")
local r = channel.select { one:case_receive(), two:case_receive(), timeout:case_receive() }
print("timeout", r.channel == timeout)

-- With `default = true` a select does not wait.
r = channel.select { one:case_receive(), two:case_receive(), default = true }
print("nothing more", r.default)

-- A closed connection wins a select, with `ok` false.
second:close()
r = channel.select { one:case_receive(), two:case_receive() }
print("the second is closed", r.channel == two and not r.ok)
first:close()

-- Output:
-- from the first server
-- from the second server
-- timeout	true
-- nothing more	true
-- the second is closed	true
