-- Plays cases with the prelude's every check, met and not met, against a client that is made up here, and prints what
-- was recorded: the same lines under every Lua. The chunk returns a function.
-- Its arguments are the files of the prelude by name, a function that takes the lines, and the kind of host. In an
-- "open" host scripts have all functions. In a "protected" one they have no `load`, and cannot write globals.

local CASES = [==[
local function declares(id, body)
  case(id) { clause = "send.text", title = id, server = script { echo_messages(1), send.text "x", fence() }, client = body }
end

declares("met", function(t)
  local client = t:connect { protocols = { "a" } }
  t:alive(client)
  t:returns({ true }, client:send("x"))
  t:returns({ true, nil, "third" }, true, nil, "third")
  t:returns({ { a = 1, b = { 2, 3 } } }, { b = { 2, 3 }, a = 1 })
  t:message("binary", "\0\1\255", { type = "binary", data = "\0\1\255" }, true)
  t:closed(nil, false)
  t:equal({ 1, 2, x = "y" }, { 1, 2, x = "y" }, "a table")
  t:ok(1 == 1, "one")
  t:observe("seen")
  t:accept("error", "with a detail")
  t:accept(t:attempt(function() return nil, "a failure" end))
  t:equal("raised", (t:attempt(function() error("boom", 0) end)), "outcome")
  t:equal("ok", (t:attempt(function() return 1 end)), "outcome")
  t:fails({ kind = "INTERNAL", retryable = false }, nil, errors.made("INTERNAL", "no", false))
  t:took("10ms", "1m1.5s", 61505, "within the grain of the clock")
end)

declares("positions", function(t)
  t.should:equal(1, 2)
  t.should:ok(false, "so")

  t:equal({ "a", nested = { deep = { deeper = { deepest = 1 } } } }, "b")
  t:ok(true, "never reached")
end)

declares("strings", function(t)
  t.should:equal("tab\9 newline\n quote\" backslash\\ nul\0 high\200\255 ü", ("0123456789"):rep(30))
end)

declares("numbers", function(t)
  t.should:equal(1, 1.5)
  t.should:equal(2 ^ 31, -3)
  t.should:equal(3.0, 1e14)
  t.should:equal(7 / 7, 65535)
end)

declares("failures", function(t)
  t.should:fails({ kind = "INTERNAL" }, nil, errors.made("INVALID", "other kind", false))
  t.should:fails({ retryable = true }, false, errors.made("INTERNAL", "not worth it", false))
  t.should:fails({}, nil, errors.made("INTERNAL", "", false))
  t.should:fails({}, true)
  t.should:fails({}, nil)
  t.should:message("text", "a", { type = "text", data = "b" }, true)
  t.should:message("text", "a", nil, false)
  t.should:closed({ type = "text", data = "a" }, true)
  t.should:accept("no such outcome")
  t.should:returns({ true }, false, "x")
  t.should:took("1s", "2s", 3000)
  t.should:took("1s", "2s", 1)
end)

declares("connection-that-must-fail", function(t) t:fails_connection(t:url()) end)

declares("tail-call", function(t) return t:equal(1, 2) end)

declares("tail-call-in-helper", function(t)
  local function check() return t.should:equal(1, 2) end
  check()
  t:ok(true)
end)

declares("checked-by-a-callback", function(t)
  table.sort({ 2, 1 }, function(a, b)
    t.should:equal(a, a + b)
    return a < b
  end)
end)

declares("raises", function(t)
  t:ok(true)
  error("on purpose")
end)

declares("raises-a-table", function() error(setmetatable({}, { __tostring = function() return "an object" end })) end)

declares("wrong-field", function(t) t:fails({ knd = "INTERNAL" }, nil, nil) end)

declares("no-such-server", function(t) t:connect(nil, "other") end)

declares("clock", function(t)
  time.after("1s")
  t:takes("0ms", "5s", function() return 1 end)
end)

declares("long-bytes", function(t) t.should:equal(("\0"):rep(200), ("x"):rep(200)) end)

declares("options", function(t)
  t:connect { read_limit = 6, headers = { Authorization = "Bearer secret", ["X-Other"] = "1" } }
end)

for _, id in ipairs { "made-1", "made-2" } do
  declares(id, function(t) t:equal(id, "made-2", "upvalue") end)
end
]==]

local Error = {}
Error.__index = Error
function Error:kind() return self.k end
function Error:message() return self.m end
function Error:retryable() return self.r end

local function made(kind, message, retryable)
  return setmetatable({ k = kind, m = message, r = retryable }, Error)
end

local function install()
  errors = {
    INTERNAL = "INTERNAL", INVALID = "INVALID", made = made,
    is = function(err, kind) return getmetatable(err) == Error and err.k == kind end,
  }
  time = { after = function() return {} end }
  local Client = {}
  Client.__index = Client
  Client.__tostring = function() return "made-up client" end -- the address of a table is never the same
  function Client:send(data) self.sent = data return true, nil end
  function Client:channel()
    local client = self
    return { receive = function() return { type = "text", data = client.sent }, true end }
  end
  local real = require
  require = function(name)
    if name ~= "websocket" then return real(name) end
    return { connect = function() return setmetatable({}, Client), nil end }
  end
end

local function shown(value)
  if type(value) == "number" then return string.format("%.0f", value) end
  return tostring(value)
end

local function refused() error("not to be written", 2) end

local function frozen(real)
  return setmetatable({}, { __index = real, __newindex = refused, __metatable = "protected" })
end

-- How a protected host compiles a chunk: in globals that cannot be written, nor read where there are none.
local function protected_load()
  local real, compile, set_globals = {}, loadstring or load, setfenv
  for name, value in pairs(_G) do real[name] = value end
  real.load, real.loadstring, real.setfenv, real.debug = nil, nil, nil, nil
  for _, name in ipairs { "time", "errors" } do real[name] = frozen(_G[name]) end
  local globals = setmetatable({}, {
    __index = function(_, name)
      if real[name] == nil then error("no global " .. tostring(name), 2) end
      return real[name]
    end,
    __newindex = refused, __metatable = "protected",
  })
  return function(text, name)
    if not set_globals then return compile(text, name, "t", globals) end
    local chunk, problem = compile(text, name)
    return chunk and set_globals(chunk, globals), problem
  end
end

return function(prelude, line, kind)
  install()
  local ticks = 0
  local host = { clock = function() ticks = ticks + 1 return ticks end }
  local ids = { "met", "positions", "strings", "numbers", "failures", "connection-that-must-fail", "raises", "raises-a-table", "wrong-field",
    "no-such-server", "clock", "long-bytes", "options", "made-1", "made-2", "tail-call", "tail-call-in-helper", "checked-by-a-callback" }
  if kind == "protected" then host.load = protected_load() end
  local play = assert((host.load or loadstring or load)(prelude["agent.lua"], "@prelude/agent.lua"))()
  for _, id in ipairs(ids) do
    local result = play({
      prelude = prelude, source = CASES, file = "driver-cases.lua", case = id, urls = { main = "ws://main" },
      host = { nonce = "n", accepts = { error = "an error" }, refused_url = "ws://refused", made_up_errors = false },
    }, host)
    line("== " .. id .. (result.clock and " (clock)" or ""))
    for _, check in ipairs(result.checks or {}) do
      local measured = check.measured and (" " .. shown(check.measured.ms) .. " in " .. shown(check.measured.min) .. ".."
        .. shown(check.measured.max) .. " " .. shown(check.measured.what)) or ""
      line(table.concat({ check.name, check.strength, shown(check.met), check.expected, check.actual, check.position, shown(check.at) },
        " | ") .. measured)
    end
    for _, text in ipairs(result.observations or {}) do line("observed " .. text) end
    for _, outcome in ipairs(result.outcomes or {}) do line("outcome " .. outcome.id .. " " .. outcome.seen) end
    if result.error then line("error " .. shown(result.error.position) .. " " .. result.error.message) end
  end
end
