--- error adds the position of the line that calls it
print(pcall(function() error('a') end))
print(pcall(function()

error('b') end))
print(pcall(function() error('c', 1) end))
print(pcall(function() error('d', 0) end))
print(pcall(function() error('e', nil) end))
--- level 2 is the line of the caller
local function check() error('bad', 2) end
print(pcall(function()
  check()
end))
local function outer()
  check()
end
print(pcall(function()
  outer()
end))
--- level 3 and beyond
local function a() error('three', 3) end
local function b() a()
end
print(pcall(function()
  b()
end))
print(pcall(function() error('far', 100) end))
--- level 2 behind pcall has no line
print(pcall(error, 'x', 1))
print(pcall(error, 'x', 2))
print((pcall(function() error('x', 2) end)))
--- a position behind a tail call
local function fail() error('x') end
print(pcall(function() return fail() end))
print(pcall(function() return error('direct') end))
print(pcall(function()
  return string.rep()
end))
--- an error in a tail call of a library function
print(pcall(function() return string.rep('x', {}) end))
print(pcall(function()
  local x = 1
  return tostring()
end))
print(pcall(function() return setmetatable(1, {}) end))
print(pcall(function() return select(0) end))
print(pcall(function() return table.concat({ {} }) end))
local function caller()
  return error('two', 2)
end
print(pcall(function()
  caller()
end))
print(pcall(function() return pcall(error, 'in pcall', 1) end))
print(pcall(function() return tostring(setmetatable({}, { __tostring = function() error('inside') end })) end))
--- error values of every type stay as they are
for _, value in ipairs { 1, 1.5, true, false } do
  local ok, e = pcall(error, value)
  print(ok, type(e), e == value)
end
local t, f = {}, print
print(select(2, pcall(error, t)) == t, select(2, pcall(error, f)) == f, select('#', pcall(error)), select(2, pcall(error, nil)))
print(pcall(function() error() end))
print(pcall(function() error(nil) end))
print(pcall(function() error({}) end) == false, type(select(2, pcall(function() error({ code = 1 }) end))))
--- numbers as errors get a position, as strings do
local ok, e = pcall(function() error(42) end)
print(ok, e, type(e))
local ok, e = pcall(function() error(42, 0) end)
print(ok, e, type(e))
--- pcall returns what the function returns
print(pcall(function() end)) print(pcall(function() return nil end)) print(pcall(function() return 1, nil, 3 end)) print(pcall(function(...) return select('#', ...), ... end, 1, nil, nil))
print(select('#', pcall(function() end)), select('#', pcall(function() return nil, nil end)))
print((pcall(pcall))) print(pcall(pcall, error)) print(pcall(pcall, error, 'x')) print(pcall(pcall, pcall, error, 'x', 1))
--- pcall of what cannot be called
print(pcall(nil)) print(pcall(1)) print(pcall('x')) print(pcall({})) print(pcall(true))
print(pcall(function() local x = pcall() end))
print(pcall(setmetatable({}, { __call = function(self, a) return a end }), 5))
--- pcall in pcall
print(pcall(function()
  local ok, e = pcall(error, 'inner')
  error('outer: ' .. tostring(e), 0)
end))
print(pcall(function() pcall(error, 'lost') return 'on' end))
--- an error passes through functions
local function f(n) if n == 0 then error('deep') end f(n - 1) end
print(pcall(f, 50))
--- state stays as it was when the error came
local n = 0
pcall(function() n = n + 1 error() n = n + 1 end)
print(n)
--- xpcall hands the message to its handler
print(xpcall(function() error('x') end, function(m) return 'handled ' .. m end))
print(xpcall(function() error('x', 0) end, function(m) return m, 'second' end))
print(xpcall(function() return 1, 2 end, print))
print(xpcall(function() local t = nil; t.x = 1 end, function(m) return m end))
print(xpcall(error, function(m) return type(m) end))
--- xpcall with a handler that fails
print((xpcall(function() error('x') end, function(m) error('again') end)))
--- xpcall wants a function and a handler
print(pcall(function() local x = xpcall(print) end))
print(xpcall(nil, function(m) return 'handled ' .. m end))
--- a traceback begins with its message
local ok, trace = xpcall(function() error('x', 0) end, debug.traceback)
print(ok, trace:match('^x\nstack traceback:\n') ~= nil)
print(debug.traceback('message'):match('^message\nstack traceback:\n\t') ~= nil, debug.traceback():match('^stack traceback:\n\t') ~= nil)
print(type(debug.traceback({})), debug.traceback(5):match('^5\n') ~= nil)
--- assert
print(assert(1, 'x', nil)) print(assert('false')) print(select('#', assert(true, nil, nil)))
print(pcall(assert, false)) print(pcall(assert, nil, 'm')) print(tostring(select(2, pcall(assert, false, 42)))) print((pcall(assert)))
print(pcall(function() local x = assert() end))
--- calling what cannot be called
for _, code in ipairs { 'local f ; f()', 'f()', 'local t = {} ; t.x()', 'local t = {} ; t:x()', 'local t = { x = {} } ; t.x.y()', '("x")()', '(1)()', 'local s = "x" ; s:nothing()', 'local f = 5 ; f()', 'local f ; return f()', 'return f()', 'local t = {} ; return t.x()' , '(function() end)()()' } do
  print(code, pcall(loadstring(code, '=c')))
end
--- indexing what cannot be indexed
for _, code in ipairs { 'local t ; local x = t.a', 'local x = t.a', 'local t = {} ; local x = t.a.b', 't.a = 1', 'local t ; t.a = 1', 'local t = {} ; t.a.b = 1', 'local x = (1).a', 'local x = (nil)[1]', 'local t ; local f = function() return t.x end ; local y = f()', 'local t ; local f = function() t.x = 1 end ; f()', 'local b = true ; local x = b.y', 'local f = print ; local x = f.y', 'local t = {} ; local x = t.a.b.c', 'local t = { a = 1 } ; t.a.b = 1', 'local n = 5 ; n[1] = 2' } do
  print(code, pcall(loadstring(code, '=c')))
end
--- the line of an operator is the line of the expression
print(pcall(loadstring('local a\n\nlocal b = 1 + a', '=c')))
print(pcall(loadstring('local t = {}\nlocal x = t\n.a\n.b', '=c')))
print(pcall(loadstring('local t = {}\n\nt.x\n()', '=c')) == false)
print(pcall(loadstring('print(\n1,\nnil + 1)', '=c')))
--- a function of a library that calls back passes errors through
print(pcall(table.sort, { 2, 1 }, function() error('cmp', 0) end))
print(pcall(string.gsub, 'x', 'x', function() error('sub') end))
print(pcall(function() for k in (function() error('iterator') end) do end end))
print(pcall(function() local x = setmetatable({}, { __index = function() error('index') end }).y end))
print(pcall(function() return setmetatable({}, { __add = function() error('add') end }) + 1 end))
print(pcall(function() local x = tostring(setmetatable({}, { __tostring = function() error('tostring') end })) end))
--- what a library function says has the position of its caller
print(pcall(function() local x = setmetatable(1, {}) end))
print(pcall(function() local x = getmetatable() end))
print(pcall(function() local x = tostring() end))
print(pcall(function() local x = type() end))
print(pcall(function() local x = select(0) end))
print(pcall(function() local x = select('x') end))
print(pcall(function() local x = select(-2, 1) end))
print(pcall(function() local x = rawget() end))
print(pcall(function() local x = string.char(300) end))
print(pcall(function() local x = ('x'):rep(1, {}, {}) end) ~= nil)
--- a protected metatable cannot be changed
local t = setmetatable({}, { __metatable = 'mine' })
print(getmetatable(t), pcall(function() setmetatable(t, {}) end))
print(getmetatable(t), pcall(function() setmetatable(t, nil) end))
--- the name of a chunk in messages
print(pcall(loadstring('error("x")', '@file.lua')))
print(pcall(loadstring('error("x")', '=name')))
print(pcall(loadstring('error("x")', 'first line\nsecond')))
print(pcall(loadstring('error("x")')))
print(pcall(loadstring('\n\nerror("x")')))
print(pcall(loadstring('error("x")', '=')))
