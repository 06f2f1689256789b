-- Stands between a script and the module `websocket`: what a fault does not change is handed on as it is (Lua 5.1).
--
-- The chunk returns a function that takes the inner module, the fault, and what Java offers a fault as `kit`, and returns the module
-- that the script gets. The fault may change `module` and `client`, the globals of the session, and use:
--
--   kit.client(real)         a client value for the script; its methods are those of `client`, `self.real` is the one behind it
--   kit.tap(real, receive)   a channel for the script whose receive() is receive(real); always the same for the same channel
--   kit.failures(change)     every error value that the module or a client returns is replaced by change(err)
--   kit.dial(url), kit.handshake(url), kit.hold(url)   raw sockets: connect and close; handshake and close; connect and keep
--   kit.hang(), kit.interrupt(), kit.raise(text)   never returns; interrupts the thread; raises an error of the JVM
--   kit.remember(name, text)  keeps it for all sessions, unless something is kept there: returns that; kit.remembered(name) asks only

local METHODS = { "send", "ping", "channel", "receive", "close" }

-- Selects see the channel behind a tap, and scripts must see the tap again.
local function install_taps(kit)
  local taps, select = {}, channel.select
  function kit.tap(real, receive)
    if not taps[real] then
      local tap = { real = real }
      function tap.receive() return receive(real) end
      function tap.case_receive() return real:case_receive() end
      taps[real] = tap
    end
    return taps[real]
  end
  function channel.select(cases)
    local result = select(cases)
    if result.channel ~= nil and taps[result.channel] then result.channel = taps[result.channel] end
    return result
  end
end

return function(inner, fault, kit)
  local module, client = {}, {}
  local meta = { __index = client }
  for name, value in pairs(inner) do module[name] = value end
  for _, name in ipairs(METHODS) do
    client[name] = function(self, ...) return self.real[name](self.real, ...) end
  end

  function kit.client(real) return setmetatable({ real = real }, meta) end

  function module.connect(...)
    local real, err = inner.connect(...)
    if not real then return real, err end
    return kit.client(real), err
  end

  function kit.failures(change)
    local function changed(f)
      return function(...)
        local result, err = f(...)
        if not result and err ~= nil then err = change(err) end
        return result, err
      end
    end
    module.connect, client.send = changed(module.connect), changed(client.send)
    client.ping, client.close = changed(client.ping), changed(client.close)
  end

  install_taps(kit)
  fault(module, client, kit)
  return module
end
