--- tostring writes fourteen digits
print(1, 1.0, -1, 0, -0, 1.5, 0.1, 1/3, 2/3, 100, 1e14, 1e15, 123456789012345, 1e100, 1e-4, 1e-5, 123456.789e3)
print(2^31, 2^32, 2^53, 2^53 + 1, 2^63, 2^64, -2^31, -2^53, 2^-1074, 1.7976931348623157e308)
print(1/0, -1/0, 3.14159265358979, 0.1 + 0.2, 1e15 + 0.5, 99999999999999, 999999999999999, 0.00001234)
--- what is no number is unequal to itself
local nan = 0/0
print(nan == nan, nan ~= nan, nan < nan, nan <= nan, nan > 1, nan < 1, not (nan < 1), nan == 1)
print((tostring(nan):gsub('-', '')), (tostring(-nan):gsub('-', '')))
--- literals
print(3, 3.0, 3., .5, 3e2, 3E2, 3e+2, 3e-2, 0x10, 0xff, 0XAB, 0xA, 00012, 1e0, 0.31416E1, 314.16e-2)
print(0xffffffff, 0x7fffffff, 0x80000000, 2147483647, 2147483648, 4294967295, 9007199254740993)
--- literals that are none
for _, s in ipairs { '3x', '1e', '1e+', '3..2', '1.2.3', '0xg', '1_000', '0b1', '08x', '.e1', '0x1p4' } do
  print(s, loadstring('return ' .. s) == nil)
end
--- tonumber of text
for _, s in ipairs { '10', ' 10 ', '1e1', '1E1', '.5', '5.', '0x1F', '0X1f', '+1', '-1', '--1', '+-1', '', ' ', '1 1', '1e', 'e1', '.', '0x', '1e+', 'x', '1x', '10a', '1,5', '1_0', '1e400', '-1e400', '1e-400', '1.5e3', '0.1', '00', '007', '1f', '1d', '1L', '0b1' } do
  print(string.format('%q', s), tonumber(s), (pcall(function() return s + 0 end)))
end
--- tonumber of other values
print(tonumber(5), tonumber(1.5), tonumber(nil), tonumber({}), tonumber(true), tonumber(print))
print(pcall(function() local x = tonumber() end))
--- tonumber with a base
for base = 2, 36 do print(base, tonumber('10', base), tonumber('z', base), tonumber('Z', base), tonumber('11', base), tonumber('1', base), tonumber('7', base)) end
--- tonumber with a base, of unusual text
print(tonumber('\t10\n'), tonumber('\f\v\r1'), tonumber('-0x10'), tonumber('+0x10'))
print(tonumber('ff', 16), tonumber('FF', 16), tonumber(' ff ', 16), tonumber('777', 8), tonumber('8', 8), tonumber('1.5', 10), tonumber('1e1', 10), tonumber('1.5', 16), tonumber('', 16), tonumber('  ', 16), tonumber('f f', 16))
print(tonumber(10, 16), tonumber('7fffffff', 16), tonumber('ffffffff', 16), tonumber('zz', 36), tonumber(11, 2), tonumber('1e1', 16))
--- tonumber with a base that is none
print(pcall(tonumber, '1', 1) == false, pcall(tonumber, '1', 37) == false, pcall(tonumber, '1', 'x') == false, pcall(tonumber, {}, 16) == false, pcall(tonumber, nil, 16) == false)
print(pcall(function() local x = tonumber('1', 1) end))
print(pcall(function() local x = tonumber('1', 37) end))
print(pcall(function() local x = tonumber({}, 16) end))
--- arithmetic on text
print('10' + 5, '3' * '4', '2' ^ 3, '10' / '4', '7' % '4', -'2', '0x10' + 0, ' 5 ' + 1, '1e1' + 0, 10 - '1')
--- text is not compared with numbers
print('1' == 1, 1 == '1', '1' ~= 1)
for _, code in ipairs { '"1" < 1', '1 < "1"', '"1" <= 1', '1 > "1"', '1 >= "a"', '{} < {}', '{} < 1', 'nil < 1', 'true < false', 'print < print', '"a" < {}', '{} <= {}', 'nil <= nil' } do
  print(code, pcall(loadstring('return ' .. code, '=c')))
end
--- arithmetic on what is no number
for _, code in ipairs { '1 + nil', 'nil + 1', '{} + 1', '1 + {}', 'true * 2', '2 ^ print', '"a" + 1', '1 + "a"', '"" + 1', '-{}', '-nil', '-"x"', '1 % {}', '#nil', '#5', '#true' } do
  print(code, pcall(loadstring('local x = ' .. code, '=c')))
end
--- the name of what is no number
for _, code in ipairs { 'local a = {} ; local b = a + 1', 'local b = a + 1', 'local t = {} ; local b = t.x + 1', 'local t = {} ; local b = 1 + t.x', 'local a ; local b = function() return a * 2 end ; b()', 'local t = {} ; local b = -t.y', 'local t = {} ; local b = #t.y', 'local a = "x" ; local b = a + 1', 'local a, b = 1 ; local c = a + b', 'local a, b = {}, {} ; local c = a + b', 'local a = {} ; a = a.b.c', 'local a = {} ; local b = a.x .. "y"', 'local a = {} ; local b = a < 1' } do
  print(code, pcall(loadstring(code, '=c')))
end
--- remainders have the sign of the divisor
for _, a in ipairs { 5, -5, 5.5, -5.5, 0, 6, -6 } do
  print(a, a % 3, a % -3, a % 2.5, a % -2.5, a % 6, a % 1)
end
print((tostring(5 % (1/0)):gsub('-', '')), (tostring(-5 % (1/0)):gsub('-', '')), 2^53 % 3, 1e300 % 7, 0.3 % 0.1)
--- a remainder by zero is no number
print(tostring(5 % 0):find('nan') ~= nil, tostring(0 % 0):find('nan') ~= nil, tostring((1/0) % 2):find('nan') ~= nil)
--- division
print(7 / 2, -7 / 2, 1 / 3, 0 / 5, 6 / 3, 1 / 0, -1 / 0, 2^53 / 1)
--- powers
print(2 ^ 10, 2 ^ 0.5, 2 ^ -1, (-2) ^ 3, (-2) ^ 2, -2 ^ 2, 0 ^ 0, 2 ^ 3 ^ 2, 10 ^ 15, 10 ^ -3, 4 ^ 0.5, 1e308 ^ 2)
--- big integers
print(2147483647 + 1, -2147483648 - 1, 2147483647 * 2, 65536 * 65536, 4294967296 - 1, 2147483647 * 2147483647, 46341 * 46341)
local a, b = 2147483647, -2147483648
print(a + 1, b - 1, a * a, b * b, a * b, a - b, b - a, -b, a + a, b + b, -a, a % 7, b % 7, a / 2)
--- loops over numbers
local function loop(a, b, c) local t = {} for i = a, b, c do t[#t + 1] = i end return table.concat(t, ' ') end
print(loop(1, 3, 1), loop(3, 1, -1), loop(1, 2, 0.25), loop(3, 1, 1), loop(1, 1, 1), loop(1, 1, -1), loop('1', '3', '1'))
print(loop(0, 1, 0.1), loop(-0.5, 0.5, 0.5), loop(2147483646, 2147483648, 1), loop(1, 3.9, 1))
for i = 1, 3 do local j = i i = 10 io = nil print(i, j) end
--- loops want numbers
print(pcall(loadstring('for i = {}, 1 do end', '=c')))
print(pcall(loadstring('for i = 1, {} do end', '=c')))
print(pcall(loadstring('for i = 1, 2, {} do end', '=c')))
print(pcall(loadstring('for i = "x", 1 do end', '=c')))
print(pcall(loadstring('for i = nil, 1 do end', '=c')))
--- equality of numbers
print(1 == 1.0, 0 == -0, 2^53 == 2^53 + 1, 1e15 == 10^15, '1' == '1.0', 0.1 + 0.2 == 0.3, 1 == true)
--- numbers as keys
local t = { [1] = 'a', [1.0] = 'b', ['1'] = 'c', [2^53] = 'd', [1.5] = 'e', [-1] = 'f', [0] = 'g' }
print(t[1], t['1'], t[9007199254740992], t[1.5], t[-1], t[-0], #t)
--- unary minus and not
print(- -1, -(-1), not nil, not 0, not '', not false, not not nil, -'1', - - -2)
--- precedence
print(1 + 2 * 3, (1 + 2) * 3, 2 * 3 % 4, -3 ^ 2, not 1 == 2, 1 .. 2 == '12', 1 < 2 == true, 'a' .. 'b' == 'ab' and 'yes', 2 + 3 .. 4 + 5, not nil and 1, 1 or nil and 2, #'abc' + 1, -#'abc')
--- and and or
print(nil and 1, false and 1, 0 and 1, '' and 1, nil or 1, false or nil, false or false, 1 or error('x'), nil and error('x'), false == nil, 1 and nil, 1 and false or 2)
