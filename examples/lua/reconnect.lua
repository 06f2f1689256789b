-- Reconnects with backoff. An error that is retryable is worth another attempt, any other error is not.
--
-- Run: ./wstck lua examples/lua/reconnect.lua

local websocket = require("websocket")

-- Waits 50 ms after the first failure, and twice as long after each further one, but never longer than 2 s.
local function connect_with_backoff(url, options, attempts)
  local wait = 50
  for attempt = 1, attempts do
    local client, err = websocket.connect(url, options)
    if client then
      return client
    end
    print("attempt " .. attempt, err:kind(), err:retryable() and "retryable" or "not retryable")
    if not err:retryable() or attempt == attempts then
      return nil, err
    end
    time.sleep(wait)
    wait = math.min(2 * wait, 2000)
  end
end

-- A server that is overloaded: each attempt fails, and is worth another one.
connect_with_backoff("ws://127.0.0.1:8080/status/503", nil, 3)

-- A URL that is wrong stays wrong: there is one attempt.
connect_with_backoff("http://127.0.0.1:8080/echo", nil, 3)

-- A server that drops each connection after one message: the script connects again until it has all that it wants.
local wanted, received = 3, 0
while received < wanted do
  local client, err = connect_with_backoff("ws://127.0.0.1:8080/drop?how=fin&after=1", nil, 3)
  if err then
    error(err)
  end
  local ch = client:channel()
  client:send("message " .. received + 1)
  while true do
    local msg, ok = ch:receive()
    if not ok then
      print("connection lost")
      break
    end
    received = received + 1
    print(msg.data)
  end
  client:close()
end

-- Output:
-- attempt 1	INTERNAL	retryable
-- attempt 2	INTERNAL	retryable
-- attempt 3	INTERNAL	retryable
-- attempt 1	INVALID	not retryable
-- message 1
-- connection lost
-- message 2
-- connection lost
-- message 3
-- connection lost
