--- a capture that a replacement asks for is named
-- because: the message tells more
--> false	chunk:1: invalid capture index %2
print(pcall(function() local x = ('x'):gsub('x', '%2') end))
--- a message names the type of the argument that it refuses
-- because: the message tells more; those of Lua 5.1 leave it out here and there
--> false	chunk:1: bad argument #3 to 'gsub' (string/function/table expected, got nil)
--> false	chunk:2: bad argument #3 to 'gsub' (string/function/table expected, got no value)
--> false	chunk:3: bad argument #2 to 'format' (number expected, got no value)
--> false	chunk:4: bad argument #3 to 'format' (value expected)
--> false	chunk:5: bad argument #2 to 'setmetatable' (nil or table expected, got number)
--> false	chunk:6: bad argument #2 to 'setmetatable' (value expected)
--> false	chunk:7: bad argument #1 to 'create' (function expected, got number)
--> false	chunk:8: bad argument #1 to 'resume' (coroutine expected, got number)
print(pcall(function() local x = string.gsub('x', 'x', nil) end))
print(pcall(function() local x = string.gsub('x', 'x') end))
print(pcall(function() local x = string.format('%d') end))
print(pcall(function() local x = string.format('%s %s', 1) end))
print(pcall(function() local x = setmetatable({}, 1) end))
print(pcall(function() local x = setmetatable({}) end))
print(pcall(function() local x = coroutine.create(1) end))
print(pcall(function() local x = coroutine.resume(1) end))
--- a message counts the object of a method call as the first argument
-- because: LuaJ does not tell a library function that it was called as a method
--> false	chunk:1: bad argument #2 to 'rep' (number expected, got table)
print(pcall(function() local x = ('x'):rep({}) end))
--- a library function that pcall calls has its name
-- because: the message tells more than a question mark
--> false	bad argument #1 to 'rep' (string expected, got no value)
print(pcall(string.rep))
--- a missing argument is the first one that is missing
-- because: the order in which C evaluates arguments is the compiler's
--> false	chunk:1: bad argument #1 to 'pow' (number expected, got no value)
--> false	chunk:2: bad argument #1 to 'xpcall' (value expected)
print(pcall(function() local x = math.pow() end))
print(pcall(function() local x = xpcall() end))
--- a malformed pattern is described in the words of Lua 5.2
-- because: the message tells more
--> [%	false	malformed pattern (ends with '%')
--> %b	false	malformed pattern (missing arguments to '%' and 'b')
--> %bx	false	malformed pattern (missing arguments to '%' and 'b')
--> %f	false	malformed pattern (missing '[' after '%' and 'f')
--> %fx	false	malformed pattern (missing '[' after '%' and 'f')
for _, p in ipairs { '[%', '%b', '%bx', '%f', '%fx' } do print(p, pcall(string.find, 'aab', p)) end
--- a malformed pattern is refused before it is matched
-- because: patterns are compiled first; Lua 5.1 does not see what comes behind a part that does not match
--> false	malformed pattern (missing ']')
print(pcall(string.find, 'abc', 'x['))
--- the pattern %g stands for characters that can be printed
-- because: Lua 5.2 has it
--> ab
print(('  ab '):match('%g+'))
--- a format with a zero byte in an argument is not cut
-- because: Lua 5.1 hands the argument to C, for which it ends there
--> 3	6
print(#string.format('%s', 'a\0b'), #string.format('%5s|', 'a\0b'))
--- a format takes any value as a string
-- because: Lua 5.2 does so
--> nil true text
print(string.format('%s %s %s', nil, true, setmetatable({}, { __tostring = function() return 'text' end })))
--- a format that ends within an option is told so
-- because: the message tells more
--> %	false	invalid option '%' to 'format' (the format ends)
--> x%	false	invalid option '%' to 'format' (the format ends)
--> %5	false	invalid option '%' to 'format' (the format ends)
--> %-	false	invalid option '%' to 'format' (the format ends)
--> %.	false	invalid option '%' to 'format' (the format ends)
--> %5.2	false	invalid option '%' to 'format' (the format ends)
for _, f in ipairs { '%', 'x%', '%5', '%-', '%.', '%5.2' } do print(f, pcall(string.format, f, 1)) end
--- an unknown option that is a zero byte is shown
-- because: Lua 5.1 ends its message there
--> invalid option '%0' to 'format'
print((select(2, pcall(string.format, '%\0', 1)):gsub('%z', '0')))
--- string.rep takes a separator
-- because: Lua 5.2 has it
--> x,x,x
print(('x'):rep(3, ','))
--- zero has no sign
-- because: LuaJ keeps whole numbers as integers
--> 0	0	inf	0	0	0	inf
--> -inf	0
local zero = 0
print(-zero, zero * -1, 1 / -zero, -0.0, math.ceil(-0.5), math.fmod(-6, 2), 1 / (zero * -1))
print(math.modf(-1/0))
--- what is no number, divided by zero, is infinite
-- because: LuaJ looks at the sign of the dividend first
--> -inf
local nan, zero = 0/0, 0
print((tostring(nan / zero):gsub('nan', 'no number')))
--- the smallest numbers have an exponent of their own
-- because: LuaJ's frexp reads the bits of numbers that are not normalized
--> 0.5	-1022
print(math.frexp(2^-1074))
--- two literals that are compared come in LuaJ's order
-- because: LuaJ takes bytes for signed numbers, and constants cannot be replaced for one instruction
--> false
print('\255' > 'a')
--- hexadecimal literals may have a fraction, or nothing
-- because: LuaJ's compiler reads them so
--> 0.5	function
print(loadstring('return 0x.8')(), type(loadstring('return 0x')))
--- text is read as a number by arithmetic only in its plain forms
-- because: LuaJ reads it; tonumber is the host's own
--> 10	false
--> -16	false
--> 1	false
for _, s in ipairs { '\t10\n', '-0x10', '\f1' } do print(tonumber(s), (pcall(function() return s + 0 end))) end
--- inf and nan are not read as numbers
-- because: it is C's library that reads them, on some machines
--> nil	nil	nil
print(tonumber('inf'), tonumber('nan'), tonumber('infinity'))
--- a zero byte does not end a number
-- because: it is C's library to which the text ends there
--> nil
print(tonumber('10\0'))
--- digits of a base have no prefix
-- because: it is C's library that reads one; Lua 5.2 does not
--> nil
print(tonumber('0xff', 16))
--- digits of a base may have a sign
-- because: C's library makes a large number of it; Lua 5.2 does not
--> -255
print(tonumber('-ff', 16))
--- an operator over two lines has the line of the operator
-- because: LuaJ's compiler notes it, as that of Lua 5.2
--> false	c:3: attempt to perform arithmetic on local 'a' (a nil value)
print(pcall(loadstring('local a\n\nlocal b = 1 +\n a', '=c')))
--- a message about a value from a computed key has no name
-- because: the name would be a question mark
--> false	c:1: attempt to call a nil value
--> false	c:1: attempt to index a nil value
print(pcall(loadstring('local t = {} ; t[1]()', '=c')))
print(pcall(loadstring('local t = {} ; local x = t[1][2]', '=c')))
--- errors of sort and next have a position
-- because: the message tells more
--> false	chunk:1: attempt to compare string with number
--> false	chunk:2: invalid key to 'next'
print(pcall(function() table.sort({ 1, 'a' }) end))
print(pcall(function() next({}, 'x') end))
--- pairs gives next itself
-- because: LuaJ and Lua 5.2 do so
--> true
print(pairs({}) == next)
--- obsolete functions are not there
-- because: Lua 5.2 has removed them or calls them obsolete
--> nil	nil	nil	nil	nil	nil	nil	nil	nil
print(table.maxn, table.getn, table.setn, table.foreach, table.foreachi, math.mod, string.gfind, gcinfo, newproxy)
--- functions that change environments are not there
-- because: Lua 5.2 has _ENV
--> nil	nil	nil	nil
print(setfenv, getfenv, module, package)
--- _ENV is the table of globals
-- because: LuaJ is a Lua 5.2
--> Lua 5.2	true	1
print(_VERSION, _ENV == _G, (function() local _ENV = { x = 1 } return x end)())
--- functions that reach out of the sandbox are not there
-- because: scripts are not trusted
--> nil	nil	nil	nil	nil	nil	nil	nil	nil	nil	nil	nil	nil	nil
print(io, dofile, loadfile, string.dump, os.execute, os.exit, os.getenv, os.remove, os.rename, os.tmpname, os.setlocale, debug.getinfo, debug.sethook, debug.getregistry)
--- bytecode is not loaded
-- because: crafted bytecode reaches out of the sandbox
--> nil	[string "\27Lua"]:1: source text expected, got bytecode
print(loadstring('\27Lua'))
--- the metatable of strings is out of reach
-- because: it is that of the whole JVM
--> false
print(getmetatable('x'))
--- functions of Lua 5.2 are there
-- because: LuaJ has them, or scripts for Lua 5.2 need them
--> function	function	function	function
--> 3	2	3
print(type(table.pack), type(table.unpack), type(rawlen), type(coroutine.isyieldable))
print(table.pack(1, nil, 3).n, rawlen({ 1, 2 }), rawlen('abc'))
--- the names of modules are given to require
-- because: scripts find the modules of the host, and nothing else
--> false	module 'nothing' not found: only modules of the host can be required
print(pcall(require, 'nothing'))
--- an assertion raises its message as it is
-- because: Lua 5.3 does so, so that error objects can be raised
--> false	as it is
--> false	assertion failed!
--> table	false	nil
print(pcall(function() assert(false, 'as it is') end))
print(pcall(function() assert(false) end))
print(type(select(2, pcall(assert, false, {}))), pcall(assert, false, nil))
--- a chunk's name is shown whole
-- because: the path of a script is worth its length
--> false	d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/f.lua:1: x
--> false	[string "error("x") -- long long long long long long long long long l..."]:1: x
print(pcall(loadstring('error("x")', '@' .. ('d/'):rep(50) .. 'f.lua')))
print(pcall(loadstring('error("x") -- ' .. ('long '):rep(30))))
--- a coroutine that cannot be resumed is described in the words of Lua 5.2
-- because: LuaJ is a Lua 5.2
--> false	cannot resume non-suspended coroutine
--> false	attempt to yield from outside a coroutine
local c c = coroutine.create(function() print(coroutine.resume(c)) end) coroutine.resume(c)
print(pcall(coroutine.yield))
--- a coroutine may run a library function
-- because: Lua 5.2 does so
--> true	X
--> 1	2
--> 3	4
print(coroutine.resume(coroutine.create(string.upper), 'x'))
local c = coroutine.wrap(coroutine.yield) print(c(1, 2)) print(c(3, 4))
--- a coroutine may yield from inside of pcall, metamethods and iterators
-- because: each coroutine has a thread; Lua 5.2 allows it as well
--> in pcall
--> false	after
--> end
--> key
--> value
--> next
--> got	1
--> next
--> end
--> a
--> sorting
--> sorted
local c = coroutine.wrap(function() print(pcall(function() coroutine.yield('in pcall') error('after', 0) end)) return 'end' end)
print(c()) print(c())
local c = coroutine.wrap(function() return setmetatable({}, { __index = function(_, k) return coroutine.yield(k) end }).key end)
print(c()) print(c('value'))
local c = coroutine.wrap(function() for v in function() return coroutine.yield('next') end do print('got', v) end return 'end' end)
print(c()) print(c(1)) print(c(nil))
print(coroutine.wrap(function() return (('ab'):gsub('.', function(l) return coroutine.yield(l) end)) end)())
local c = coroutine.wrap(function() table.sort({ 2, 1 }, function(a, b) coroutine.yield('sorting') return a < b end) return 'sorted' end)
print(c()) print(c())
--- the main program is a thread too
-- because: Lua 5.2 does so
--> thread	true
print(type(coroutine.running()), select(2, coroutine.running()))
--- an error that passes out of a wrapped coroutine gets no second position
-- because: the message would grow with each coroutine that it passes
--> false	chunk:1: inner
print(coroutine.resume(coroutine.create(function() coroutine.wrap(function() error('inner') end)() end)))
--- load takes text, a mode and an environment
-- because: Lua 5.2 does so
--> 1	2
print(load('return 1')(), load('return x', '=n', 't', { x = 2 })())
--- xpcall passes arguments on
-- because: Lua 5.2 does so
--> true	1	2
print(xpcall(function(...) return ... end, print, 1, 2))
--- a text that __tostring must give is demanded at once
-- because: Lua 5.3 does so
--> false	'__tostring' must return a string, it returned a nil
print(pcall(tostring, setmetatable({}, { __tostring = function() return nil end })))
--- the length of a table may be computed
-- because: Lua 5.2 has __len for tables
--> 42
print(#setmetatable({ 1, 2 }, { __len = function() return 42 end }))
--- goto and labels
-- because: LuaJ's compiler is that of Lua 5.2
--> nil	[string "local goto = 1"]:1: '<name>' expected
--> 3
print(loadstring('local goto = 1'))
do local i = 1 ::top:: if i < 3 then i = i + 1 goto top end print(i) end
--- a statement may be empty
-- because: LuaJ's compiler is that of Lua 5.2
--> function
print(type(loadstring(';;; local x = 1 ;;')))
--- break may stand in the middle of a block
-- because: LuaJ's compiler is that of Lua 5.2
--> function
print(type(loadstring('while true do break local x = 1 end')))
--- a call may begin on a line of its own
-- because: LuaJ's compiler is that of Lua 5.2
--> function
print(type(loadstring('f\n(1)')))
--- strings have the escapes \x and \z
-- because: LuaJ's compiler is that of Lua 5.2
--> AB
print('\x41\z
   B')
--- the first line of a chunk may begin with a hash
-- because: LuaJ's compiler passes it over
--> 1
print(loadstring('# not Lua\nreturn 1')())
--- there is no table arg in functions with varargs
-- because: Lua 5.1 calls it obsolete
--> nil
print((function(...) return type(arg) end)(1, 2))
