-- The scripts that the smoke test plays in an agent that hosts Lua.

local function script(id, client) case(id) { clause = "send.text", title = id, server = echo, client = client } end

script("smoke.passes", function(t)
  t:alive(t:connect())
  t:equal(1, 1, "number")
end)

script("smoke.fails", function(t)
  t:equal(1, 2, "number")
  t:ok(true, "reached behind a failed check")
end)

script("smoke.raises", function()
  error("raised on purpose")
end)

script("smoke.hangs", function(t)
  local client = t:connect()
  t:alive(client)
  client:channel():receive()
end)

script("smoke.writes-global", function() pcall(function() LEFT_BY_A_SCRIPT = true end) end)

script("smoke.reads-global", function(t)
  local _, left = pcall(function() return LEFT_BY_A_SCRIPT == true end)
  t:equal(false, left == true, "LEFT_BY_A_SCRIPT is there")
end)

script("smoke.leaves-open", function(t) t:alive(t:connect()) end)
