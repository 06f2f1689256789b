-- Makes `t`: the URLs of the session, and checks of the results of the documented API (Lua 5.1).
--
-- The chunk returns a function that takes `checks` (prelude/checks.lua) and the `host`, and returns `t`. The host has
-- these fields:
--
-- - `urls`, `nonce`, `accepts`: tables and text of the case.
-- - `record(name, strength, met, expected, actual, position[, ms, min, max, what])`: records a check.
-- - `observe(text)`, `outcome(id, seen)`: record an observation and an accepted outcome.
-- - `position()`: the position in the case that called the check, as "file:line".
-- - `clock()`: milliseconds of a monotonic clock.
-- - `policy(rules)`, `context(present)`, `refused_url()`: implement the functions of these names.
-- - `transfer(begun, ended)`: milliseconds within that interval that passed between the script and the client. Absent
--   if both run in the same process.
-- - `parallel(client, calls)`: makes calls at the same time, for clients without a method `kit_parallel`. Absent if the
--   agent cannot.
-- - `question(name, known)`: the end of the sentence about a name that is not among the known ones. These are one text,
--   with spaces between them. Absent in agents.
-- - `made_up_errors`: true if the adapter decides the kinds of errors, not the client.

-- Packs the results of a call with their number. Lua 5.1 has unpack, later versions have table.unpack.
local function pack(...) return { n = select("#", ...), ... } end
local unpack = table.unpack or unpack

return function(checks, host)
  local t = {}
  local show, show_list, same = checks.show, checks.show_list, checks.same
  local alive = 0

  function t:url(name)
    local url = host.urls[name or "main"]
    if not url then error("the case has no server " .. tostring(name or "main"), 2) end
    return url
  end

  function t:refused_url() return host.refused_url() end
  function t:policy(rules) host.policy(rules) end
  function t:context(present) host.context(present) end

  -- Shows the names and lengths of headers. Their values may be credentials.
  local function shown_headers(headers)
    local parts = {}
    for name, value in pairs(headers) do parts[#parts + 1] = show(name) .. " = (" .. #tostring(value) .. " bytes)" end
    table.sort(parts)
    return "{ " .. table.concat(parts, ", ") .. " }"
  end

  local function shown_options(options)
    if type(options) ~= "table" or type(options.headers) ~= "table" then return show(options) end
    local rest = {}
    for key, value in pairs(options) do
      if key ~= "headers" then rest[key] = value end
    end
    local headers = "headers = " .. shown_headers(options.headers)
    return next(rest) == nil and "{ " .. headers .. " }" or (show(rest):gsub(" }$", "")) .. ", " .. headers .. " }"
  end

  -- Records the call as a row of the transcript. It checks nothing.
  local function record_connect(url, options)
    local call = "websocket.connect(" .. show(url) .. (options == nil and "" or ", " .. shown_options(options)) .. ")"
    host.record("call", "case", true, "", call, host.position())
  end

  -- Records a call that may be a connect: its first argument is then a URL.
  local function record_call(url, options)
    if type(url) == "string" and url:find("^wss?://") then record_connect(url, options) end
  end

  -- Checks only that there is a client. The case connect.returns checks the other results.
  function t:connected(client, err)
    self:check(client ~= nil and client ~= false, "connect", "a client", show_list({ client, err }, 2))
    return client
  end

  function t:connect(options, name)
    local url = self:url(name)
    record_connect(url, options)
    return self:connected(require("websocket").connect(url, options))
  end

  local function is_message(type_name, data, message, ok)
    return ok == true and message ~= nil and message.type == type_name and message.data == data
  end

  local function shown_message(message, ok)
    if type(message) == "table" and message.type then
      return string.format("%s message %s, %s", tostring(message.type), show(message.data), tostring(ok))
    end
    return show_list({ message, ok }, 2)
  end

  -- Checks only the echo. The case send.returns checks the results of send.
  function t:alive(client)
    alive = alive + 1
    local text = "alive " .. host.nonce .. "-" .. alive
    client:send(text)
    local message, ok = client:channel():receive()
    self:check(is_message("text", text, message, ok), "alive", "the echo of a text", shown_message(message, ok))
  end

  -- Opens a working connection in a case about something else. Its failure has a finding of its own.
  function t:control(options, name)
    local url = self:url(name)
    record_connect(url, options)
    local client, err = require("websocket").connect(url, options)
    self:check(client ~= nil and client ~= false, "control connection",
      "a client, from a server that answers as the client's offer permits", show_list({ client, err }, 2))
    self:alive(client)
    return client
  end

  -- Echoes all messages. The client of an adapter has a method that does it without calls over the adapter's protocol.
  function t:echo(client)
    if client.kit_echo then return client:kit_echo() end
    local messages, bytes = 0, 0
    for msg in function() return (client:channel():receive()) end do
      client:send(msg.data, msg.type == "binary" and 2 or 1)
      messages, bytes = messages + 1, bytes + #msg.data
    end
    return messages, bytes
  end

  -- Makes calls on one client at the same time, each `{ "send", data, type }`, `{ "ping" }` or `{ "close", code }`. The
  -- first call starts at once, the others 50 ms later. Waits until all have returned. Returns a list with `true` for
  -- each
  -- call, or the reason why it failed. Needs the capability `parallel-calls`.
  function t:in_parallel(client, calls)
    if client.kit_parallel then return client:kit_parallel(calls) end
    return host.parallel(client, calls)
  end

  -- Checks that a call returned this channel; `what` names the channel.
  function t:same_channel(expected, actual, what)
    return self:ok(actual == expected, what, actual == nil and "no channel" or "another channel")
  end

  -- Needs the capability `web`.
  function t:attributes(client)
    local attributes, err = client:kit_attributes()
    self:check(attributes ~= nil, "attributes", "the attributes of the WebSocket object", show_list({ attributes, err }, 2))
    return attributes
  end

  function t:returns(expected, ...)
    local actual, length = { ... }, select("#", ...)
    local wanted = 0
    for index in pairs(expected) do wanted = math.max(wanted, index) end
    local met = true
    for index = 1, math.max(wanted, length) do
      met = met and same(expected[index], actual[index])
    end
    return self:check(met, "returns", show_list(expected, wanted), show_list(actual, length))
  end

  local function describe_failure(expected)
    if host.made_up_errors and (expected.kind or expected.retryable ~= nil) then
      return "nil or false, and an error (which kind it has is not the client's doing)"
    end
    local retryable = expected.retryable == nil and "" or expected.retryable and ", retryable" or ", not retryable"
    return "nil or false, and an error" .. (expected.kind and " of kind " .. expected.kind or "") .. retryable
  end

  -- Returns why these are not the results of a call that failed as expected, or nil if they are.
  local function failure_mismatch(expected, value, err)
    if value ~= nil and value ~= false then return "the call succeeded" end
    if err == nil then return "no error object" end
    local ok, problem = pcall(function()
      if expected.kind and not host.made_up_errors and not errors.is(err, errors[expected.kind]) then
        return "another kind"
      end
      local retryable = err:retryable()
      if type(retryable) ~= "boolean" then return "retryable() is no boolean" end
      if expected.retryable ~= nil and not host.made_up_errors and retryable ~= expected.retryable then
        return "retryable is " .. tostring(retryable)
      end
      local message = err:message()
      if type(message) ~= "string" or message == "" then return "message() is no text" end
    end)
    if not ok then return "no error object: " .. tostring(problem) end
    return problem
  end

  function t:fails(expected, ...)
    checks.require_fields(host, "fails", expected, { "kind", "retryable" })
    local value, err = ...
    local mismatch = failure_mismatch(expected, value, err)
    self:check(mismatch == nil, "fails", describe_failure(expected),
      show_list({ ... }, select("#", ...)) .. (mismatch and " (" .. mismatch .. ")" or ""))
    return err
  end

  local function attempt(f, ...)
    local results = pack(pcall(f, ...))
    if not results[1] then
      if results[2] == checks.stopped then error(results[2], 0) end
      return "raised", tostring(results[2])
    end
    if results[2] == nil or results[2] == false then
      if results[3] ~= nil then return "error", results[3] end
    end
    return "ok", unpack(results, 2, results.n)
  end

  -- RFC 6455 §7.1.7 requires that the client ends the connection. Only the documentation requires an error of
  -- connect(). If
  -- connect() succeeds, a send shows whether the client continues, and the step of the server judges that.
  function t:fails_connection(url, options)
    record_connect(url, options)
    local outcome, result = attempt(require("websocket").connect, url, options)
    local actual = outcome == "raised" and "raised " .. result or show(result)
    self.should:check(outcome == "error", "fails_connection", "nil or false, and an error",
      outcome == "ok" and actual .. " (the call succeeded)" or actual)
    if outcome == "ok" then attempt(result.send, result, "on a connection that had to fail") end
  end

  function t:message(type_name, data, message, ok)
    return self:check(is_message(type_name, data, message, ok), "message",
      string.format("%s message %s, true", type_name, show(data)), shown_message(message, ok))
  end

  function t:closed(message, ok)
    return self:check(message == nil and ok == false, "closed", "nil, false", shown_message(message, ok))
  end

  -- Records the results in the transcript, even if the case accepts all of them.
  function t:attempt(f, ...)
    record_call(...)
    local results = pack(attempt(f, ...))
    local shown
    if results[1] == "ok" then
      shown = show_list({ unpack(results, 2, results.n) }, results.n - 1)
    else
      shown = results[1] == "raised" and "raised " .. results[2] or show(results[2])
    end
    self:check(true, "attempt", "", shown)
    return unpack(results, 1, results.n)
  end

  function t:takes(min, max, f, ...)
    record_call(...)
    local begun = host.clock()
    local results = pack(f(...))
    local ended = host.clock()
    self:measured("takes", min, max, ended - begun, nil, host.transfer and function() return host.transfer(begun, ended) end)
    return unpack(results, 1, results.n)
  end

  return checks.new(host, t, true, "t")
end
