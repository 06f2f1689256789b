-- A proxy between a script and the module `websocket`. It forwards every call that the fault does not change. Lua 5.1.
--
-- The chunk returns a function. Its arguments are the real module, the fault, and `kit` with Java functions for faults.
-- It returns the module for the script. The fault may change `module`, `client` and the globals of the session.
-- It may call these functions:
--
-- * kit.client(real): returns a client value with the methods of `client`; its `self.real` is the real client value
-- * kit.tap(real, receive): returns a channel whose receive() calls receive(real); one tap per real channel
-- * kit.failures(change): replaces every error value that the module or a client returns with change(err)
-- * kit.dial(url): connects a raw socket and closes it
-- * kit.handshake(url): connects a raw socket, makes the opening handshake and closes it
-- * kit.hold(url): connects a raw socket and keeps it open
-- * kit.hang(): never returns
-- * kit.interrupt(): interrupts the thread
-- * kit.raise(text): raises an error of the JVM
-- * kit.remember(name, text): stores a text for all sessions, unless one is stored; returns the earlier text
-- * kit.remembered(name): returns the stored text

local METHODS = { "send", "ping", "channel", "receive", "close" }

-- channel.select returns the real channel. This replaces it with the tap that the script knows.
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
