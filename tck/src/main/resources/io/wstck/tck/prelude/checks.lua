-- What both witnesses share: showing values, comparing them, and recording a check (Lua 5.1).
--
-- The same file in the kit and in agents that run scripts themselves, on any Lua from 5.1 on: what differs is the `host`.
--
-- The chunk returns a table; its `new` takes the host and makes an object whose checks are recorded there. Besides the object itself, on
-- which a failed check ends the function that made it where `stop` says so, there is its twin `should`, which only records.

local checks = {}

-- Raised by a check that ends the script; the kit knows it by its identity.
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

-- Long ones by their beginning, their end and their length; of bytes that are shown by their numbers fewer.
local function show_string(value)
  if #value <= 160 then return quoted(value) end
  local head = 120
  if #quoted(value:sub(1, head)) > 2 * head then head = 20 end
  return quoted(value:sub(1, head)) .. " … " .. quoted(value:sub(-20)) .. " (" .. #value .. " bytes)"
end

-- An error object answers to its documented methods.
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
  -- Later versions of Lua show whole numbers that are floats with a fraction.
  if type(value) == "number" and value == math.floor(value) and math.abs(value) < 1e15 then
    return string.format("%.0f", value)
  end
  return tostring(value)
end

local UNITS = {
  h = 3600000, m = 60000, s = 1000, ms = 1, us = 0.001, ["\194\181s"] = 0.001, ["\206\188s"] = 0.001, ns = 0.000001,
}

-- A duration as scripts write it, in milliseconds: a number of them, or a Go duration such as "1m30s".
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

-- A list of results with a known length, as "a, b, c".
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

-- Raises an error where the case called the check: a field that the check does not know would be a demand that nobody looks at.
local function require_fields(check, fields, known)
  if type(fields) ~= "table" then error(check .. ": expected a table, got " .. show(fields), 3) end
  for key in pairs(fields) do
    local found = false
    for _, name in ipairs(known) do found = found or key == name end
    if not found then
      error(check .. ": expected fields out of " .. table.concat(known, ", ") .. ", got " .. show(key), 3)
    end
  end
end

local methods = {}

function methods:check(met, name, expected, actual)
  self.host.record(name, self.strength, met, expected, actual, self.host.position())
  if not met and self.stops then error(stopped, 0) end
  return met
end

-- A check of a time in milliseconds; the kit keeps what was measured. Two clocks may be 5 ms apart. A time that is too long is asked for
-- the part of it that is not the client's: `transfer()`.
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

-- `actual` says what was seen where the value is not true: a phrase, or a value.
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

-- Makes the object and its `should`, with more methods on top of the shared ones.
function checks.new(host, more, stops)
  local all = {}
  for name, method in pairs(methods) do all[name] = method end
  for name, method in pairs(more) do all[name] = method end
  local meta = { __index = all }
  local should = setmetatable({ host = host, strength = "should", stops = false }, meta)
  return setmetatable({ host = host, strength = "case", stops = stops, should = should }, meta)
end

checks.show, checks.show_list, checks.same, checks.stopped = show, show_list, same, stopped
checks.require_fields = require_fields

return checks
