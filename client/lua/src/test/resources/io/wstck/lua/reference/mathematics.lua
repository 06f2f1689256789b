--- rounding
for _, x in ipairs { 0, 1, -1, 1.5, -1.5, 2.5, 1e15, -1e15 + 0.5, 1e300, 2^31, -2^31 - 0.5 } do
  print(x, math.floor(x), math.ceil(x), math.abs(x))
end
--- rounding of what is not finite
print(math.floor(1/0), math.ceil(-1/0), math.abs(-1/0), tostring(math.floor(0/0)):find('nan') ~= nil)
--- the functions of an angle
print(math.sin(0), math.cos(0), math.tan(0), math.sin(1), math.cos(1), math.tan(1), math.asin(1), math.acos(0), math.atan(1), math.atan2(1, 1), math.atan2(-1, -1), math.atan2(0, -1), math.deg(math.pi), math.rad(180))
--- exponents and logarithms
print(math.exp(0), math.exp(1), math.log(1), math.log(10), math.log10(1000), math.log10(2), math.sqrt(2), math.sqrt(16), math.pow(2, 10), math.pow(2, 0.5))
print(math.sinh(1), math.cosh(1), math.tanh(1))
--- logarithms of zero and less
print(math.log(0), tostring(math.log(-1)):find('nan') ~= nil, tostring(math.sqrt(-1)):find('nan') ~= nil)
--- parts of a number
print(math.modf(3.7)) print(math.modf(-3.7)) print(math.modf(5)) print(math.modf(1/0)) print((math.modf(-1/0))) print(math.modf(0.5))
print(math.frexp(8)) print(math.frexp(0)) print(math.frexp(0.3)) print(math.frexp(-5)) 
print(math.ldexp(0.5, 4), math.ldexp(1, -3), math.ldexp(1, 1023))
print(math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.fmod(5.5, 2))
--- the greatest and the least
print(math.max(1), math.max(1, 3, 2), math.max(-1, -3), math.min(1, 3, 2), math.min(-1), math.max(1.5, '2'), math.min('10', 9), math.max(2^31, 1))
print(pcall(function() local x = math.max() end))
print(pcall(function() local x = math.min() end))
print(pcall(function() local x = math.max(1, 'x') end))
--- constants
print(math.pi, math.huge, -math.huge, math.huge == 1/0, math.huge > 1e308)
--- random numbers are in their range
for i = 1, 100 do
  local a, b, c, d = math.random(), math.random(6), math.random(-3, 3), math.random(5, 5)
  if not (a >= 0 and a < 1 and b >= 1 and b <= 6 and b % 1 == 0 and c >= -3 and c <= 3 and c % 1 == 0 and d == 5) then print('out of range', a, b, c, d) end
end
print(pcall(function() math.random(0) end))
print(pcall(function() math.random(2, 1) end))
print(pcall(function() math.random(1, 2, 3) end))
print(pcall(function() math.random('x') end))
--- the same seed gives the same numbers
math.randomseed(42) local a, b = math.random(), math.random(1000) math.randomseed(42) print(math.random() == a, math.random(1000) == b)
print(select('#', math.randomseed(1)))
--- functions of numbers take text that reads as one
print(math.floor('1.5'), math.abs('-2'), math.sqrt('16'), math.max('1', '2'), math.pow('2', '3'), math.fmod('7', 3), math.ldexp('1', '2'))
--- functions of numbers refuse other values
for _, name in ipairs { 'abs', 'acos', 'asin', 'atan', 'ceil', 'cos', 'cosh', 'deg', 'exp', 'floor', 'frexp', 'log', 'log10', 'modf', 'rad', 'sin', 'sinh', 'sqrt', 'tan', 'tanh' } do
  print(pcall(loadstring('local x = math.' .. name .. '("x")', '=f')))
end
--- functions of numbers name the argument that is missing
for _, name in ipairs { 'abs', 'ceil', 'floor', 'log', 'sqrt', 'deg', 'exp', 'randomseed' } do
  print(pcall(loadstring('local x = math.' .. name .. '()', '=f')))
end
print(pcall(function() local x = math.floor({}) end))
print(pcall(function() local x = math.pow(1) end))
print(pcall(function() local x = math.fmod(1, nil) end))
--- what math has
local names = {} for name, value in pairs(math) do if name ~= 'mod' then names[#names + 1] = name .. ':' .. type(value) end end table.sort(names) print(table.concat(names, ' '))
