case "connect.schemes.wss" {
  clause = "connect.schemes",
  title  = "a wss:// URL connects over TLS",
  needs  = { "tls" },
  server = trusted,
  client = function(t)
    local websocket = require("websocket")
    t:equal("wss://", t:url():sub(1, 6), "scheme of the URL")
    local client, err = websocket.connect(t:url())
    t:equal(nil, err, "the second result")
    t:alive(client)
  end,
  wire   = function(w)
    local tls = w:entries("tls")
    w:equal(1, #tls, "number of TLS handshakes")
    w:equal("done", (tls[1] or {}).outcome, "outcome of the TLS handshake")
  end,
}

case "connect.schemes.wss-messages" {
  clause = "connect.schemes",
  title  = "text, bytes and messages longer than a TLS record cross TLS unharmed",
  needs  = { "tls" },
  server = trusted,
  client = function(t)
    local websocket = require("websocket")
    local client = t:connect()
    t:alive(client)
    for _, data in ipairs { "", all_bytes(), all_bytes():rep(400) } do
      t:returns({ true }, client:send(data, websocket.BINARY))
      t:message("binary", data, client:channel():receive())
    end
    t:returns({ true }, client:send("gr\195\188n", websocket.TEXT))
    t:message("text", "gr\195\188n", client:channel():receive())
  end,
}
