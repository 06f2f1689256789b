-- Plays the script of one case in an agent's own Lua, for agents that host Lua (Lua 5.1 and later).
--
-- The chunk returns a function that takes the kit's request `script`, as a table, and what the agent offers as `host`, and returns
-- the result to answer with, as a table that is ready for JSON. The agent has installed the documented module `websocket` and the
-- globals `channel`, `time`, `json` and `errors`, in globals that no other case has seen. The host has
--
--   clock()             milliseconds of a clock that never goes back
--   policy(rules)       judge the following connects by these rules; absent without the capability `policy`
--   context(present)    whether the following connects happen in an execution context; absent without the capability `context`
--   parallel(client, calls)    makes these calls at the same time; absent without the capability `parallel-calls`
--   load(text, name)    compiles a chunk that runs in the script's globals: a function, or nil and the reason. Absent where scripts
--                       have `load` or `loadstring`
--   results             an empty table to record into. A host that ends a script early answers with what is in it. May be absent
--
-- Nothing here writes to a global or to a module, since hosts may protect both.

local function compiler(host)
  local compile = host.load or loadstring or load
  return function(text, name)
    local loaded, problem = compile(text, "@" .. name)
    if not loaded then error(problem, 0) end
    return loaded
  end
end

-- The module `time`; a case that asks it for the time shows that it goes by a clock.
local function noticed_time(results)
  local real = time
  if type(real) ~= "table" and type(real) ~= "userdata" then return real end
  local noticed = {}
  for _, name in ipairs { "after", "sleep", "now", "since" } do
    local call = real[name]
    if call then
      noticed[name] = function(...)
        results.clock = true
        return call(...)
      end
    end
  end
  return setmetatable(noticed, { __index = real })
end

-- Runs the case file with these values as locals of its chunk. They are declared on the file's first line, so that lines keep their numbers.
local function run_with_locals(chunk, source, file, values)
  local names, list = {}, {}
  for name in pairs(values) do names[#names + 1] = name end
  table.sort(names)
  for index, name in ipairs(names) do list[index] = values[name] end
  local declaration = "local " .. table.concat(names, ",") .. " = ... "
  chunk(declaration .. source, file)((table.unpack or unpack)(list, 1, #names))
end

-- Splits a text that begins with a position in the file, such as "file:12: message", into "file:12" and the message. Hosts show the
-- name of a chunk as it is, within [string "…"], or with its beginning cut off.
local function split_position(text, file)
  local first, last = text:find(#file > 50 and file:sub(-40) or file, 1, true)
  if not first or text:find("[:\n]") < first or text:find("prelude/", 1, true) == 1 then return nil, text end
  local line, message = text:match('^"?%]?:(%d+): ?(.*)$', last + 1)
  if not line then return nil, text end
  return file .. ":" .. line, message
end

-- Where the innermost function of the file stands that is under way, as "file:line"; nil without one. Hosts differ in the levels that a tail
-- call leaves behind, so all levels are tried.
local function position_in(file)
  for level = 1, 40 do
    local _, at = pcall(error, "", level)
    local position = type(at) == "string" and split_position(at, file)
    if position then return position end
  end
  return nil
end

-- The client function of the case, and where the file declares the case.
local function declared(request, chunk, results)
  local words = chunk(request.prelude["words.lua"], "prelude/words.lua")()
  words.want(request.case)
  local values = { time = noticed_time(results), unpack = table.unpack or unpack }
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

-- JSON carries text only: bytes that are no UTF-8 become U+FFFD.
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

-- The host of `t`, which writes into the results.
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
  -- A case whose function ends in a tail call to the check has no level any more.
  function t.position() return position_in(request.file) or declared_at end
  function t.observe(text) add(results, "observations", valid(text)) end
  function t.outcome(id, seen) add(results, "outcomes", { id = id, seen = valid(seen) }) end
  function t.refused_url() return request.host.refused_url end
  t.policy, t.context, t.parallel = host.policy, host.context, host.parallel
  return t
end

-- An error that has ended the script; an error inside the prelude has its position there.
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
