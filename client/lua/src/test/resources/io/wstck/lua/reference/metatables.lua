--- arithmetic
local log = {}
local mt = {} for _, n in ipairs { 'add', 'sub', 'mul', 'div', 'mod', 'pow', 'unm', 'concat' } do mt['__' .. n] = function(a, b) return n .. ':' .. type(a) .. ',' .. type(b) end end
local o = setmetatable({}, mt)
print(o + 1, 1 + o, o - 1, 2 * o, o / 2, o % 2, o ^ 2, o .. 'x', 'x' .. o, o .. o, 1 .. o, o + '1', 'a' + o, nil == o)
print((-o):match('^unm'))
--- the first operand's metamethod wins
local a = setmetatable({}, { __add = function() return 'a' end }) local b = setmetatable({}, { __add = function() return 'b' end }) local c = {}
print(a + b, b + a, c + b, a + c, 1 + b)
--- a metamethod gives one value
local o = setmetatable({}, { __add = function() return 1, 2 end, __index = function() return 1, 2 end, __call = function() return 1, 2 end, __concat = function() end, __unm = function() end })
print(select('#', o + 1), select('#', o.x), select('#', o()), select('#', o .. ''), select('#', -o), (o .. '') == nil)
--- equality
local mt = { __eq = function(a, b) return a.n == b.n end }
local a, b, c = setmetatable({ n = 1 }, mt), setmetatable({ n = 1 }, mt), setmetatable({ n = 2 }, mt)
print(a == b, a ~= b, a == c, a ~= c, a == 1, a == a, rawequal(a, b), a == { n = 1 })
--- equality of any result is a boolean
local mt = { __eq = function() return 1 end } print(setmetatable({}, mt) == setmetatable({}, mt))
local mt = { __eq = function() return nil end } print(setmetatable({}, mt) == setmetatable({}, mt))
--- order
local mt = { __lt = function(a, b) return a.n < b.n end, __le = function(a, b) return a.n <= b.n end }
local a, b = setmetatable({ n = 1 }, mt), setmetatable({ n = 2 }, mt)
print(a < b, a > b, a <= b, a >= b, b < a, a < a, a <= a)
--- without __le, not b < a
local mt = { __lt = function(a, b) return a.n < b.n end } local a, b = setmetatable({ n = 1 }, mt), setmetatable({ n = 2 }, mt)
print(a <= b, b <= a, a <= a, a >= b)
--- index by function and by table
local o = setmetatable({ own = 1 }, { __index = function(t, k) return k .. '!' end }) print(o.own, o.x, o[1], rawget(o, 'x'))
local base = { a = 1, f = function() return 'f' end } local o = setmetatable({}, { __index = setmetatable(base, { __index = { b = 2 } }) }) print(o.a, o.b, o.c, o.f())
--- newindex by function and by table
local log = {} local o = setmetatable({ own = 1 }, { __newindex = function(t, k, v) log[#log + 1] = k .. '=' .. tostring(v) rawset(t, k, v) end }) o.own = 2 o.x = 3 o.x = 4 o.y = nil print(table.concat(log, ' '), o.own, o.x)
local target = {} local o = setmetatable({}, { __newindex = target }) o.x = 1 print(rawget(o, 'x'), target.x)
--- a chain of tables
local c = setmetatable({}, { __index = setmetatable({}, { __index = setmetatable({}, { __index = function(_, k) return 'end ' .. k end }) }) }) print(c.x)
--- call
local o = setmetatable({}, { __call = function(self, ...) return select('#', ...), ... end }) print(o(), o(1), o(1, nil)) print(pcall(o, 'x')) print(select(2, pcall(o)))
--- call of what calls something else
print(pcall(function() return setmetatable({}, { __call = 5 })() end) == false)
--- tostring
print(tostring(setmetatable({}, { __tostring = function(t) return 'object' end })))
--- classes
local Animal = {} Animal.__index = Animal function Animal.new(name) return setmetatable({ name = name }, Animal) end function Animal:speak() return self.name .. ' speaks' end
local Dog = setmetatable({}, { __index = Animal }) Dog.__index = Dog function Dog.new(name) local d = Animal.new(name) return setmetatable(d, Dog) end function Dog:speak() return Animal.speak(self) .. ': woof' end
print(Animal.new('cat'):speak(), Dog.new('rex'):speak(), getmetatable(Dog.new('x')) == Dog)
--- a metatable can be taken away
local t = setmetatable({}, { __index = { x = 1 } }) print(t.x, setmetatable(t, nil) == t, t.x, getmetatable(t))
--- getmetatable
print(getmetatable({}), getmetatable(1), getmetatable(nil), getmetatable(print), getmetatable(true))
local mt = {} print(getmetatable(setmetatable({}, mt)) == mt, getmetatable(setmetatable({}, { __metatable = false })), getmetatable(setmetatable({}, { __metatable = 'x' })))
--- weak tables work as tables
local t = setmetatable({}, { __mode = 'k' }) local k = {} t[k] = 1 t.x = 2 print(t[k], t.x) local w = setmetatable({ {}, 1, 'x' }, { __mode = 'v' }) print(w[2], w[3])
--- metamethods are read raw
local o = setmetatable({}, setmetatable({}, { __index = { __add = function() return 'inherited' end } })) print(pcall(function() return o + 1 end) == false)
--- an error in a metamethod names its line
local o = setmetatable({}, { __add = function(a, b)
  error('in add') end })
print(pcall(function() return o + 1 end))
--- concat of three with one object
local log = {} local mt = { __concat = function(a, b) log[#log + 1] = (type(a) == 'table' and 'T' or a) .. '|' .. (type(b) == 'table' and 'T' or b) return 'r' end } local o = setmetatable({}, mt)
print('a' .. o .. 'b', o .. 'a' .. 'b', 'a' .. 'b' .. o) print(table.concat(log, ' '))
--- loops through __index end with an error or a value
local t = {} setmetatable(t, { __index = t }) print(pcall(function() return t.x end) == false)
--- numbers have no metatable of their own
print(pcall(function() return (5).x end) == false, pcall(function() local n = 5 n.x = 1 end) == false)
