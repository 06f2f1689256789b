--- integers
print(string.format('%d %i %5d %-5d| %05d %+d % d %.3d %5.3d|%-5.3d|', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
print(string.format('%d %d %d %d', 0, -0, -1, -2^31), string.format('%d', 2^53), string.format('%d', -2^53), string.format('%d', 2^62))
print(string.format('%+5d|%-+5d|%+05d|% 05d|%- 5d|', 42, 42, 42, 42, 42), string.format('%+d % d', -1, -1), string.format('%.0d|', 0), string.format('%5.0d|', 0))
--- a format cuts fractions
print(string.format('%d %d %d %d', 3.7, -3.7, 0.99, -0.99), string.format('%x', 255.9), string.format('%c', 65.5))
--- a format takes strings that read as numbers
print(string.format('%d %5.1f %x %c', '10', '2.25', '0x1F', '65'))
--- unsigned, hexadecimal and octal
print(string.format('%u %x %X %o %#x %#X %#o', 10, 255, 255, 8, 255, 255, 8), string.format('%#x %#o', 0, 0), string.format('%08x|%-8x|%8X|%.4x', 255, 255, 255, 255))
print(string.format('%x', 2^32), string.format('%x', 2^52), string.format('%o', 2^33), string.format('%u', 2^40))
print(string.format('%#10x|%-#10x|%#010x|%#.5x', 255, 255, 255, 255), string.format('%.0x|', 0))
--- negative numbers are unsigned with 64 bits
print(string.format('%x %X %o %u', -1, -255, -8, -1))
--- floats
print(string.format('%f %.0f %.1f %10.2f| %-10.2f| %010.2f %+f % f', 1.5, 2.5, 0.25, 3.14159, 3.14159, -3.14159, 1, 1))
print(string.format('%.3f', 2/3), string.format('%.20f', 0.1), string.format('%f', 1e15), string.format('%.0f', 0.5), string.format('%.0f', 1.5), string.format('%.0f', -0.5), string.format('%#.0f', 1))
print(string.format('%f', 1e22), string.format('%.50f', 1/3), string.format('%.99f', 1/3))
print(string.format('%f %f', 0, -0.0), string.format('%5.1f|%5.1f', 1e10, -1e10))
--- exponents
print(string.format('%e %.0e %.1e %E %12.3e| %-12.3e| %+e', 12345.678, 12345.678, 0.00012, 1e100, 1, 1, 1), string.format('%e', 0), string.format('%e', 1e-300), string.format('%#.0e', 1), string.format('%.15e', 0.1))
--- the shorter of both
print(string.format('%g %g %g %g %g', 0.1, 100000, 1000000, 1e-4, 1e-5), string.format('%.3g %.0g %.10g', 1234, 1234, 1/3), string.format('%G', 1e-10), string.format('%#g', 1), string.format('%#.3g', 10), string.format('%g', 0), string.format('%10g|%-10g|%010g', 1.5, 1.5, 1.5), string.format('%+g', 1))
print(string.format('%.17g', 0.1), string.format('%.14g', 2^53), string.format('%.99g', 0.1), string.format('%#.5g', 123456), string.format('%.3g', 0.00012345), string.format('%g', 123456.5))
--- what is not finite
print(string.format('%f %g %e %5.1f|%-5.1f|', 1/0, -1/0, 1/0, 1/0, -1/0))
print(pcall(string.format, '%F', 1))
print(string.format('%G %E', 1/0, -1/0), string.format('%+f % f', 1/0, 1/0), string.format('%010f', 1/0))
--- hexadecimal floats are refused as long as C89 has none
print(pcall(string.format, '%y', 1))
--- characters
print(string.format('%c%c%c', 72, 105, 33), string.format('%5c|%-5c|', 65, 66), string.format('[%c]', 200), #string.format('%c', 255))
--- strings
print(string.format('%s %10s| %-10s| %.2s| %10.2s| %-10.2s|', 'a', 'bc', 'de', 'fgh', 'ijk', 'lmn'), string.format('%.0s|', 'abc'), string.format('%s', ''), string.format('%.s|', 'abc'), string.format('%5s', 'longer'))
print(string.format('%s %s %s', 1, 1.5, 1e100), string.format('%20s|', ('x'):rep(30)))
--- long strings are not cut
print(#string.format('%s', ('x'):rep(1000)), #string.format('%99s', 'x'), #string.format('%-99s', 'x'), #string.format('%s', ('x'):rep(200)))
--- bytes that are zero, in a format and in an argument
print(#string.format('a\0b'), #string.format('%q', 'a\0b'))
--- quoted strings can be read again
local s = 'a"b\\c\nd\0e\rf\200\t'
print(string.format('%q', s), loadstring('return ' .. string.format('%q', s))() == s)
print(string.format('%q', ''), string.format('%q', 12), string.format('%q', '\\0'), string.format('%q', '\0001'))
--- percent signs
print(string.format('%%'), string.format('100%%'), string.format('%%d'), string.format('%d%%', 5))
--- options that do not exist
for _, f in ipairs { '%y', '%5y', '%L', '%ld', '%p', '%n', '%*d', '%-#y', '%a', '%A' } do
  print(f, pcall(string.format, f, 1, 2, 3))
end
--- widths and precisions have two digits at most
for _, f in ipairs { '%100d', '%.100f', '%99d', '%.99d', '%012d', '%0012d', '%123', '%1.123f', '%------d', '%-----d', '%0-+ #d', '%-+ #0-d', '%5.d', '%.f', '%5.f' } do
  print(f, pcall(string.format, f, 1))
end
--- arguments that are missing or wrong
print(pcall(function() return string.format('%d', 'x') end))
print(pcall(function() return string.format('%d', {}) end))
print(pcall(function() return string.format('%c', 'x') end))
print(pcall(function() return string.format('%f', nil) end))
print(pcall(function() return string.format('%q', {}) end))
print(pcall(function() return string.format() end))
print(pcall(function() return string.format(nil) end))
print(pcall(function() return string.format({}) end))
--- arguments that are too many are passed over
print(string.format('x', 1, 2), string.format('%d', 1, 2, {}))
--- a number as the format
print(string.format(5), string.format(1.5))
