--- values go in and out
local c = coroutine.create(function(a, b)
  print('in', a, b)
  local d, e = coroutine.yield(a + b)
  print('again', d, e)
  local f = coroutine.yield()
  print('last', f)
  return 'x', nil, 'z'
end)
print(coroutine.resume(c, 1, 2)) print(coroutine.resume(c, 3, 4)) print(coroutine.resume(c, 5)) print(coroutine.resume(c)) print(coroutine.resume(c))
--- the four states
local c, outer
c = coroutine.create(function()
  print('inside', coroutine.status(c), coroutine.status(outer))
  coroutine.yield()
end)
outer = coroutine.create(function() print(coroutine.status(outer)) coroutine.resume(c) print('back', coroutine.status(c)) end)
print(coroutine.status(c), coroutine.status(outer)) coroutine.resume(outer) print(coroutine.status(c), coroutine.status(outer)) coroutine.resume(c) print(coroutine.status(c))
--- an error ends the coroutine
local c = coroutine.create(function() error('boo') end)
print(coroutine.resume(c)) print(coroutine.status(c)) print(coroutine.resume(c))
local c = coroutine.create(function() error({ 1 }) end)
local ok, e = coroutine.resume(c) print(ok, type(e), e[1])
local c = coroutine.create(function() error() end) print(coroutine.resume(c))
local c = coroutine.create(function() local x = nil; x.y = 1 end) print(coroutine.resume(c))
--- wrap is a function that raises
local f = coroutine.wrap(function(...) print(...) print(coroutine.yield('a', 'b')) return 'end' end)
print(f(1, 2)) print(f(3)) print(pcall(f))
print(pcall(coroutine.wrap(function() error('boo', 0) end)))
print(pcall(coroutine.wrap(function() error({}) end)) == false)
--- an error in wrap keeps its position
print(pcall(coroutine.wrap(function() error('with position') end)))
--- calling a dead wrap has the position of the caller
local f = coroutine.wrap(function() end) f()
print(pcall(function() f() end))
--- a coroutine cannot resume itself or its resumer
local c c = coroutine.create(function() print((coroutine.resume(c))) end) coroutine.resume(c)
local f f = coroutine.wrap(function() print((pcall(f))) end) f()
local a, b a = coroutine.create(function() coroutine.resume(b) end) b = coroutine.create(function() print((coroutine.resume(a))) end) coroutine.resume(a)
--- yield outside of a coroutine fails
print((pcall(coroutine.yield))) print((pcall(function() coroutine.yield(1) end)))
--- coroutines want functions
print((pcall(coroutine.create, 1))) print((pcall(coroutine.create))) print((pcall(coroutine.wrap, {})))
print((pcall(coroutine.resume, 1))) print((pcall(coroutine.status, nil))) print((pcall(coroutine.resume)))
--- generators
local function range(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
local sum = 0 for i in range(100) do sum = sum + i end print(sum)
local function walk(t) if t then walk(t[1]) coroutine.yield(t[2]) walk(t[3]) end end
for v in coroutine.wrap(function() walk({ { nil, 1 }, 2, { { nil, 3 }, 4 } }) end) do print(v) end
--- coroutines in coroutines
local function gen(n) return coroutine.wrap(function() if n > 0 then for v in gen(n - 1) do coroutine.yield(v) end end coroutine.yield(n) end) end
gen = function(n) return coroutine.wrap(function() if n > 0 then for v in gen(n - 1) do coroutine.yield(v) end end coroutine.yield(n) end) end
local t = {} for v in gen(5) do t[#t + 1] = v end print(table.concat(t, ' '))
--- yield with many values
local c = coroutine.wrap(function() coroutine.yield(unpack({}, 1, 100)) end) print(select('#', c()))
print(select('#', coroutine.resume(coroutine.create(function() coroutine.yield() end))), select('#', coroutine.resume(coroutine.create(function() end))))
--- a coroutine knows itself
local c c = coroutine.create(function() print((coroutine.running()) == c) end) coroutine.resume(c)
--- a coroutine can be collected as a key and compared
local c = coroutine.create(print) local t = { [c] = 'v' } print(t[c], c == c, type(c), c == coroutine.create(print))
--- yield in an iterator, a metamethod's callee and a sort
for a in coroutine.wrap(function() for _, v in ipairs { 1, 2 } do coroutine.yield(v) end end) do print(a) end
--- errors inside of a wrap that is called inside of a coroutine
print(coroutine.resume(coroutine.create(function() coroutine.wrap(function() error({ 'inner' }) end)() end)) == false)
local function nested(n) if n == 0 then error(false) end coroutine.wrap(nested)(n - 1) end print(pcall(nested, 20))
--- error objects cross coroutines
local e = {}
print(select(2, coroutine.resume(coroutine.create(function() error(e) end))) == e, select(2, pcall(coroutine.wrap(function() error(e) end))) == e)
--- a coroutine that has ended with an error has ended
local c = coroutine.create(function() coroutine.yield(1) error('x', 0) end)
print(coroutine.resume(c)) print(coroutine.resume(c)) print(coroutine.resume(c)) print(coroutine.status(c))
--- locals live on over a yield
local c = coroutine.wrap(function() local t = {} for i = 1, 3 do t[#t + 1] = coroutine.yield(#t) end return table.concat(t, ',') end)
print(c(), c('a'), c('b'), c('c'))
--- varargs over a yield
local c = coroutine.wrap(function(...) coroutine.yield() return select('#', ...), ... end) c(1, nil, 3, nil) print(c())
local c = coroutine.create(function(...) coroutine.yield() return select('#', ...), ... end) coroutine.resume(c, 'a', 'b') local x, y, z = 1, 2, 3 print(coroutine.resume(c))
local c = coroutine.wrap(function() local a, b = 'a', 'b' coroutine.yield(a, b) a, b = 1, 2 coroutine.yield(a, b) end)
print((function(...) c() return ... end)(c()))
print((function(...) local kept = function(...) c() return ... end return ... end)('x'))
--- a tail call in a coroutine
local function f(n) if n == 0 then return 'done' end coroutine.yield(n) return f(n - 1) end
local c = coroutine.wrap(function() return f(3) end) print(c(), c(), c(), c())
--- a tail call of yield
local c = coroutine.wrap(function(...) return coroutine.yield(...) end) print(c(1, 2)) print(c(3, 4))
--- resume returns as many values as there are
print(coroutine.resume(coroutine.create(function(...) return ... end), nil, nil))
