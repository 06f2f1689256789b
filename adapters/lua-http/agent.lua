-- wstck's agent for lua-http: it hosts Lua, and runs the scripts of cases in its own (docs/adapters.md). JSON lines in,
-- JSON lines out.
--
-- One controller of cqueues runs all coroutines: one that reads requests, one for each request, and one for each
-- connection.

local cqueues = require "cqueues"
local auxlib = require "cqueues.auxlib"
local condition = require "cqueues.condition"
local socket = require "cqueues.socket"
local cjson = require "cjson"
local modules = require "modules"
local version = require "http.version"

local LONGEST_LINE = 256 * 1024 * 1024
local INSTRUCTIONS = 1000000 -- between two looks at the clock of a script that does not wait

local controller = cqueues.new()
local sessions = {} -- lists of modules, by the name of the session
local trust

-- Functions of scripts beside the documented modules.
local BASE = {
  "assert", "error", "getmetatable", "ipairs", "next", "pairs", "pcall", "print", "rawequal", "rawget", "rawset", "select",
  "setmetatable", "tonumber", "tostring", "type", "unpack", "xpcall", "_VERSION",
}

local function copy(from)
  local to = {}
  for key, value in pairs(from) do to[key] = value end
  return to
end

-- New globals with the documented modules. Scripts cannot load chunks.
local function new_globals(documented)
  local globals = {}
  for _, name in ipairs(BASE) do globals[name] = _G[name] end
  for _, name in ipairs { "string", "table", "math" } do globals[name] = copy(_G[name]) end
  globals.coroutine = copy(coroutine)
  globals.coroutine.resume, globals.coroutine.wrap = auxlib.resume, auxlib.wrap -- a script's coroutine may wait, too
  globals.print = function(...) io.stderr:write(tostring((...)), "\n") end
  for _, name in ipairs { "channel", "time", "json", "errors" } do globals[name] = documented[name] end
  globals.require = function(name)
    if name ~= "websocket" then error("module " .. tostring(name) .. " not found", 2) end
    return documented.websocket
  end
  globals._G = globals
  return globals
end

local function milliseconds() return cqueues.monotime() * 1000 end

-- When the script of a coroutine has to have ended; ends one that never waits, for example in an endless loop.
local deadlines = setmetatable({}, { __mode = "k" })
debug.sethook(function()
  local deadline = deadlines[coroutine.running()]
  if deadline and cqueues.monotime() > deadline then error("time is over", 2) end
end, "", INSTRUCTIONS)

local function load_into(globals)
  return function(text, name)
    local chunk, problem = load(text, name, "t", globals)
    if chunk then jit.off(chunk, true) end -- compiled code does not call the hook
    return chunk, problem
  end
end

-- Plays the script in a coroutine of its own. When its time is over, the answer is what its checks have recorded until
-- then.
local function script(request)
  local unsupported
  local documented = modules.new(controller, trust, function(what) unsupported = what end)
  sessions[request.session] = sessions[request.session] or {}
  table.insert(sessions[request.session], documented)
  local globals = new_globals(documented)
  local host = {
    clock = milliseconds,
    load = load_into(globals),
    results = {},
  }
  local play = assert(host.load(request.prelude["agent.lua"], "@prelude/agent.lua"))()
  local done, finished = condition.new(), false
  local deadline = cqueues.monotime() + request.host.limit_ms / 1000
  local problem
  controller:wrap(function()
    deadlines[coroutine.running()] = deadline
    local ok, raised = pcall(play, request, host)
    finished, problem = true, not ok and tostring(raised) or nil
    done:signal()
  end)
  while not finished and cqueues.monotime() < deadline do done:wait(deadline - cqueues.monotime()) end
  if unsupported then return { unsupported = unsupported } end
  if problem then return { trouble = problem } end
  local result = copy(host.results)
  result.overtime = cqueues.monotime() >= deadline or nil
  return { results = { result } }
end

local operations = { script = script }

function operations.hello(request)
  trust = request.trust
  return { results = { {
    name = version.name, version = version.version, language = jit.version,
    capabilities = { "headers", "lua", "ping", "subprotocols", "timeouts", "tls" },
    behaviour = { options_not_settable = { "read_timeout", "write_timeout" } },
  } } }
end

function operations.noop() return { results = { true } } end

operations["end"] = function(request)
  for _, documented in ipairs(sessions[request.session] or {}) do documented.close() end
  sessions[request.session] = nil
  return { results = { true } }
end

local function answer(line, write)
  local request = cjson.decode(line)
  local operation = operations[request.op]
  local reply = operation and operation(request) or { unsupported = "operation " .. request.op }
  reply.id = request.id
  write(cjson.encode(reply) .. "\n")
end

-- The lines from the kit, and what writes to it: standard input and output, or the TCP port that it names.
local function control()
  local address = os.getenv("WSTCK_CONTROL")
  local from
  if address then
    from = socket.connect(address:match("^%[?(.-)%]?:(%d+)$"))
    from:setmode("b", "bn")
    from:setmaxline(LONGEST_LINE)
    return from, function(text) assert(from:write(text)) end
  end
  from = socket.fdopen(0)
  from:setmode("b", "b")
  from:setmaxline(LONGEST_LINE)
  return from, function(text)
    io.stdout:write(text)
    io.stdout:flush()
  end
end

controller:wrap(function()
  local from, write = control()
  for line in from:lines("*l") do
    controller:wrap(answer, line, write)
  end
  os.exit(0, false)
end)

while true do
  local ok, problem = controller:step()
  if not ok then io.stderr:write(tostring(problem), "\n") end
end
