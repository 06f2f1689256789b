-- Makes `w`: the checks of the reference server's journal (Lua 5.1).
--
-- The chunk returns a function that takes `checks` (prelude/checks.lua) and the kit's `host`, and returns `w`.
-- `host.entries` has the entries of the journal before the epilogue, as tables. `host.compresses` says which messages
-- the client compresses, by its description.

local TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
local unpack = table.unpack or unpack

return function(checks, host)
  local w = {}
  local show = checks.show

  -- Returns the bytes of a payload as far as the journal has them.
  local function payload(entry) return entry.text or entry.data end

  local function shown(entry)
    if payload(entry) then return show(payload(entry)) end
    return string.format("%d bytes, sha256 %s", entry.length, tostring(entry.sha256))
  end

  local function select_entries(type_name, accepts)
    local found = {}
    for _, entry in ipairs(host.entries) do
      if entry.type == type_name and (not accepts or accepts(entry)) then found[#found + 1] = entry end
    end
    return found
  end

  local function incoming(opcode)
    return select_entries("frame", function(entry)
      return entry.direction == "in" and (not opcode or entry.opcode == opcode)
    end)
  end

  function w:entries(type_name) return select_entries(type_name) end
  function w:frames() return incoming() end

  function w:sent_frames()
    return select_entries("frame", function(entry) return entry.direction == "out" end)
  end

  -- Returns the code of a close frame (nil if it has none), its reason, and its bytes.
  local function close_parts(entry)
    local bytes = payload(entry) or ""
    if #bytes < 2 then return nil, "", bytes end
    return bytes:byte(1) * 256 + bytes:byte(2), bytes:sub(3), bytes
  end

  local LONGEST_CONTROL = 125 -- RFC 6455 §5.5; the journal may not have the payload of a longer one

  local function show_close(entry)
    if entry.length > LONGEST_CONTROL then return "a close frame of " .. entry.length .. " bytes" end
    local code, reason, bytes = close_parts(entry)
    if #bytes == 0 then return "an empty close frame" end
    if not code then return "a close frame with the payload " .. show(bytes) end
    return string.format("a close frame with code %d and reason %s", code, show(reason))
  end

  local function expected_close(expected)
    if expected.empty then return "one empty close frame" end
    return "one close frame" .. (expected.code and " with code " .. tostring(expected.code) or "")
      .. (expected.reason and " and reason " .. show(expected.reason) or "")
  end

  function w:client_closed(expected)
    expected = expected or {}
    checks.require_fields(host, "client_closed", expected, { "code", "reason", "empty" })
    local closes = incoming(CLOSE)
    local met = #closes == 1
    if met then
      local code, reason, bytes = close_parts(closes[1])
      met = (not expected.empty or #bytes == 0)
        and (expected.code == nil or expected.code == code)
        and (expected.reason == nil or expected.reason == reason)
    end
    local parts = {}
    for index, entry in ipairs(closes) do parts[index] = show_close(entry) end
    return self:check(met, "client_closed", expected_close(expected),
      #parts == 0 and "no close frame" or table.concat(parts, ", then "))
  end

  -- Returns the index of the first entry that `accepts` returns true for.
  local function first(accepts)
    for index, entry in ipairs(host.entries) do
      if accepts(entry) then return index end
    end
    return nil
  end

  local function is_close(direction)
    return function(entry)
      return entry.type == "frame" and entry.opcode == CLOSE and entry.direction == direction
    end
  end

  function w:ended_cleanly()
    local from_client, from_server = first(is_close("in")), first(is_close("out"))
    local ended = first(function(entry) return entry.type == "client-ended" end)
    local problem
    if not from_client then problem = "no close frame from the client"
    elseif not from_server then
      problem = ended and "the client ended TCP before a close frame of the server" or "no close frame from the server"
    elseif ended and (ended < from_client or ended < from_server) then
      problem = "the client ended TCP before both close frames had crossed"
    end
    return self:check(problem == nil, "ended_cleanly",
      "both close frames on the wire, and TCP not ended by the client before that", problem or "so it was")
  end

  function w:server_ended_first()
    local server = first(function(entry) return entry.type == "server-ended" end)
    local client = first(function(entry) return entry.type == "client-ended" end)
    local actual = "the server did"
    if client and (not server or client < server) then actual = "the client did"
    elseif not server then actual = "neither did" end
    return self:check(server ~= nil and (client == nil or server < client), "server_ended_first",
      "the server ends TCP first", actual)
  end

  local NAMES = { text = true, binary = true }

  function w:received(expected)
    local messages = select_entries("message", function(entry) return entry.direction == "in" end)
    local wanted, came = {}, {}
    local met = #messages == #expected
    for index, message in ipairs(expected) do
      if not NAMES[message[1]] then error("received: expected text or binary, got " .. show(message[1]), 2) end
      wanted[index] = message[1] .. " " .. show(message[2])
      local entry = messages[index]
      met = met and entry ~= nil and entry.message_type == message[1]
        and (payload(entry) == message[2] or (payload(entry) == nil and entry.sha256 == host.sha256(message[2])))
    end
    for index, entry in ipairs(messages) do came[index] = entry.message_type .. " " .. shown(entry) end
    return self:check(met, "received", #wanted == 0 and "no message" or table.concat(wanted, ", "),
      #came == 0 and "no message" or table.concat(came, ", "))
  end

  local function control(self, name, opcode, expected)
    local frames, came, wanted = incoming(opcode), {}, {}
    for index, entry in ipairs(frames) do came[index] = shown(entry) end
    local actual = #came == 0 and "none" or #came .. ": " .. table.concat(came, ", ")
    if type(expected) == "number" then
      return self:check(#frames == expected, name, tostring(expected), actual)
    end
    local met = #frames == #expected
    for index, bytes in ipairs(expected) do
      wanted[index] = show(bytes)
      met = met and frames[index] ~= nil and (payload(frames[index]) or "") == bytes
    end
    return self:check(met, name, #wanted == 0 and "none" or #wanted .. ": " .. table.concat(wanted, ", "), actual)
  end

  function w:pings(expected) return control(self, "pings", PING, expected) end
  function w:pongs(expected) return control(self, "pongs", PONG, expected) end

  function w:no_frames()
    local frames, came = incoming(), {}
    for index, entry in ipairs(frames) do came[index] = string.format("opcode %d %s", entry.opcode, shown(entry)) end
    return self:check(#frames == 0, "no_frames", "no frame from the client", table.concat(came, ", "))
  end

  local function of_server(name)
    return function(entry) return entry.server == (name or "main") end
  end

  function w:connections(expected, name)
    local opened = select_entries("tcp-opened", of_server(name))
    if expected == 0 then host.unvisited(name or "main") end
    return self:check(#opened == expected, "connections",
      string.format("%d connections to the server %s", expected, name or "main"), tostring(#opened))
  end

  function w:requests(name) return select_entries("request", of_server(name)) end

  function w:request(name)
    local request = self:requests(name)[1]
    self:check(request ~= nil, "request", "a request at the server " .. (name or "main"), request and "one" or "none")
    if not request then error(checks.stopped, 0) end
    return request
  end

  function w:header(name)
    local values = {}
    for _, header in ipairs(self:request().headers) do
      if header[1]:lower() == name:lower() then values[#values + 1] = header[2] end
    end
    return values
  end

  local function messages(direction, name)
    return select_entries("message", function(entry)
      return entry.direction == direction and (name == nil or entry.server == name)
    end)
  end

  function w:messages(name) return messages("in", name) end
  function w:sent_messages() return messages("out") end

  -- RFC 7692 §6 lets the sender decide which messages it compresses. A `should` therefore demands no more than the
  -- client's
  -- description promises.
  local LONG = 65536 -- longer than any threshold of a client

  local function is_own_choice(entry)
    return host.compresses == "never" or host.compresses == "above-own-threshold" and entry.length < LONG
  end

  -- The words for the values of a field. An uncompressed message has no field `alone`.
  local STATES = {
    compressed = { [true] = "compressed", [false] = "plain" },
    alone = { [true] = "inflating on its own", [false] = "inflating only with earlier ones" },
  }

  local MAX_LISTED = 4

  -- Formats a list of { index, entry, state } by state: "messages 2 (99 bytes) and 4 (99 bytes) plain".
  local function list_by_state(list)
    local states, by_state = {}, {}
    for _, one in ipairs(list) do
      local group = by_state[one.state]
      if not group then
        group = {}
        states[#states + 1], by_state[one.state] = one.state, group
      end
      group[#group + 1] = string.format("%d (%s)", one.index, one.entry.length == 1 and "1 byte" or one.entry.length .. " bytes")
    end
    local parts = {}
    for _, state in ipairs(states) do
      local group = by_state[state]
      local shown = { unpack(group, 1, math.min(#group, MAX_LISTED)) }
      local more = #group > #shown and " and " .. #group - #shown .. " more" or ""
      parts[#parts + 1] = (#group == 1 and "message " or "messages ") .. table.concat(shown, ", ") .. more .. " " .. state
    end
    return table.concat(parts, "; ")
  end

  -- Checks a field of the client's messages. `expected` is a boolean for all messages, at least one, or a list with a
  -- value
  -- for each message.
  local function check_each(self, name, field, expected)
    if type(expected) ~= "boolean" and type(expected) ~= "table" then
      error(name .. ": expected true, false or a list, got " .. show(expected), 3)
    end
    local states = STATES[field]
    local function state(value) return value == nil and "plain" or states[value] end
    local all, wanted, wrong = {}, {}, {}
    for index, entry in ipairs(messages("in")) do
      local should = expected
      if type(expected) == "table" then should = expected[index] end
      local chosen = self.strength == "should" and not entry.compressed and is_own_choice(entry)
      local one = { index = index, entry = entry, state = state(entry[field]) }
      all[index] = one
      if should ~= nil and not chosen and entry[field] ~= should then
        wrong[#wrong + 1] = one
        wanted[#wanted + 1] = { index = index, entry = entry, state = state(should) }
      end
    end
    local count = type(expected) == "table" and #expected
    if #all == 0 or count and count ~= #all then
      return self:check(#all == count, name, count and count .. " messages" or "each message " .. states[expected],
        #all == 0 and "no message" or #all .. (#all == 1 and " message" or " messages"))
    end
    return self:check(#wrong == 0, name, type(expected) == "table" and list_by_state(#wrong == 0 and all or wanted)
      or "each message " .. states[expected], list_by_state(#wrong == 0 and all or wrong))
  end

  function w:compressed(expected) return check_each(self, "compressed", "compressed", expected) end
  function w:alone(expected) return check_each(self, "alone", "alone", expected) end

  local TOKEN = "[^%s,;=\"]+"

  -- Parses one extension of a list (RFC 6455 §9.1) from a position on. Returns it and the position after it, or nil and
  -- the
  -- same position if there is none.
  local function extension(text, position)
    local comma = position == 1 and "^[%s,]*(" or "^,[%s,]*("
    local name, at = text:match(comma .. TOKEN .. ")%s*()", position)
    if not name then return nil, position end
    local params = {}
    while true do
      local param, after = text:match("^;%s*(" .. TOKEN .. ")%s*()", at)
      if not param then return { name = name, params = params }, at end
      local value, behind = text:match('^=%s*"([^"]*)"%s*()', after)
      if not value then value, behind = text:match("^=%s*(" .. TOKEN .. ")%s*()", after) end
      params[param], at = value or true, behind or after
    end
  end

  -- Returns the extensions in these headers, the text of the headers, and the position where it stops being a list of
  -- extensions.
  local function extensions(headers)
    local lines = {}
    for _, header in ipairs(headers) do
      if header[1]:lower() == "sec-websocket-extensions" then lines[#lines + 1] = header[2] end
    end
    local text, found = table.concat(lines, ", "), {}
    local one, position = extension(text, 1)
    while one do
      found[#found + 1] = one
      one, position = extension(text, position)
    end
    return found, text, position
  end

  function w:offer(name)
    local offers, text, position = extensions(self:request(name).headers)
    if text:find("[^%s,]", position) then
      self:check(false, "offer", "extensions as in RFC 6455 §9.1", show(text))
      error(checks.stopped, 0)
    end
    return offers
  end

  -- Returns whether the answer grants what an offer demands of the server. Other parameters are hints (RFC 7692
  -- §7.1.1.1,
  -- §7.1.2.1).
  local function meets(answer, offer)
    local takeover, bits = "server_no_context_takeover", "server_max_window_bits"
    return answer.name == offer.name and (answer.params[takeover] or not offer.params[takeover])
      and (not offer.params[bits] or (tonumber(answer.params[bits]) or 16) <= (tonumber(offer.params[bits]) or 15))
  end

  function w:meets_offer(value, name)
    local answer = extension(value:match("^%s*(.*)$"), 1)
    for _, offer in ipairs(self:offer(name)) do
      if meets(answer, offer) then return true end
    end
    return false
  end

  function w:answered(name)
    local response = select_entries("response", of_server(name))[1]
    for _, one in ipairs(response and extensions(response.headers) or {}) do
      if one.name == "permessage-deflate" then return one.params end
    end
    return nil
  end

  -- Raises an error if the reference server itself did not do what the case needs. That is not a finding about the
  -- client.
  function w:server_did(met, what)
    if not met then error("the reference server did not do what the case needs: " .. what, 2) end
  end

  return checks.new(host, w, false, "w")
end
