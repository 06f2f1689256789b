-- Defines the words of case files: case, echo, endpoint, script, tcp, send, expect and the other steps (Lua 5.1).
--
-- The chunk returns a table: `globals` has the words, and `cases` collects the declarations of the file in order. After
-- `want(id)` it collects only that case, without the steps of its scenarios. After `require_known` a mistyped word is
-- an error. Scenarios are plain tables in the JSON form of the reference server, but `data` and `raw` are bytes.

local words = {}
local cases = {}
local wanted

-- Returns the position of the code that called into this file, as "file:line".
local function position()
  for level = 3, 12 do
    local _, at = pcall(error, "", level)
    if type(at) == "string" and at ~= "" and not at:find("prelude/", 1, true) then
      return at:sub(1, -3) -- without the colon and the space after the position
    end
  end
  return ""
end

local function ignore() end

function words.case(id)
  if wanted and id ~= wanted then return ignore end
  local at = wanted and "" or position() -- finding it costs more than all the rest
  return function(fields)
    cases[#cases + 1] = { id = id, fields = fields, position = at }
  end
end

local function wrong(word, expected, got)
  error(word .. ": expected " .. expected .. ", got " .. type(got), 3)
end

-- Copies the argument into a step. The payload is the argument itself, or the first element of a table.
local function payload(word, argument, step)
  if type(argument) == "string" then
    step.data = argument
  elseif type(argument) == "table" then
    step.data = argument[1]
    for key, value in pairs(argument) do
      if type(key) == "string" then step[key] = value end
    end
  elseif argument ~= nil then
    wrong(word, "a string or a table", argument)
  end
  return step
end

local send, expect = {}, {}
words.send, words.expect = send, expect

function send.text(argument) return payload("send.text", argument, { op = "send-message", type = "text" }) end
function send.binary(argument) return payload("send.binary", argument, { op = "send-message", type = "binary" }) end
function send.frame(argument) return payload("send.frame", argument, { op = "send-frame" }) end
function send.ping(argument) return payload("send.ping", argument, { op = "send-ping" }) end
function send.pong(argument) return payload("send.pong", argument, { op = "send-pong" }) end
function send.bytes(argument) return payload("send.bytes", argument, { op = "send-bytes" }) end

function send.bytes_until_blocked(argument)
  return payload("send.bytes_until_blocked", argument, { op = "send-bytes-until-blocked" })
end

function send.until_blocked(argument)
  return payload("send.until_blocked", argument, { op = "send-until-blocked" })
end

function send.close(argument)
  local step = { op = "send-close" }
  if type(argument) == "table" then
    for key in pairs(argument) do
      if key ~= 1 and key ~= 2 and key ~= "payload" then
        error("send.close: expected { code, reason } or { payload = … }, got the field " .. tostring(key), 2)
      end
    end
    step.code, step.reason, step.data = argument[1], argument[2], argument.payload
  elseif argument ~= nil then
    wrong("send.close", "a table", argument)
  end
  return step
end

function words.drip(argument) return payload("drip", argument, { op = "drip" }) end

function expect.text(argument) return payload("expect.text", argument, { op = "expect-message", type = "text" }) end
function expect.binary(argument) return payload("expect.binary", argument, { op = "expect-message", type = "binary" }) end
function expect.message(argument) return payload("expect.message", argument, { op = "expect-message" }) end
function expect.ping(argument) return payload("expect.ping", argument, { op = "expect-ping" }) end
function expect.pong(argument) return payload("expect.pong", argument, { op = "expect-pong" }) end

local function named(word, op)
  return function(argument)
    local step = { op = op }
    if argument ~= nil and type(argument) ~= "table" then wrong(word, "a table", argument) end
    for key, value in pairs(argument or {}) do step[key] = value end
    return step
  end
end

expect.close = named("expect.close", "expect-close")
expect.failed = named("expect.failed", "expect-failed")
expect.ended = named("expect.ended", "expect-end")
expect.request = named("expect.request", "expect-request")
expect.unread = named("expect.unread", "expect-unread")
words.fence = named("fence", "fence")
words.stop_reading = named("stop_reading", "stop-reading")
words.resume_reading = named("resume_reading", "resume-reading")
words.hang = named("hang", "hang")

function words.echo_messages(count) return { op = "echo", count = count } end
function words.end_tcp(how) return { op = "end-tcp", how = how } end

-- Makes a step with a name: the argument itself, or the first element of a table. Named elements become further fields.
local function about(word, argument, op)
  local step = { op = op, name = argument }
  if type(argument) == "table" then
    step.name = argument[1]
    for key, value in pairs(argument) do
      if type(key) == "string" then step[key] = value end
    end
  end
  if type(step.name) ~= "string" then wrong(word, "a name", step.name) end
  return step
end

function words.signal(argument) return about("signal", argument, "signal") end
function words.await(argument) return about("await", argument, "await") end

local MILLISECONDS = { ms = 1, s = 1000 }

function words.pause(duration)
  local number, unit = tostring(duration):match("^(%d+)(m?s)$")
  if not number then error('pause: expected a duration such as "50ms" or "1s", got ' .. tostring(duration), 2) end
  return { op = "pause", ms = tonumber(number) * MILLISECONDS[unit] }
end

-- Makes a scenario: the list part of the table becomes its steps, the named part is kept.
local function scenario(argument, list)
  local result = {}
  for key, value in pairs(argument) do
    if type(key) == "string" then result[key] = value end
  end
  local steps = {}
  for index, step in ipairs(argument) do
    if type(step) ~= "table" or not step.op then wrong("step " .. index, "a step", step) end
    steps[index] = step
  end
  -- A port that refuses connections has no steps.
  if #steps > 0 or result.listener ~= "unreachable" then result[list] = steps end
  -- Only a listener of its own can use TLS or have a name.
  if (result.tls or result.host) and not result.listener then result.listener = "own" end
  return result
end

-- A function creates the table only when it is called. After `want(id)` it is never called.
function words.script(argument)
  if type(argument) == "function" then argument = argument() end
  if type(argument) ~= "table" then wrong("script", "a table", argument) end
  return scenario(argument, "frames")
end

function words.tcp(argument)
  if type(argument) ~= "table" then wrong("tcp", "a table", argument) end
  local result = scenario(argument, "tcp")
  result.listener = "own"
  return result
end

local SCENARIO_FIELDS = { listener = true, tls = true, host = true }

-- `echo` is a scenario. Called with a listener, TLS or options of the handshake response, it returns another scenario.
local echo = { frames = { { op = "echo" } } }
words.echo = setmetatable(echo, {
  __call = function(_, argument)
    if type(argument) ~= "table" then wrong("echo", "a table", argument) end
    local result, handshake = { { op = "echo" } }, {}
    for key, value in pairs(argument) do
      if type(key) ~= "string" then wrong("echo", "options by name", value) end
      if SCENARIO_FIELDS[key] then result[key] = value else handshake[key] = value end
    end
    if next(handshake) then result.handshake = handshake end
    return scenario(result, "frames")
  end,
})

function words.endpoint(path)
  if type(path) ~= "string" then wrong("endpoint", "the path of an endpoint", path) end
  return { endpoint = path }
end

-- Collects only one case, for running its functions. All steps were checked when the file was first loaded, and
-- creating them again for each case would cost more than playing it. Functions may read the fields of a scenario, so
-- these are kept.
local function want(id)
  wanted = id
  local step = setmetatable({}, { __call = function(self) return self end })
  for _, group in ipairs { words, send, expect } do
    for word, meaning in pairs(group) do
      if type(meaning) == "function" and word ~= "case" then group[word] = step end
    end
  end
  local function fields(argument) return argument end
  words.script, words.tcp, words.endpoint = fields, fields, fields
end

-- Returns the names in a table, each after the prefix, with spaces between them.
local function names(group, prefix)
  local found = {}
  for name in pairs(group) do
    if type(name) == "string" then found[#found + 1] = prefix .. name end
  end
  return table.concat(found, " ")
end

-- Makes each unknown step an error in the line that names it, and each unknown global whose name is near a word. A file
-- may look for other globals that do not exist. `globals` are those of the file. `question(name, known)` returns the
-- end of the sentence, or an empty text if no known name is near.
local function require_known(globals, question)
  local function unknown_step(group, prefix)
    return function(_, name)
      name = prefix .. tostring(name)
      error('unknown step "' .. name .. '"' .. question(name, names(group, prefix)), 2)
    end
  end
  setmetatable(send, { __index = unknown_step(send, "send.") })
  setmetatable(expect, { __index = unknown_step(expect, "expect.") })
  setmetatable(globals, {
    __index = function(_, name)
      local meant = question(tostring(name), names(words, ""))
      if meant ~= "" then error('unknown word "' .. tostring(name) .. '"' .. meant, 2) end
      return nil
    end,
  })
end

return {
  require_known = require_known,
  globals = words,
  cases = cases,
  want = want,
}
