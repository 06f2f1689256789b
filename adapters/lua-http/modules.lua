-- The documented modules `websocket`, `channel`, `time`, `json` and `errors`, on top of lua-http's client and of
-- cqueues.
--
-- They translate and no more. The library refuses some arguments by raising an error, which becomes an error that is
-- returned.

local cqueues = require "cqueues"
local condition = require "cqueues.condition"
local cjson = require "cjson"
local http_tls = require "http.tls"
local http_websocket = require "http.websocket"

local monotime = cqueues.monotime
local CAPACITY = 16 -- of a connection's channel
local UNITS = { h = 3600, m = 60, s = 1, ms = 1e-3, us = 1e-6, ["\194\181s"] = 1e-6, ["\206\188s"] = 1e-6, ns = 1e-9 }

-- A number of milliseconds or a duration such as "1m30s", in seconds. Raises an error for anything else.
local function seconds(duration)
  if duration == nil then return nil end
  if type(duration) == "number" then return duration / 1000 end
  local sum, rest = 0, tostring(duration)
  repeat
    local number, unit, behind = rest:match("^([%d.]+)([^%d.]+)(.*)$")
    if not (tonumber(number) and UNITS[unit]) then error("expected a duration, got " .. tostring(duration), 0) end
    sum, rest = sum + tonumber(number) * UNITS[unit], behind
  until rest == ""
  return sum
end

local errors = {}
for _, kind in ipairs { "UNKNOWN", "INVALID", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "UNAVAILABLE", "INTERNAL", "CANCELED",
  "CONFLICT", "TIMEOUT", "RATE_LIMITED" } do
  errors[kind] = kind
end

local Error = {}
Error.__index = Error
function Error:kind() return self.of_kind end
function Error:message() return self.text end
function Error:retryable() return self.may_retry end

local function failure(kind, problem, may_retry)
  return setmetatable({ of_kind = kind, text = tostring(problem or "the connection has ended"), may_retry = may_retry }, Error)
end

function errors.is(err, kind) return getmetatable(err) == Error and err.of_kind == kind end

-- A queue whose writer waits while it is full. A timer is one that gets its only value when it is due.
local Channel = {}
Channel.__index = Channel

local function new_channel(due)
  return setmetatable({ first = 1, last = 0, closed = false, changed = condition.new(), due = due }, Channel)
end

function Channel:put(value)
  while self.last - self.first + 1 >= CAPACITY and not self.closed do self.changed:wait() end
  if self.closed then return end
  self.last = self.last + 1
  self[self.last] = value
  self.changed:signal()
end

function Channel:finish()
  self.closed = true
  self.changed:signal()
end

-- Drops messages that the script has not received.
function Channel:discard()
  self.first = self.last + 1
  self:finish()
end

-- Whether there is something to receive: a value, or the end.
function Channel:ready()
  if self.due and monotime() >= self.due then
    self.due = nil
    self:put(true)
  end
  return self.first <= self.last or self.closed
end

function Channel:take()
  if self.first > self.last then return nil, false end
  local value = self[self.first]
  self[self.first] = nil
  self.first = self.first + 1
  self.changed:signal()
  return value, true
end

function Channel:receive()
  while not self:ready() do self.changed:wait(self.due and self.due - monotime()) end
  return self:take()
end

function Channel:case_receive() return { channel = self } end

local function chosen(cases)
  for _, case in ipairs(cases) do
    if case.channel:ready() then
      local value, ok = case.channel:take()
      return { channel = case.channel, value = value, ok = ok }
    end
  end
  return cases.default and { default = true } or nil
end

local channel = {}

function channel.select(cases)
  local found = chosen(cases)
  while not found do
    local waiting = {}
    for index, case in ipairs(cases) do
      waiting[index] = case.channel.changed
      if case.channel.due then waiting[#cases + 1] = math.min(waiting[#cases + 1] or math.huge, case.channel.due - monotime()) end
    end
    cqueues.poll(unpack(waiting))
    found = chosen(cases)
  end
  return found
end

local time = {}
function time.after(duration) return new_channel(monotime() + seconds(duration)) end
function time.sleep(duration) cqueues.sleep(seconds(duration)) end

-- The results of a call that returns a value, or nil and a problem, or raises an error.
local function returned(may_retry, call, ...)
  local ok, value, problem = pcall(call, ...)
  if not ok then return nil, failure("INVALID", value, false) end
  if not value then return nil, failure("INTERNAL", problem, may_retry) end
  return value, nil
end

local TYPES = { "text", "binary" }
local Client = {}
Client.__index = Client

function Client:channel() return self.messages end

function Client:send(data, type_number)
  local type_name = TYPES[type_number or 1]
  if not type_name then return nil, failure("INVALID", "expected the type 1 or 2, got " .. tostring(type_number), false) end
  return returned(false, self.connection.send, self.connection, data, type_name)
end

function Client:ping() return returned(false, self.connection.send_ping, self.connection, "") end

function Client:close(code, reason)
  self.closing = true
  self.messages:discard()
  return returned(false, self.connection.close, self.connection, code, reason)
end

-- Receives until the connection has ended, and then closes it, as the library asks of its users.
local function read(client)
  local data, type_name = client.connection:receive()
  while data do
    client.messages:put({ type = type_name, data = data })
    data, type_name = client.connection:receive()
  end
  client.messages:finish()
  if not client.closing then client.connection:close() end
end

-- Options that the library has nothing for. It can wait for a write no longer than some time, but goes on with the
-- write then.
local LACKING = { "read_timeout", "write_timeout", "read_limit", "channel_capacity", "compression_threshold" }

local function lack(options)
  for _, name in ipairs(LACKING) do
    if options[name] ~= nil then return name end
  end
  return options.compression ~= nil and options.compression ~= 0 and "compression" or nil
end

-- A header of the script replaces the library's; names that differ in case alone are one header with several lines. The
-- library writes Host from the field :authority.
local function add_headers(fields, headers)
  local given = {}
  for name, value in pairs(headers) do
    local field = name:lower()
    if field == "host" then field = ":authority" end
    if given[field] then fields:append(field, value) else fields:upsert(field, value) end
    given[field] = true
  end
end

-- A client that has not connected yet. The library raises what it refuses.
local function new_client(url, options, trust)
  local connection = http_websocket.new_from_uri(url, options.protocols)
  add_headers(connection.request.headers, options.headers or {})
  if trust then
    connection.request.ctx = http_tls.new_client_context()
    connection.request.ctx:getStore():add(trust)
  end
  return setmetatable({
    connection = connection, messages = new_channel(), closing = false, dial_timeout = seconds(options.dial_timeout),
  }, Client)
end

local modules = {}

-- Modules for one script, and `close`, which ends what the script has left open. `trust` is a PEM file, or nil;
-- `unsupported` is told what the library has not got.
function modules.new(controller, trust, unsupported)
  local clients = {}
  local websocket = {
    TEXT = 1, BINARY = 2, TYPE_TEXT = "text", TYPE_BINARY = "binary", TYPE_PING = "ping", TYPE_PONG = "pong", TYPE_CLOSE = "close",
    COMPRESSION = { DISABLED = 0, CONTEXT_TAKEOVER = 1, NO_CONTEXT = 2 },
    CLOSE_CODES = {
      NORMAL = 1000, GOING_AWAY = 1001, PROTOCOL_ERROR = 1002, UNSUPPORTED_DATA = 1003, NO_STATUS = 1005, ABNORMAL_CLOSURE = 1006,
      INVALID_PAYLOAD = 1007, POLICY_VIOLATION = 1008, MESSAGE_TOO_BIG = 1009, INTERNAL_ERROR = 1011, SERVICE_RESTART = 1012,
      TRY_AGAIN_LATER = 1013,
    },
  }

  function websocket.connect(url, options)
    options = options or {}
    local lacking = lack(options)
    if lacking then
      unsupported("the option " .. lacking)
      error("the library has no " .. lacking, 0)
    end
    local client, problem = returned(false, new_client, url, options, trust)
    if not client then return nil, problem end
    local connected, reason = returned(true, client.connection.connect, client.connection, client.dial_timeout)
    if not connected then return nil, reason end
    clients[#clients + 1] = client
    controller:wrap(function()
      local read_ok, raised = pcall(read, client)
      if not read_ok then io.stderr:write("receive raised ", tostring(raised), "\n") end
      client.messages:finish()
    end)
    return client, nil
  end

  local function close()
    for _, client in ipairs(clients) do
      client.closing = true
      client.messages:discard()
      if client.connection.readyState < 3 then client.connection.socket:shutdown("rw") end
    end
  end

  return {
    websocket = websocket, channel = channel, time = time, errors = errors,
    json = { encode = cjson.encode, decode = cjson.decode }, close = close,
  }
end

return modules
