--- statements and blocks
local x = 1 do local x = 2 print(x) end print(x)
if x == 2 then print('a') elseif x == 1 then print('b') else print('c') end
while x < 3 do x = x + 1 end print(x) repeat local y = x x = x - 1 until y <= 1 print(x)
for i = 1, 3 do if i == 2 then break end print(i) end
--- break leaves the innermost loop
for i = 1, 2 do for j = 1, 3 do if j == 2 then break end print(i, j) end end
while true do break end repeat break until false print('out')
--- semicolons
local a = 1; local b = 2; print(a, b); do local c = 3; print(c); end
--- comments
print(1) -- comment
--[[ long
comment ]] print(2) --[==[ another ]] one
]==] print(3) ---[[ not long
print(4) --
--- the condition of a repeat sees the locals of its body
local n = 0 repeat local done = n >= 2 n = n + 1 until done print(n)
--- return in the middle of a block
print((function() do return 1 end end)(), (function() if true then return 2 end return 3 end)())
--- names
local _, _a, a_1, A = 1, 2, 3, 4 print(_, _a, a_1, A)
--- scope of a local begins behind its statement
local x = 1 local x = x + 1 print(x) local function f() return x end local x = 10 print(f())
--- shadowed parameters
print((function(a, a) return a end)(1, 2))
--- functions in tables and fields
local t = { f = function(self) return self.v end, v = 3, ['g'] = function() return 'g' end } print(t:f(), t.g(), t['f'](t))
--- syntax errors have a line
for _, s in ipairs { 'x', 'x =', '\n\nx = = 1', 'if', 'if x then', 'for', 'for i', 'for i = 1', 'for i = 1, 2', 'end', 'return return', 'local 1', 'function', 'f(', 'f(1', '{', 'x = {', 'x = "', "x = 'a\nb'", 'x = [[', 'x = }', '1 = x', 'x + 1', 'local function', 'goto', 'break', '...', 'x = ...', 'function f() return ... end', 'a.b:c = 1', 'f() = 1', 'x = 1 2', '@', 'x = "\\300"', '(', ')', 'x = 1e', '"a"', 'local x <const> = 1', 'x = a ! b', 'x != 1', 'for a, b do end', 'repeat', 'while true', 'x = function', 'local a.b = 1', 'x = nil nil' } do
  local f, e = loadstring(s, '=s')
  print(s, f == nil, e and e:match('^s:%d+:'))
end
--- words that are reserved
for w in ('and break do else elseif end false for function if in local nil not or repeat return then true until while'):gmatch('%a+') do
  print(w, (loadstring('local ' .. w .. ' = 1')))
end
--- a chunk has varargs
print(select('#', ...), (...))
--- two hundred locals
local parts = {} for i = 1, 200 do parts[i] = 'local v' .. i .. ' = ' .. i end parts[201] = 'return v1 + v200'
print(loadstring(table.concat(parts, '\n'))())
--- many constants
local parts = {} for i = 1, 600 do parts[i] = 'x' .. i .. ' = ' .. i .. '.5' end print(pcall(loadstring('local t = {} ' .. table.concat(parts, ' '):gsub('x(%d+)', 't.x%1') .. ' return t.x1 + t.x600')))
--- deep nesting
print(loadstring('return ' .. ('('):rep(100) .. '1' .. (')'):rep(100))(), #loadstring('return ' .. ('{'):rep(50) .. ('}'):rep(50))(), loadstring(('do '):rep(100) .. 'x = 1 ' .. ('end '):rep(100)) ~= nil)
--- a long concatenation
local parts = {} for i = 1, 150 do parts[i] = "'" .. i .. "'" end print(#loadstring('return ' .. table.concat(parts, ' .. '))())
--- a long chain of operators
print(loadstring('return 1' .. (' + 1'):rep(500))(), loadstring('return true' .. (' and true'):rep(200))())
--- strings with every byte
local all = {} for i = 0, 255 do all[#all + 1] = string.format('\\%d', i) end
local s = loadstring("return '" .. table.concat(all) .. "'")() print(#s, s:byte(1), s:byte(128), s:byte(256))
local raw = {} for i = 1, 255 do if i ~= 10 and i ~= 13 and i ~= 39 and i ~= 92 then raw[#raw + 1] = string.char(i) end end
print(#loadstring("return '" .. table.concat(raw) .. "'")(), loadstring("return '" .. table.concat(raw) .. "'")() == table.concat(raw))
--- globals
print(x_undefined, _G.x_undefined, _G == _G._G, type(_G)) g1 = 1 print(g1) g1 = nil
print(rawget(_G, 'print') ~= nil, _G.tostring == tostring)
--- conditions take nil and false alone for false
for _, v in ipairs { 0, '', {}, print } do if v then print('true') else print('false') end end if nil then print('x') end if false then print('x') end
--- nested functions and upvalues of upvalues
local a = 1 local function f() local function g() local function h() a = a + 1 return a end return h() end return g() end print(f(), f(), a)
--- loops with locals captured and broken out of
local fs = {} for i = 1, 5 do local j = i * 2 if i == 3 then break end fs[i] = function() j = j + 1 return j end end print(#fs, fs[1](), fs[1](), fs[2]())
