-- The page's example "real-time chat": joins a room, and hands each message to a function until the server closes.
-- Only the URL, the token and the function are filled in.
--
-- Run: ./wstck lua examples/lua/chat.lua

local websocket = require("websocket")

local token = "my-token"

local function connect_chat(room_id, on_message)
  local client, err = websocket.connect("ws://127.0.0.1:8080/chat", {
    headers = { ["Authorization"] = "Bearer " .. token }
  })
  if err then
    return nil, err
  end

  -- Join the room.
  client:send(json.encode({
    type = "join",
    room = room_id
  }))

  -- Receive until the connection is closed.
  local ch = client:channel()
  while true do
    local msg, ok = ch:receive()
    if not ok then break end

    local data = json.decode(msg.data)
    on_message(data)
  end

  client:close()
end

local _, err = connect_chat("lobby", function(data)
  if data.type == "message" then
    print(data.from .. ": " .. data.text)
  else
    print(data.type, data.room, #data.members .. " members")
  end
end)
if err then
  error(err)
end

-- Output:
-- joined	lobby	2 members
-- ada: Welcome!
-- ada: See you.
