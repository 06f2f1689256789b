--- arguments and results
local function f(a, b) return b, a end
print(f(1, 2)) print(f(1)) print(f(1, 2, 3)) print((f(1, 2))) print(f(f(1, 2))) print(f(1, 2), f(3, 4))
--- varargs
local function n(...) return select('#', ...) end
local function id(...) return ... end
print(n(), n(nil), n(nil, nil), n(1, nil, 3), n(id()), n(id(nil)), n(id(), id()), n((id(1, 2))), n(id(1, 2), id(3, 4)))
print((function(...) local a, b = ... return a, b end)(1, 2, 3))
print((function(a, ...) return a, select('#', ...), ... end)(1, 2, nil))
print((function(...) local t = { ... } return #t, t[1], t[3] end)('x', 'y', 'z'))
print((function(...) local t = { 'a', ..., 'b' } return #t, t[2] end)(1, 2, 3))
print((function(...) return ..., 'end' end)(1, 2))
print((function(...) return (...) end)(1, 2))
print((function(...) for i, v in ipairs { ... } do print(i, v) end end)('p', 'q'))
--- select
print(select(1, 'a', 'b')) print(select(2, 'a', 'b')) print(select(3, 'a', 'b')) print(select(-1, 'a', 'b')) print(select(-2, 'a', 'b')) print(select('#')) print(select('2', 'a', 'b')) print(select(1.9, 'a', 'b')) print(select(100, 1))
--- closures
local function counter() local n = 0 return function() n = n + 1 return n end, function() return n end end
local inc, get = counter() inc() inc() local inc2 = counter() inc2()
print(get(), inc(), get(), inc2())
local fs = {} for i = 1, 3 do fs[i] = function() i = i + 10 return i end end print(fs[1](), fs[1](), fs[2](), fs[3]())
local fs = {} for _, v in ipairs { 'a', 'b' } do fs[#fs + 1] = function() return v end end print(fs[1](), fs[2]())
local i, fs = 1, {} while i <= 2 do local j = i fs[i] = function() j = j + 1 return j end i = i + 1 end print(fs[1](), fs[1](), fs[2]())
--- a local function sees itself
local function fact(n) return n <= 1 and 1 or n * fact(n - 1) end print(fact(10), fact(20))
local f = function() return f end print(f() == nil)
--- tail calls do not fill the stack
local function loop(n) if n == 0 then return 'end' end return loop(n - 1) end print(loop(10000))
local function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
odd = nil
--- methods
local t = { n = 1 } function t:add(x) self.n = self.n + x return self end function t.new() return 'new' end t.a = { b = {} } function t.a.b.c() return 'c' end function t.a.b:d() return self == t.a.b end
print(t:add(1):add(2).n, t.new(), t.a.b.c(), t.a.b:d())
--- calls without parentheses
local function f(x) return type(x), x end
print(f'text') print((f{ 1 })) print(f[[long]]) print(type(f{}), ('x'):rep(2), #f'abc')
--- a call with a string and a table in a chain
local o = setmetatable({}, { __call = function(self, x) return function(y) return x .. y end end }) print(o'a''b', o[[c]]'d')
--- assignments
local a, b, c = 1, 2 print(a, b, c) a, b = b, a print(a, b) local x, y = (function() return 1, 2, 3 end)() print(x, y)
local i, t = 1, {} i, t[i] = i + 1, 20 print(i, t[1], t[2])
local t = { 1, 2 } t[1], t[2] = t[2], t[1] print(t[1], t[2])
a, b, c = (function() return 1 end)(), 5 print(a, b, c) a = nil b = nil c = nil
--- arguments are evaluated from left to right
local log = {} local function l(x) log[#log + 1] = x return x end
local t = { l(1), l(2), [l(3)] = l(4) } print(l(5) + l(6) * l(7), l(8) == l(9)) print(table.concat(log, ' '))
--- many arguments
print(select('#', unpack({}, 1, 250)), (select(250, unpack({}, 1, 250))), math.max(unpack((function() local t = {} for i = 1, 200 do t[i] = i end return t end)())))
print(#{ unpack({}, 1, 5) }, #string.char(unpack((function() local t = {} for i = 1, 200 do t[i] = 65 end return t end)())))
--- recursion of some depth
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end print(depth(150), depth(1000))
--- print shows values with tostring
print(nil, true, false, 1, 1.5, 'x', setmetatable({}, { __tostring = function() return 'custom' end }))
print(tostring(nil), tostring(true), tostring('x'), tostring(1), tostring(setmetatable({}, { __tostring = function() return 'T' end })))
print(type(nil), type(1), type('x'), type({}), type(print), type(coroutine.create(print)), type(true))
print((tostring({}):gsub('0x%x+$', 'address')), (tostring(function() end):gsub('0x%x+$', 'address')), (tostring(coroutine.create(print)):gsub('0x%x+$', 'address')))
local function new() return function() end end
local t, f, c = {}, new(), coroutine.create(print)
print(tostring(t) == tostring(t), tostring(t) == tostring({}), tostring(f) == tostring(f), tostring(f) == tostring(new()), tostring(c) == tostring(c))
--- tostring wants a string of its metamethod
print(pcall(tostring, setmetatable({}, { __tostring = function() return 5 end })))
print(pcall(tostring, setmetatable({}, { __tostring = 5 })) == false)
--- load with a function
local parts, i = { 'return ', '1', ' + ', '2' }, 0
print(load(function() i = i + 1 return parts[i] end)())
local i = 0 print(load(function() i = i + 1 return ({ 'return 1', '' })[i] end)())
print(type(load(function() end))) print(type(load(function() return nil end)))
print(pcall(load, function() error('reader', 0) end))
print(pcall(load, function() return {} end))
print(pcall(load, function() error({}) end) == true, type(select(3, pcall(load, function() error({}) end))))
local n = 0 print(load(function() n = n + 1 if n == 3 then error('third', 0) end return 'x = 1 ' end))
--- loadstring
print(loadstring('return 1, 2')()) print(loadstring('return ...')(1, 2)) print(type(loadstring(''))) print(loadstring('x = ')) print(loadstring('return', '=n')()) print(select('#', loadstring('')()))
print(loadstring('local x = 5 return function() return x end')()())
--- loaded code sees globals, not locals
local x = 1 y_global = 2 print(loadstring('return x, y_global')()) y_global = nil
loadstring('z_global = 3')() print(z_global) z_global = nil
--- loadstring wants text
print(pcall(function() loadstring() end))
print(pcall(function() loadstring({}) end))
--- dates and times
print(os.date('!%Y-%m-%d %H:%M:%S', 0), os.date('!%d/%m/%y %I %p %j %w %%', 86400 * 45 + 3600 * 13), os.date('!%a %A %b %B %c %x %X %U %W', 1e9), os.date('!%H', 3599))
local t = os.date('!*t', 1e9) print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst)
print(os.date('%Y-%m-%d %H:%M:%S', 1e9) == os.date('%Y-%m-%d', 1e9) .. ' ' .. os.date('%X', 1e9), type(os.date()), os.date('') == '', os.date('x'))
print(os.time { year = 2001, month = 9, day = 9, hour = 1, min = 46, sec = 40 } == os.time { year = 2001, month = 9, day = 9, hour = 0, min = 106, sec = 40 }, os.time { year = 2020, month = 1, day = 1 } - os.time { year = 2020, month = 1, day = 1, hour = 0 }, os.time { year = '2020', month = 1, day = 31 + 29 + 1 } == os.time { year = 2020, month = 3, day = 1 })
print(os.difftime(10, 4), type(os.clock()), type(os.time()), os.time() % 1)
--- os.time wants a date
print(pcall(os.time, {}) == false, select(2, pcall(os.time, {})):match('missing in date table'))
print(pcall(os.time, { year = 2000, month = 1 }) == false, select(2, pcall(os.time, { year = 2000, month = 1 })):match("field 'day' missing in date table"))
print(pcall(function() local x = os.time(5) end))
print(pcall(function() local x = os.date({}) end))
--- collectgarbage
print(type(collectgarbage('count')), collectgarbage(), collectgarbage('collect')) print(pcall(function() collectgarbage('nonsense') end))
