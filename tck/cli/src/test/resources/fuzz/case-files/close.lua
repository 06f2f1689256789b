case "close-after.inside-a-message" {
  clause = "rfc6455.close.after",
  title  = "the rest of a message that a close frame interrupted is not delivered",
  server = script {
    echo_messages(1), going,
    send.bytes "\1\5first\136\2\3\232\128\4last",
    expect.close { codes = { 1000 }, answer = false }, end_tcp "fin",
  },
  client = alive_then_closed,
}

case "close-simultaneous.same-code" {
  clause = "rfc6455.close.simultaneous",
  title  = "both sides close with 1000 at once: one close frame each, and a clean end",
  server = script { echo_messages(1), going, send.close { 1000 }, expect.close { code = 1000, answer = false },
    end_tcp "fin" },
  client = function(t)
    local client = t:connect()
    t:alive(client)
    client:send("go")
    local outcome, result = t:attempt(client.close, client, 1000)
    t:ok(outcome ~= "raised", "close() returns; it raised: " .. tostring(result))
    t:closed(client:channel():receive())
  end,
  wire = function(w)
    w:client_closed { code = 1000 }
    w:ended_cleanly()
  end,
}
