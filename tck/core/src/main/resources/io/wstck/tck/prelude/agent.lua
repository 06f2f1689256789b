-- Runs the script of one case in an agent's own Lua, for agents with the capability `lua` (Lua 5.1 and later).
--
-- The chunk returns a function. It takes the kit's request `script` as a table and a table `host` of the agent. It
-- returns the result of the request as a table that is ready for JSON. The agent has installed the documented module
-- `websocket` and the globals `channel`, `time`, `json` and `errors`. The globals must be new for each case.
--
-- The agent's `host` has these fields:
--
-- - `clock()`: milliseconds of a monotonic clock.
-- - `policy(rules)`: sets the policy for later connects. Absent without the capability `policy`.
-- - `context(present)`: whether later connects run in an execution context. Absent without the capability `context`.
-- - `parallel(client, calls)`: makes these calls at the same time. Absent without the capability `parallel-calls`.
-- - `load(text, name)`: compiles a chunk that uses the globals of the script, and returns a function, or nil and the
--   reason. Absent if scripts have `load` or `loadstring`.
-- - `results`: an empty table for the results. An agent that ends a script early answers with its contents. Optional.
--
-- This file writes to no global and to no module, because agents may protect both.

local function compiler(host)
  local compile = host.load or loadstring or load
  return function(text, name)
    local loaded, problem = compile(text, "@" .. name)
    if not loaded then error(problem, 0) end
    return loaded
  end
end

-- Wraps the module `time`. A script that calls one of these functions depends on a clock.
local function watched_time(results)
  local real = time
  if type(real) ~= "table" and type(real) ~= "userdata" then return real end
  local watched = {}
  for _, name in ipairs { "after", "sleep", "now", "since" } do
    local call = real[name]
    if call then
      watched[name] = function(...)
        results.clock = true
        return call(...)
      end
    end
  end
  return setmetatable(watched, { __index = real })
end

-- Runs the case file with these values as locals of its chunk. They are declared on the first line of the file, so that
-- line numbers do not change.
local function run_with_locals(chunk, source, file, values)
  local names, list = {}, {}
  for name in pairs(values) do names[#names + 1] = name end
  table.sort(names)
  for index, name in ipairs(names) do list[index] = values[name] end
  local declaration = "local " .. table.concat(names, ",") .. " = ... "
  chunk(declaration .. source, file)((table.unpack or unpack)(list, 1, #names))
end

-- Splits a text that begins with a position in the file: "file:12: message" becomes "file:12" and "message". Lua
-- versions show the name of a chunk unchanged, inside [string "…"], or without its beginning.
local function split_position(text, file)
  local first, last = text:find(#file > 50 and file:sub(-40) or file, 1, true)
  if not first or text:find("[:\n]") < first or text:find("prelude/", 1, true) == 1 then return nil, text end
  local line, message = text:match('^"?%]?:(%d+): ?(.*)$', last + 1)
  if not line then return nil, text end
  return file .. ":" .. line, message
end

-- Returns the position of the innermost active function of the file as "file:line", or nil. Lua versions count levels
-- of tail calls differently, so it tries all levels.
local function position_in(file)
  for level = 1, 40 do
    local _, at = pcall(error, "", level)
    local position = type(at) == "string" and split_position(at, file)
    if position then return position end
  end
  return nil
end

-- Returns the client function of the case, and the position of its declaration.
local function declared(request, chunk, results)
  local words = chunk(request.prelude["words.lua"], "prelude/words.lua")()
  words.want(request.case)
  local values = { time = watched_time(results), unpack = table.unpack or unpack }
  for word, meaning in pairs(words.globals) do values[word] = meaning end
  local declared_at = ""
  function values.case(id)
    if id == request.case then declared_at = position_in(request.file) or "" end
    return (words.globals.case(id))
  end
  run_with_locals(chunk, request.source, request.file, values)
  for _, case in ipairs(words.cases) do
    if case.id == request.case then return case.fields.client, declared_at end
  end
  error("expected " .. request.file .. " to declare " .. request.case .. ", found no such case", 0)
end

local UTF8 = { -- the valid forms of two, three and four bytes (RFC 3629 §4)
  "^[\194-\223][\128-\191]", "^\224[\160-\191][\128-\191]", "^[\225-\236\238\239][\128-\191][\128-\191]",
  "^\237[\128-\159][\128-\191]", "^\240[\144-\191][\128-\191][\128-\191]",
  "^[\241-\243][\128-\191][\128-\191][\128-\191]", "^\244[\128-\143][\128-\191][\128-\191]",
}

local function character(text, at)
  for _, form in ipairs(UTF8) do
    local found = text:match(form, at)
    if found then return found end
  end
  return nil
end

-- Replaces bytes that are not UTF-8 by U+FFFD, because JSON has only text.
local function valid(text)
  text = tostring(text)
  if not text:find("[\128-\255]") then return text end
  local parts, at = {}, 1
  while at <= #text do
    local plain = text:match("^[%z\1-\127]+", at)
    local part = plain or character(text, at)
    parts[#parts + 1] = part or "\239\191\189"
    at = at + (part and #part or 1)
  end
  return table.concat(parts)
end

local function add(results, list, entry)
  results[list] = results[list] or {}
  results[list][#results[list] + 1] = entry
end

-- Returns the host of `t`, which writes into the results.
local function host_of(request, host, results, declared_at)
  local begun = host.clock()
  local t = {
    urls = request.urls, nonce = request.host.nonce, accepts = request.host.accepts, clock = host.clock,
    made_up_errors = request.host.made_up_errors,
  }
  function t.record(name, strength, met, expected, actual, position, ms, min, max, what)
    local check = {
      name = name, strength = strength, met = met and true or false, expected = valid(expected), actual = valid(actual),
      position = position, at = host.clock() - begun,
    }
    if ms then check.measured = { ms = ms, min = min, max = max, what = what ~= "" and valid(what) or nil } end
    add(results, "checks", check)
  end
  -- A function that ends in a tail call to a check has no level of its own.
  function t.position() return position_in(request.file) or declared_at end
  function t.observe(text) add(results, "observations", valid(text)) end
  function t.outcome(id, seen) add(results, "outcomes", { id = id, seen = valid(seen) }) end
  function t.refused_url() return request.host.refused_url end
  t.policy, t.context, t.parallel = host.policy, host.context, host.parallel
  return t
end

-- Describes the error that ended the script. An error of the prelude has its position there.
local function raised(text, file)
  local position, message = split_position(text, file)
  if not position then position, message = text:match("^([^\n:]+:%d+): (.*)$") end
  return { message = message or text, position = position }
end

return function(request, host)
  local results = host.results or {}
  local chunk = compiler(host)
  local checks = chunk(request.prelude["checks.lua"], "prelude/checks.lua")()
  local make = chunk(request.prelude["script.lua"], "prelude/script.lua")()
  local client, declared_at = declared(request, chunk, results)
  local t = make(checks, host_of(request, host, results, declared_at))
  local ok, problem = pcall(client, t)
  if not ok and problem ~= checks.stopped then
    results.error = raised(valid(problem), request.file)
  end
  return results
end
