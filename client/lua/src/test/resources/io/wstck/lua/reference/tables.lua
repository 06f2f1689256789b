--- concat joins a list
print(table.concat({}), table.concat({ 1, 2, 3 }), table.concat({ 'a', 'b' }, ', '), table.concat({ 1, 2, 3 }, '-', 2), table.concat({ 1, 2, 3 }, '-', 2, 3), table.concat({ 1, 2, 3 }, '-', 3, 2), table.concat({ 1.5, 1e100 }, ' '))
print(table.concat({ 'a' }, 'x', 1, 1), table.concat({ [5] = 'e', [6] = 'f' }, '+', 5, 6), table.concat({ 1, 2 }, 0))
--- concat refuses what has no text
print(pcall(function() local x = table.concat({ 1, {}, 3 }) end))
print(pcall(function() local x = table.concat({ 1, 2 }, ',', 1, 3) end))
print(pcall(function() local x = table.concat({ true }) end))
print(pcall(function() local x = table.concat({}, {}) end))
print(pcall(function() local x = table.concat(1) end))
print(pcall(function() local x = table.concat() end))
--- concat looks at the table itself
print(pcall(table.concat, setmetatable({}, { __index = function(_, i) return i end }), ',', 1, 3) == false)
--- insert at the end and in the middle
local function list(t) local s = {} for i = 1, #t do s[i] = tostring(t[i]) end return table.concat(s, ' ') end
local t = {}
table.insert(t, 'a') table.insert(t, 'c') table.insert(t, 2, 'b') table.insert(t, 1, 'z') table.insert(t, 5, 'e')
print(list(t), #t)
table.insert(t, #t + 1, 'end') print(list(t))
--- insert has no result
print(select('#', table.insert({}, 1)), select('#', table.insert({}, 1, 2)))
--- insert wants a position and a value
print(pcall(function() table.insert({}) end))
print(pcall(function() table.insert({}, 1, 2, 3) end))
print(pcall(function() table.insert(nil, 1) end))
print(pcall(function() table.insert({}, 'x', 1) end))
print(pcall(function() table.insert() end))
--- insert behind the end leaves a gap
local t = { 1, 2 }
table.insert(t, 5, 'five')
print(t[1], t[2], t[3], t[5])
--- remove from the end, the middle, and nothing
local t = { 'a', 'b', 'c', 'd' }
print(table.remove(t), table.remove(t, 1), table.concat(t, ' '), table.remove(t, 1), table.remove(t), #t)
print(select('#', table.remove({})), select('#', table.remove({}, 1)), table.remove({ 1 }, 2))
print(pcall(function() table.remove() end))
print(pcall(function() table.remove({ 1 }, 'x') end))
--- remove behind the end does nothing
local t = { 1, 2, 3 }
print(select('#', table.remove(t, 4)), select('#', table.remove(t, 5)), select('#', table.remove(t, 0)), #t)
--- sort with the operator
local t = { 3, 1, 2 } table.sort(t) print(table.concat(t, ' '))
local t = { 'b', 'a', 'C', '' } table.sort(t) print(table.concat(t, ' '))
local t = {} table.sort(t) print(#t)
local t = { 1 } table.sort(t) print(t[1])
local t = { 2.5, -1, 1e10, 0, -1e10 } table.sort(t) print(table.concat(t, ' '))
--- sort with a function
local t = { 3, 1, 2 } table.sort(t, function(a, b) return a > b end) print(table.concat(t, ' '))
local t = {} for i = 1, 100 do t[i] = (i * 37) % 101 end table.sort(t) print(table.concat(t, ' '))
local t = {} for i = 1, 100 do t[i] = (i * 37) % 101 end table.sort(t, function(a, b) return a > b end) print(table.concat(t, ' '))
--- sort with a metamethod
local mt = { __lt = function(a, b) return a.n < b.n end }
local t = {} for _, n in ipairs { 3, 1, 2 } do t[#t + 1] = setmetatable({ n = n }, mt) end
table.sort(t) print(t[1].n, t[2].n, t[3].n)
--- sort has no result
print(select('#', table.sort({})))
--- sort cannot compare everything
print((select(2, pcall(table.sort, { 1, 'a' })):gsub('^chunk:%d+: ', '')))
print((select(2, pcall(table.sort, { {}, {} })):gsub('^chunk:%d+: ', '')))
print((select(2, pcall(table.sort, { true, false })):gsub('^chunk:%d+: ', '')))
print(pcall(function() table.sort({ 1, 2 }, 1) end))
print(pcall(function() table.sort(1) end))
print(pcall(function() table.sort({ 2, 1 }, function() error('order') end) end))
--- a sort with an order that makes no sense ends
local t = { 5, 2, 8, 1, 9, 3 }
print(type(pcall(table.sort, t, function() return true end)), #t)
--- unpack
print(unpack({ 1, 2, 3 })) print(unpack({ 1, 2, 3 }, 2)) print(unpack({ 1, 2, 3 }, 2, 3)) print(unpack({ 1, 2 }, 1, 4)) print(unpack({}, 1, 0)) print(select('#', unpack({}))) print(unpack({ 1, 2, 3 }, -1, 1))
print(select('#', unpack({}, 1, 3)), unpack({ 'a', nil, 'c' }, 1, 3))
print(pcall(function() local x = unpack() end))
print(pcall(function() local x = unpack(1) end))
print(pcall(function() local x = unpack({}, 1, 1e8) end))
--- the length operator
print(#{}, #{ 1, 2, 3 }, #{ n = 1 }, #{ 1, 2, nil }, #{ [1] = 1, [2] = 2 }, #{ nil }, #'abc')
local t = {} for i = 1, 100 do t[i] = i end for i = 100, 51, -1 do t[i] = nil end print(#t)
local t = { 1, 2, 3 } t[#t + 1] = 4 t[#t] = nil print(#t)
--- next walks through a table
print(next({}), next({ 1 }), next({ a = 1 }), (next({ 1 }, 1)))
local t = { 1, 2, 3 } print(next(t), next(t, 1), next(t, 2), next(t, 3))
print(pcall(next, {}, 'x') == false)
print(pcall(function() next(1) end))
print(pcall(function() next() end))
--- pairs sees every key once
local seen = {}
for k, v in pairs { 'a', 'b', x = 1, y = 2, [10] = 3, [1.5] = 4 } do seen[#seen + 1] = tostring(k) .. '=' .. tostring(v) end
table.sort(seen) print(table.concat(seen, ' '))
for k in pairs {} do print('never') end
--- the list part comes first and in order
local keys = {} for k in pairs { 'a', 'b', 'c', 'd' } do keys[#keys + 1] = k end print(table.concat(keys, ' '))
--- fields may be removed while pairs walks
local t = {} for i = 1, 50 do t['k' .. i] = i end
local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 end
print(n, next(t))
--- fields may be changed while pairs walks
local t = { a = 1, b = 2, c = 3 } for k, v in pairs(t) do t[k] = v * 2 end print(t.a, t.b, t.c)
--- pairs wants a table
print(pcall(function() for _ in pairs(nil) do end end))
print(pcall(function() for _ in pairs() do end end))
print(pcall(function() for _ in ipairs(nil) do end end))
print(pcall(function() for _ in ipairs() do end end))
print(pcall(function() for _ in nil do end end))
print(pcall(function() for _ in 5 do end end))
print(pcall(function() local t = {} for _ in t.x do end end))
--- ipairs ends at the first nil
for i, v in ipairs { 1, 2, nil, 4 } do print(i, v) end
for i, v in ipairs { 'a', x = 1 } do print(i, v) end
local f, t, i = ipairs({ 1 }) print(type(f), type(t), i)
--- what pairs and next return
local t = {} local f, s, c = pairs(t) print(type(f), s == t, c, f(t), next(t))
--- keys that are none
print(pcall(function() local t = {} t[nil] = 1 end))
print(pcall(function() local t = {} t[0/0] = 1 end))
print(pcall(function() return ({})[nil] end), ({})[0/0])
print(pcall(rawset, {}, nil, 1) == false)
--- keys of every kind
local t, f = {}, function() end
t[t] = 1 t[f] = 2 t[true] = 3 t[false] = 4 t[1.5] = 5 t[''] = 6 t[print] = 7 t[-1] = 8
print(t[t], t[f], t[true], t[false], t[1.5], t[''], t[print], t[-1], t[{}], t[nil])
--- constructors
local t = { 1, 2; 3, x = 4, ['y z'] = 5, [10] = 6, f = function() return 7 end, { 8 }, }
print(#t, t[3], t.x, t['y z'], t[10], t.f(), t[4][1])
local function three() return 1, 2, 3 end
print(#{ three() }, #{ three(), three() }, #{ (three()) }, #{ three(), nil }, #{ x = three() }, #{ three(), x = 1 })
local t = { [1] = 'a', 'b' } print(t[1])
--- a list of many elements
local parts = {} for i = 1, 300 do parts[i] = tostring(i) end
local t = loadstring('return { ' .. table.concat(parts, ', ') .. ' }')() print(#t, t[1], t[50], t[51], t[300])
--- nested tables are shared
local a = {} local b = { a, a } b[1].x = 1 print(b[2].x, a.x, b[1] == b[2], {} == {})
--- rawget, rawset and rawequal pass metamethods over
local t = setmetatable({}, { __index = function() return 'meta' end, __newindex = function() error('no') end, __eq = function() return true end })
print(t.x, rawget(t, 'x'), rawset(t, 'x', 1) == t, t.x, rawequal(t, setmetatable({}, getmetatable(t))), rawequal(t, t), rawequal('a', 'a'), rawequal(1, 1.0), rawequal('1', 1))
print(pcall(function() rawget(1, 1) end))
print(pcall(function() rawset({}, 1) end))
print(pcall(function() rawequal(1) end))
print(pcall(function() rawset(1, 2, 3) end))
