case "ping.frame" {
  clause = "ping.frame",
  title  = "ping() puts one ping frame of at most 125 bytes on the wire",
  needs  = { "ping" },
  server = echo,
  client = function(t)
    local client = t:connect()
    t:alive(client)
    t:returns({ true }, client:ping())
    t:alive(client)
  end,
  wire = function(w)
    local pings = 0
    for _, frame in ipairs(w:frames()) do
      if frame.opcode == 9 then
        pings = pings + 1
        w:ok(frame.length <= 125, "payload of at most 125 bytes: " .. frame.length)
        w:ok(frame.fin, "the ping is not fragmented")
      end
    end
    w:equal(1, pings, "number of ping frames")
  end,
}

case "ping.frame-each-time" {
  clause = "ping.frame",
  title  = "three calls put three ping frames on the wire",
  needs  = { "ping" },
  server = echo,
  client = function(t)
    local client = t:connect()
    t:alive(client)
    for _ = 1, 3 do
      t:returns({ true }, client:ping())
    end
    t:alive(client)
  end,
  wire = function(w)
    w:pings(3)
  end,
}
