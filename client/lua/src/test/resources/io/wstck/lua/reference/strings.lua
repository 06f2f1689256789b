--- string.len counts bytes
print(string.len(''), string.len('a\0b'), #'\195\164', string.len(12.5), ('x'):len())
--- string.byte takes a range, with negative positions
print(string.byte('abc'), string.byte('abc', 2), string.byte('abc', -1), string.byte('abc', 1, -1))
print(string.byte('abc', 0), string.byte('abc', 4), string.byte('', 1), string.byte('abc', 3, 1))
print(string.byte('abc', -100, 100))
print(select('#', string.byte('abc', 10)), select('#', string.byte('')))
print(string.byte('\0\127\128\255', 1, 4))
print(string.byte(123, 1, -1))
--- string.byte cuts positions to integers
print(string.byte('abc', 1.9), string.byte('abc', '2'), string.byte('abc', -1.5))
--- string.char makes bytes
print(string.char(), string.char(72, 105), #string.char(0, 0), string.char('65'))
print(pcall(function() return string.char(256) end))
print(pcall(function() return string.char(-1) end))
print(pcall(function() return string.char(1, 2, 'x') end))
--- string.char cuts fractions
print(string.char(65.9), string.char(255) == '\255')
--- string.rep repeats
print(string.rep('ab', 3), string.rep('', 10), string.rep('x', 0), string.rep('x', -1), string.rep(7, 3))
print(string.rep('ab', 2.9), string.rep('ab', '2'), #string.rep('abc', 1000))
--- string.rep of nothing is cheap, whatever the number
print(#string.rep('', 1e8), #string.rep('', -1e8), #string.rep('x', -2^31))
--- string.rep needs a number
print(pcall(function() return string.rep('x', 'y') end))
print(pcall(function() return string.rep('x', {}) end))
print(pcall(function() return string.rep({}, 1) end))
--- string.reverse turns bytes around
print(string.reverse(''), string.reverse('a'), string.reverse('ab'), string.reverse('abc'), string.reverse(120))
print(string.reverse('a\0b') == 'b\0a')
--- string.sub takes positions from either end
local s = 'hello'
for i = -7, 7 do
  local t = {}
  for j = -7, 7 do t[#t + 1] = s:sub(i, j) end
  print(i, s:sub(i), table.concat(t, '|'))
end
--- string.sub takes numbers beyond the integers
print(('abc'):sub(1, 1e9), ('abc'):sub(-1e9, 2), ('abc'):sub(2^31 - 1), ('abc'):sub(-2^31, -2))
print(('abc'):sub(1.9, 2.9), ('abc'):sub('2', '3'))
--- string.sub of a number
print(string.sub(12345, 2, 3), type(string.sub(12345, 2, 3)))
--- string.upper and lower change ASCII letters only
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
all = table.concat(all)
print(all:upper(), all:lower(), #all:upper())
--- strings compare byte by byte
print('a' < 'b', 'a' < 'B', 'a' < 'ab', 'ab' < 'a', '' < 'a', 'a' <= 'a', 'Z' < 'a', '10' < '9', '' < '')
print('a' == 'a', 'a\0b' == 'a\0b', 'a\0b' == 'a\0c', 'a\0b' < 'a\0c', 'a\0' > 'a')
--- bytes above 127 are greater than those below
local a, b, c, d = '\255', 'a', '\128', '\127'
print(a > b, a < b, c > d, c <= d, d < c, 'a\255' == 'ab', a < a, a <= a, a > '', '' < c)
print(a > 'a', 'a' > a, c < '\127', c >= '\127', '\127' <= c, ('x' .. a) > 'xb', ('x' .. a) < ('x' .. b), 'z' < 'a' .. a)
print(a, b, c, d)
local t = { 'zebra', '\195\164pfel', 'apple', '\195\132', '', 'Z' } table.sort(t) print(table.concat(t, ' '))
local s, r = ('x'):rep(70000), {} for i, e in ipairs { 'a', '\200', '' } do r[i] = s .. e end print(r[1] < r[2], r[2] < r[1], r[3] < r[2], r[1] < r[3])
--- the escapes of a string
print('\a\b\f\n\r\t\v\\\"\'\65\065\0659\0')
print("a\
b")
print('\1\12\123')
--- escapes that are no escapes give the letter
print('\q\w\%\-')
--- long strings
print([[a]], [==[a]]b]==], [[
first newline is skipped]], [[

two]], #[[
]])
print([[\n\65]])
print([==[
]]]=]]==])
--- a long string keeps its newlines
print((([[a
b
c]]):gsub('\n', '|')))
--- carriage returns in a long string become newlines
print(#loadstring('return [[a\rb\r\nc\n\rd]]')(), (loadstring('return [[a\rb\r\nc\n\rd]]')():gsub('[\r\n]', {['\r'] = 'R', ['\n'] = 'N'})))
--- string methods through the colon
print(('%d'):format(7), ('abc'):upper():lower():rep(2), #('abc'):sub(2), ('x').rep('y', 3), ("x"):byte())
--- a string can be indexed by its functions only
print(type(('x').len), ('x').nothing, ('x')[1])
print(pcall(function() local s = 'x' s.y = 1 end))
print(pcall(function() return ('x'):nothing() end))
print(pcall(function() local s = 'x' return s.a.b end))
--- gmatch is an iterator
local out = {}
for w in ('one two  three'):gmatch('%a+') do out[#out + 1] = w end
print(table.concat(out, ','))
for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do print(k, v) end
for p in ('abc'):gmatch('()') do print(p) end
for s in ('abc'):gmatch('') do print('[' .. s .. ']') end
--- gmatch ends for good
local f = ('a'):gmatch('a')
print(f(), f(), f())
--- gmatch passes an empty match at the end
for s, e in ('a1b22'):gmatch('()%d*()') do print(s, e) end
--- gmatch with an anchor matches a caret literally or nothing
for s in ('^a^a'):gmatch('^a') do print(s) end
--- gsub counts its replacements
print(('hello'):gsub('l', 'L'))
print(('hello'):gsub('l', 'L', 1))
print(('hello'):gsub('l', 'L', 0))
print(('hello'):gsub('l', 'L', -1))
print(('hello'):gsub('x', 'L'))
print((''):gsub('', 'x'))
print(('abc'):gsub('', '-', 2))
print(('abc'):gsub('$', '!'))
print(('abc'):gsub('^', '!'))
--- gsub with a function
print(('abc'):gsub('%w', function(c) return c:byte() end))
print(('abc'):gsub('%w', function(c) if c == 'b' then return false end return nil end))
print(('a=1'):gsub('(%w)=(%w)', function(a, b, c) return b .. a .. tostring(c) end))
print(('abc'):gsub('()', function(p) return p end))
print(('abc'):gsub('%w', print))
--- gsub with a table
print(('$a $b $c'):gsub('%$(%w)', { a = 'A', b = 2, c = false }))
print(('abc'):gsub('%w', setmetatable({}, { __index = function(_, k) return k .. k end })))
print(('ab'):gsub('()', { 'x', 'y' }))
--- gsub with a template
print(('hello world'):gsub('(o)', '<%1>'))
print(('hello world'):gsub('o', '<%0>'))
print(('hello world'):gsub('o', '<%1>'))
print(('hello'):gsub('(l)(l)', '%2%1%0%%'))
print(('hello'):gsub('l', 5))
print(('hello'):gsub('l', 1.5))
--- gsub refuses what is no replacement
print(pcall(function() return ('x'):gsub('x', function() return {} end) end))
print(pcall(function() return ('x'):gsub('x', { x = {} }) end))
print(pcall(function() return ('x'):gsub('x', function() return true end) end))
--- an error in a function of gsub goes through
print(pcall(function() return ('x'):gsub('x', function() error('inside') end) end))
print(pcall(function() return ('x'):gsub('x', function() error({}, 0) end) end) == false)
--- find returns positions and captures
print(('hello world'):find('o w'))
print(('hello world'):find('o', 6))
print(('hello world'):find('(o)( )(w)'))
print(('hello'):find('l', -2), ('hello'):find('l', -1), ('hello'):find('h', -100))
print(('hello'):find('', 6), ('hello'):find('', 5), (''):find(''), (''):find('x'))
print(('a.b'):find('.', 2), ('a.b'):find('.', 2, true), ('a.b'):find('%.'), ('a%b'):find('%', 1, true))
print(('a.b'):find('.', 1, nil), ('a.b'):find('.b', 1, false), ('a.b'):find('.b', 1, 0))
print(('abc'):find('b', '2'), ('abc'):find('b', 2.9), (123):rep(2):find(2))
--- find starts at the end when it is told to start behind it
print(('abc'):find('', 4), ('abc'):find('', 5), ('abc'):find('', 100), ('abc'):match('()', 100), ('abc'):find('c', 100))
print(('abc'):find('', 100, true), ('abc'):find('$', 100))
--- match returns captures, or all
print(('key=value'):match('(%w+)=(%w+)'), ('key'):match('%w'), ('key'):match('%d'), ('key'):match('()'), ('key'):match('e()'))
print(('  x '):match('^%s*(.-)%s*$') == 'x', ('abc'):match('b', 3), ('abc'):match('^b', 2), ('abc'):match('^(b)', 2))
--- match with a start
print(('abcabc'):match('b', 3), ('abcabc'):match('()b', 3), ('abcabc'):match('()c', -1))
--- functions of strings take numbers
print(string.len(10), string.upper(1e3), string.find(12345, 34), string.gsub(1122, 1, 9), string.rep(1.5, 2))
--- functions of strings refuse other values
for _, name in ipairs { 'byte', 'find', 'gmatch', 'gsub', 'len', 'lower', 'match', 'rep', 'reverse', 'sub', 'upper', 'format' } do
  print(pcall(loadstring('local f = string.' .. name .. ' return string.' .. name .. '({}, 1, 1)', '=f')))
  print(pcall(loadstring('return string.' .. name .. '(nil, 1, 1)', '=f')))
end
--- functions of strings name the argument that is missing
for _, name in ipairs { 'byte', 'find', 'gmatch', 'gsub', 'len', 'lower', 'match', 'rep', 'reverse', 'sub', 'upper', 'format' } do
  print(pcall(loadstring('return string.' .. name .. '()', '=f')))
end
print(pcall(function() return string.find('x') end))
print(pcall(function() return string.match('x') end))
print(pcall(function() return string.rep('x') end))
print(pcall(function() return string.sub('x') end))
--- concatenation writes numbers
print(1 .. '', 1.5 .. '', 1e15 .. '', 1e100 .. '', 0.1 .. '|' .. 1/3, 2^53 .. '', -0.5 .. '', 10 .. 20)
print(1 .. 2 .. 3, 'a' .. 1 .. 'b' .. 2 .. 'c')
--- concatenation is from right to left
local log = {}
local mt = { __concat = function(a, b)
  local function n(x) return type(x) == 'table' and x.name or x end
  log[#log + 1] = n(a) .. '+' .. n(b)
  return 'r'
end }
local a, b = setmetatable({ name = 'A' }, mt), setmetatable({ name = 'B' }, mt)
print(a .. 'x' .. 'y' .. b .. 'z')
print(table.concat(log, ' '))
--- concatenation of what has no text fails
print(pcall(function() return 'x' .. {} end))
print(pcall(function() return 'x' .. nil end))
print(pcall(function() return true .. 'x' end))
print(pcall(function() local t = {} return t .. 'x' end))
print(pcall(function() local t = {} return 1 .. t end))
print(pcall(function() local t = {} return t.x .. 'x' end))
print(pcall(function() return 'x' .. print .. 'y' end))
