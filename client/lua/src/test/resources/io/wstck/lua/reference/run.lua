-- Runs chunks, in the host and in the reference interpreter: what a chunk prints, then its results or its error.
local concat, load, pcall, select, tostring = table.concat, loadstring, pcall, select, tostring

local function line(...)
  local texts = {}
  for i = 1, select('#', ...) do
    texts[i] = tostring((select(i, ...)))
  end
  return concat(texts, '\t')
end

local function run(source)
  local lines = {}
  local function print(...)
    lines[#lines + 1] = line(...)
  end
  local chunk, complaint = load(source, '=chunk')
  if not chunk then
    return 'syntax error: ' .. complaint
  end
  _G.print = print
  local function finish(ok, ...)
    if not ok then
      lines[#lines + 1] = 'error: ' .. line(...)
    elseif select('#', ...) > 0 then
      lines[#lines + 1] = 'returned: ' .. line(...)
    end
    return concat(lines, '\n')
  end
  return finish(pcall(chunk))
end

if not io then
  return run
end

-- The reference interpreter reads chunks and writes their output; the length of each stands before it.
local read, write, names = io.read, io.write, {}
for name in pairs(_G) do
  names[name] = true
end
for length in function() return read('*n', 1) end do
  local output = run(length > 0 and read(length) or '')
  write(#output, '\n', output)
  for name in pairs(_G) do
    _G[name] = names[name] and _G[name] or nil
  end
end
