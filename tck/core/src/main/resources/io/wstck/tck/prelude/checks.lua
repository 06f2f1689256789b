-- The parts that `t` and `w` share: formatting values, comparing them, and recording checks (Lua 5.1).
--
-- The kit and the agents that run scripts use this file unchanged, on Lua 5.1 and later. They differ in their `host`.
--
-- The chunk returns a table. Its function `new` takes the host and returns an object whose checks are recorded there.
-- With `stops`, a failed check of this object ends the function that made it. Checks of its field `should` only record.

local checks = {}

-- A failed check raises this value to end the script. The kit recognizes it by identity.
local stopped = setmetatable({}, { __tostring = function() return "a check was not met" end })

local function quoted(text)
  local escaped = text:gsub('[%z\1-\31\127"\\]', function(c)
    if c == "\n" then return "\\n" end
    if c == "\r" then return "\\r" end
    if c == '"' or c == "\\" then return "\\" .. c end
    return string.format("\\%03d", c:byte())
  end)
  return '"' .. escaped .. '"'
end

-- Shortens long strings to their beginning, end and length. Of strings with many escapes it shows less.
local function show_string(value)
  if #value <= 160 then return quoted(value) end
  local head = 120
  if #quoted(value:sub(1, head)) > 2 * head then head = 20 end
  return quoted(value:sub(1, head)) .. " … " .. quoted(value:sub(-20)) .. " (" .. #value .. " bytes)"
end

-- Formats an error object by its documented methods. Returns nil for other values.
local function show_error(value)
  local ok, message, retryable = pcall(function() return value:message(), value:retryable() end)
  if not ok then return nil end
  local known, kind = pcall(function() return value:kind() end)
  return string.format("error %s, %s: %s", known and tostring(kind) or "of unknown kind",
    retryable == true and "retryable" or retryable == false and "not retryable" or "retryable = " .. tostring(retryable),
    tostring(message))
end

local show

local function show_table(value, depth)
  if depth > 3 then return "{…}" end
  local parts, listed = {}, {}
  for index, item in ipairs(value) do
    listed[index] = true
    if index > 20 then
      parts[#parts + 1] = "…"
      break
    end
    parts[#parts + 1] = show(item, depth + 1)
  end
  local named = {}
  for key, item in pairs(value) do
    if not listed[key] and not (type(key) == "number" and key > 20) then
      named[#named + 1] = tostring(key) .. " = " .. show(item, depth + 1)
    end
  end
  table.sort(named)
  for _, part in ipairs(named) do parts[#parts + 1] = part end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

function show(value, depth)
  if type(value) == "string" then return show_string(value) end
  if type(value) == "table" or type(value) == "userdata" then
    local failure = show_error(value)
    if failure then return failure end
  end
  if type(value) == "table" and not getmetatable(value) then return show_table(value, depth or 1) end
  -- Lua 5.3 and later format floats with a whole value as "1.0".
  if type(value) == "number" and value == math.floor(value) and math.abs(value) < 1e15 then
    return string.format("%.0f", value)
  end
  return tostring(value)
end

local UNITS = {
  h = 3600000, m = 60000, s = 1000, ms = 1, us = 0.001, ["\194\181s"] = 0.001, ["\206\188s"] = 0.001, ns = 0.000001,
}

-- Converts a duration of a script to milliseconds: a number of milliseconds, or a Go duration such as "1m30s".
local function milliseconds(duration)
  if type(duration) == "number" then return duration end
  local sum, rest = 0, tostring(duration)
  repeat
    local number, unit, behind = rest:match("^([%d.]+)([^%d.]+)(.*)$")
    if not (tonumber(number) and UNITS[unit]) then
      error("expected a duration such as \"50ms\" or \"1.5s\", got " .. show(duration), 0)
    end
    sum, rest = sum + tonumber(number) * UNITS[unit], behind
  until rest == ""
  return sum
end

-- Formats a list of results with a known length as "a, b, c".
local function show_list(list, length)
  local parts = {}
  for index = 1, length do parts[index] = show(list[index]) end
  return length == 0 and "nothing" or table.concat(parts, ", ")
end

local function same(a, b)
  if a == b then return true end
  if type(a) ~= "table" or type(b) ~= "table" then return false end
  if getmetatable(a) or getmetatable(b) then return false end
  for key, value in pairs(a) do
    if not same(value, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

-- Returns the question for a name that is not known, such as `; did you mean "connect"?`. Agents ask none.
local function question(host, name, known)
  return host.question and host.question(tostring(name), table.concat(known, " ")) or ""
end

-- Raises an error at the caller of the check for an unknown field, because the check would ignore it.
local function require_fields(host, check, fields, known)
  if type(fields) ~= "table" then error(check .. ": expected a table, got " .. show(fields), 3) end
  for key in pairs(fields) do
    local found = false
    for _, name in ipairs(known) do found = found or key == name end
    if not found then
      error(check .. ": expected fields out of " .. table.concat(known, ", ") .. ", got " .. show(key)
        .. question(host, key, known), 3)
    end
  end
end

local methods = {}

function methods:check(met, name, expected, actual)
  self.host.record(name, self.strength, met, expected, actual, self.host.position())
  if not met and self.stops then error(stopped, 0) end
  return met
end

-- Checks a time in milliseconds and records it. Two clocks may differ by 5 ms. If the time is too long, `transfer()`
-- returns the part of it that passed between the kit and the client, and that part is subtracted.
function methods:measured(name, min, max, took, what, transfer)
  local low, high = milliseconds(min), milliseconds(max)
  local prefix = what and what .. ": " or ""
  local expected = prefix .. "between " .. tostring(min) .. " and " .. tostring(max)
  local actual = prefix .. string.format("%.1fms", took)
  local foreign = took > high and transfer and transfer() or 0
  if foreign > 0 then
    actual = actual .. string.format(", %.1fms of it on the way between the kit and the client", foreign)
    took = math.max(low, took - foreign)
  end
  local met = took >= low - 5 and took <= high
  self.host.record(name, self.strength, met, expected, actual, self.host.position(), took, low, high, what or "")
  if not met and self.stops then error(stopped, 0) end
  return met
end

function methods:took(min, max, took, what) return self:measured("took", min, max, took, what) end

function methods:equal(expected, actual, what)
  local prefix = what and what .. ": " or ""
  return self:check(same(expected, actual), "equal", prefix .. show(expected), prefix .. show(actual))
end

-- If the value is not true, `actual` says what was seen: a phrase or a value.
function methods:ok(value, expected, actual)
  local seen = expected
  if not value then
    if actual == nil then actual = expected and "it is not so" or value end
    seen = type(actual) == "string" and #actual <= 300 and actual or show(actual)
  end
  return self:check(value and true or false, "ok", expected or "a true value", seen or show(value))
end

function methods:observe(text)
  self.host.observe(tostring(text))
end

function methods:accept(outcome, detail)
  local listed = {}
  for id in pairs(self.host.accepts) do listed[#listed + 1] = id end
  table.sort(listed)
  local met = self.host.accepts[outcome] ~= nil
  local seen = tostring(outcome) .. (detail ~= nil and ": " .. (type(detail) == "string" and detail or show(detail)) or "")
  self:check(met, "accept", "one of: " .. table.concat(listed, ", "), seen)
  if met then self.host.outcome(outcome, seen) end
end

-- Returns the object with the shared methods and `more`, and its field `should`. `object` is its name in cases. A
-- method that it does not have is an error in the line that names it.
function checks.new(host, more, stops, object)
  local all = {}
  for name, method in pairs(methods) do all[name] = method end
  for name, method in pairs(more) do all[name] = method end
  setmetatable(all, {
    __index = function(_, name)
      local known = { "should" }
      for method in pairs(all) do known[#known + 1] = method end
      error("unknown method " .. show(name) .. " of " .. object .. question(host, name, known), 2)
    end,
  })
  local meta = { __index = all }
  local should = setmetatable({ host = host, strength = "should", stops = false }, meta)
  return setmetatable({ host = host, strength = "case", stops = stops, should = should }, meta)
end

checks.show, checks.show_list, checks.same, checks.stopped = show, show_list, same, stopped
checks.require_fields = require_fields

return checks
