-- Plays the script of one case in an agent's own Lua, for agents that host Lua (Lua 5.1 and later).
--
-- The chunk returns a function that takes the kit's request `script`, as a table, and what the agent offers as `host`, and returns
-- the result to answer with, as a table that is ready for JSON. The agent has installed the documented module `websocket` and the
-- globals `channel`, `time`, `json` and `errors`, in globals that no other case has seen. The host has
--
--   clock()             milliseconds of a clock that never goes back
--   policy(rules)       judge the following connects by these rules; absent without the capability `policy`
--   context(present)    whether the following connects happen in an execution context; absent without the capability `context`

local load_text = loadstring or load
unpack = unpack or table.unpack -- what cases are written for

local function chunk(text, name)
  local loaded, problem = load_text(text, "@" .. name)
  if not loaded then error(problem, 0) end
  return loaded
end

-- What has asked for the time shows that the case goes by a clock.
local function notice_clock(results)
  for _, name in ipairs { "after", "sleep", "now", "since" } do
    local real = type(time) == "table" and time[name]
    if real then
      pcall(function()
        time[name] = function(...)
          results.clock = true
          return real(...)
        end
      end)
    end
  end
end

local function declared(request)
  local words = chunk(request.prelude["words.lua"], "prelude/words.lua")()
  words.want(request.case)
  for word, meaning in pairs(words.globals) do _G[word] = meaning end
  chunk(request.source, request.file)()
  for _, case in ipairs(words.cases) do
    if case.id == request.case then return case.fields.client end
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
local function host_of(request, host, results)
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
  function t.observe(text) add(results, "observations", valid(text)) end
  function t.outcome(id, seen) add(results, "outcomes", { id = id, seen = valid(seen) }) end
  function t.refused_url() return request.host.refused_url end
  t.policy, t.context = host.policy, host.context
  return t
end

return function(request, host)
  local results = {}
  local checks = chunk(request.prelude["checks.lua"], "prelude/checks.lua")()
  local make = chunk(request.prelude["script.lua"], "prelude/script.lua")()
  local client = declared(request)
  notice_clock(results)
  local t = make(checks, host_of(request, host, results))
  local ok, problem = pcall(client, t)
  if not ok and problem ~= checks.stopped then
    local text = valid(problem)
    local position, message = text:match("^([^\n:]+:%d+): (.*)$")
    results.error = { message = message or text, position = position }
  end
  return results
end
