--- the classes of letters
local classes = 'acdlpsuwxz'
for c in classes:gmatch('.') do
  local inside, outside = {}, {}
  for i = 0, 255 do
    if string.char(i):match('^%' .. c .. '$') then inside[#inside + 1] = i end
    if string.char(i):match('^%' .. c:upper() .. '$') then outside[#outside + 1] = i end
  end
  print(c, #inside, #outside, table.concat(inside, ' '))
end
--- a percent sign takes the meaning of other characters away
print(('a.b%c'):match('%.'), ('a.b%c'):match('%%'), ('x[y]'):match('%['), ('x^'):match('%^'), ('-'):match('%-'), ('$'):match('%$'))
print(('aby'):match('%y'), ('ab_'):match('%_'))
--- sets and ranges
print(('hello'):match('[a-f]'), ('hello'):match('[^a-h]+'), ('a-z'):match('[a-]+'), ('a-z'):match('[-z]+'), (']'):match('[]]'), ('a]'):match('[^]]'))
print(('x^y'):match('[%^]'), ('x^y'):match('[y^]+'), ('5%'):match('[%d%%]+'), ('a.b'):match('[.]'), ('ab]c'):match('[%]]'))
print(('abc'):match('[a-b-c]+'), ('a%b'):match('[%a-%%]+'), ('+,-'):match('[+--]+'), ('z'):match('[z-a]'))
print(('éa'):match('[\128-\255]+'), ('\0a'):match('[%z]') == '\0')
--- repetitions
print(('aaa'):match('a*'), ('aaa'):match('a+'), ('aaa'):match('a-'), ('aaa'):match('a?'), ('aaab'):match('a-b'), ('b'):match('a*'), ('b'):match('a+'))
print(('aaa'):match('^a-$'), ('<a><b>'):match('<.->'), ('<a><b>'):match('<.*>'), ('xaay'):match('xa?a?a?y'))
print(('*+'):match('*+'), ('a**'):match('a**'), ('+'):match('+'), ('?'):match('?'), ('-'):match('-'), ('a--'):match('a--'))
--- a repetition of a set
print(('abc123'):match('[a-z]+[0-9]*'), ('112233'):match('[1-2]-3'), ('xyz'):match('[xy]?z'), ('xyz'):match('[xy]?[xy]?z'))
--- a capture cannot be repeated
print(('aaa'):match('(a)*'), ('a*'):match('(a)*'), ('ab'):match('(a)b'))
--- captures in captures
print(('hello'):match('((h)(e(l)l)o)'))
print(('abc'):find('(a(b(c)))'))
print(('abc'):match('()a()b()c()'))
print(('aXb'):gsub('(%a)(%a)', '%2%1'))
--- what was captured is repeated
print(('abcabc'):match('(abc)%1'), ('abcabd'):match('(abc)%1'), ('"it\'s"'):match('(["\'])(.-)%1'), ('aa bb cd'):match('(%a)%1 (%a)%2'))
print(('x'):match('()%1'), 1)
--- a position cannot be repeated
print(pcall(function() return ('xx'):match('()%1') end))
--- balanced delimiters
print(('f(a(b)c)d'):match('%b()'), ('((x)'):match('%b()'), ('(((x'):match('%b()'), ('xax'):match('%bxx'), ('[a[b]c]'):match('%b[]'), ('<<>'):find('%b<>'))
--- frontiers
print(('THE (quick) fox'):gsub('%f[%a]%a+', string.lower))
print(('hello world'):find('%f[%w]%w+%f[%W]', 2), ('x'):find('%f[%z]'), ('abc'):gsub('%f[%w]', '^'), ('a b'):gsub('%f[%W]', '.'))
--- anchors
print(('abc'):match('^a'), ('abc'):match('^b'), ('abc'):match('c$'), ('abc'):match('b$'), ('a^b'):match('a^b'), ('a$b'):match('a$b'), ('abc'):match('^abc$'), (''):match('^$'))
print(('a$'):match('a%$'), ('a$'):match('a$$'), ('$'):match('$'), ('^'):match('^^'), ('a^'):match('a^'))
print(('(^a)'):match('(^a)'), ('a'):match('(a$)'), ('a'):match('(a)$'))
--- an anchor in gsub
print(('aaa'):gsub('^a', 'b'), ('hello'):gsub('^h', 'j'), ('abab'):gsub('^ab', ''))
--- bytes that are zero
print(('a\0b'):match('a%zb') == 'a\0b', ('a\0b'):find('%z'), ('a\0b'):find('b'), ('a\0b'):match('.-b') == 'a\0b', ('\0\0'):gsub('%z', 'x'))
--- malformed patterns
for _, p in ipairs { '[', '[a', '[]', '[^]', '[a-', '%', 'a%', '(', '(a', 'a)', ')', '%1', '(%1)', '(a)%2', '(a', '[]a' , '(()', '())' } do
  print(p, pcall(string.find, 'aab', p))
  print(p, pcall(string.gsub, 'aab', p, 'x'))
end
--- malformed patterns raise an error with the position of the caller
print(pcall(function() return ('x'):find('[') end))
print(pcall(function() return ('x'):match('%') end))
print(pcall(function() return ('x'):gsub('(', '') end))
print(pcall(function() for _ in ('x'):gmatch('(') do end end))
--- a capture that is malformed behind what does not match goes unseen
print(pcall(string.find, 'abc', 'x('))
print(pcall(string.find, 'abc', 'x)'))
print(pcall(string.find, 'abc', 'x%1'))
--- thirty-two captures, and not one more
print(select('#', string.find(('a'):rep(40), ('(a)'):rep(32))))
print(pcall(string.find, ('a'):rep(40), ('(a)'):rep(33)))
--- zero is no capture that can be repeated
print(pcall(string.find, 'aa', '(a)%0'))
--- deep patterns
print(#(('a'):rep(1000)):match(('a?'):rep(100) .. 'a*'))
print(#(('a'):rep(5000)):match('.-b?$'))
--- long subjects
local s = ('x'):rep(10000) .. 'y'
print(s:find('y'), s:find('x-y'), s:find('xy$'), #s:match('.*'), (s:gsub('x', '')), select(2, s:gsub('.', '%0')))
--- trimming and splitting
local function split(s, sep)
  local out = {}
  for piece in (s .. sep):gmatch('(.-)' .. sep:gsub('%p', '%%%0')) do out[#out + 1] = '<' .. piece .. '>' end
  return table.concat(out)
end
print(split('a,b,,c,', ','), split('', ','), split('a.b', '.'), split('1||2', '||'))
--- urls and headers
print(('ws://host:80/path?q#f'):match('^(%w+)://([^:/?#]+):?(%d*)([^?#]*)%??([^#]*)#?(.*)$'))
print(('Sec-WebSocket-Key:  abc== \r\n'):match('^([%w-]+):%s*(.-)%s*$'))
for k, v in ('a=1&b=&c=%20'):gmatch('([^&=]+)=([^&]*)') do print(k, v) end
print((('%41%zz%20'):gsub('%%(%x%x)', function(h) return string.char(tonumber(h, 16)) end)))
