-- Runs driver.lua under a Lua of its own: arguments are the driver, the folder of the prelude, and the kind of host.
local prelude = {}
for _, name in ipairs { "agent.lua", "words.lua", "checks.lua", "script.lua" } do
  local file = assert(io.open(arg[2] .. "/" .. name, "rb"))
  prelude[name] = file:read("*a")
  file:close()
end
assert(loadfile(arg[1]))()(prelude, print, arg[3])
