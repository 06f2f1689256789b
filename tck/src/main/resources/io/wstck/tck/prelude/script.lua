-- What a script calls `t`: the session's URLs and the checks over what the documented API returned (Lua 5.1).
--
-- The chunk returns a function that takes `checks` (prelude/checks.lua) and the `host`, and makes `t`. The host has
--
--   urls, nonce, accepts         tables and text of the case
--   record(name, strength, met, expected, actual, position[, ms, min, max, what])    takes down a check
--   observe(text), outcome(id, seen)    take down what else is known
--   clock()                      milliseconds of a clock that never goes back
--   policy(rules), context(present), refused_url()    what stands behind the checks of these names
--   made_up_errors               true when the errors' kinds are an adapter's, and not the client's

-- Results of a call with their number; Lua 5.1 has unpack, later ones table.unpack.
local function pack(...) return { n = select("#", ...), ... } end
local unpack = unpack or table.unpack

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

  function t:connect(options, name)
    local client, err = require("websocket").connect(self:url(name), options)
    self:check(client ~= nil and client ~= false and err == nil, "connect", "a client and no error",
      show_list({ client, err }, 2))
    return client
  end

  function t:alive(client)
    alive = alive + 1
    local text = "alive " .. host.nonce .. "-" .. alive
    self:returns({ true }, client:send(text))
    self:message("text", text, client:channel():receive())
  end

  -- An adapter's client has a method of its own for it, which costs no calls.
  function t:echo(client)
    if client.kit_echo then return client:kit_echo() end
    local messages, bytes = 0, 0
    for msg in function() return (client:channel():receive()) end do
      local ok, err = client:send(msg.data, msg.type == "binary" and 2 or 1)
      if not ok then return nil, err end
      messages, bytes = messages + 1, bytes + #msg.data
    end
    return messages, bytes
  end

  -- Cases that ask for it need the capability `web`.
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

  -- Why these are not the results of a call that failed as expected; nil if they are.
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
    checks.require_fields("fails", expected, { "kind", "retryable" })
    local value, err = ...
    local mismatch = failure_mismatch(expected, value, err)
    self:check(mismatch == nil, "fails", describe_failure(expected),
      show_list({ ... }, select("#", ...)) .. (mismatch and " (" .. mismatch .. ")" or ""))
    return err
  end

  function t:message(type_name, data, message, ok)
    local met = ok == true and message ~= nil and message.type == type_name and message.data == data
    local actual = message ~= nil and ok ~= nil
      and string.format("%s message %s, %s", tostring(message.type), show(message.data), tostring(ok))
      or show_list({ message, ok }, 2)
    return self:check(met, "message", string.format("%s message %s, true", type_name, show(data)), actual)
  end

  function t:closed(message, ok)
    local actual = type(message) == "table" and message.type
      and string.format("%s message %s, %s", tostring(message.type), show(message.data), tostring(ok))
      or show_list({ message, ok }, 2)
    return self:check(message == nil and ok == false, "closed", "nil, false", actual)
  end

  function t:attempt(f, ...)
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

  function t:takes(min, max, f, ...)
    local begun = host.clock()
    local results = pack(f(...))
    self:measured("takes", min, max, host.clock() - begun)
    return unpack(results, 1, results.n)
  end

  return checks.new(host, t, true)
end
