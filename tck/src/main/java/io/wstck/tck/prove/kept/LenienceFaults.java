package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.connecting;
import static io.wstck.tck.prove.kept.Faults.lua;
import static io.wstck.tck.prove.kept.Faults.luaAndWire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.Head;
import java.util.List;
import java.util.regex.Pattern;

/** Faults of a client that takes arguments that a good one refuses: what breaks a <em>should</em>. Stateless. */
final class LenienceFaults {
    private static final String FORGED = "X-Forged-";
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-F]{2})");

    /** Lua: what a client refuses to send, in a form that it sends. */
    private static final String ESCAPE = """
            local function escape(text, set)
              return (text:gsub(set, function(c) return string.format("%%%02X", c:byte()) end))
            end
            """;

    private LenienceFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "url.http-accepted",
                        breaks("connect.bad-url"),
                        "http:// and https:// URLs are taken for ws:// ones",
                        connecting("if type(url) == \"string\" then url = url:gsub(\"^https?:\", \"ws:\") end")),
                lua(
                        "url.fragment-dropped",
                        breaks("connect.bad-url"),
                        "the fragment of a URL is passed over",
                        connecting("if type(url) == \"string\" then url = url:gsub(\"#.*\", \"\") end")),
                luaAndWire(
                        "url.line-breaks-sent",
                        breaks("connect.bad-url"),
                        "CR and LF in a URL are sent as they are",
                        ESCAPE + connecting("if type(url) == \"string\" then url = escape(url, \"[\\r\\n ]\") end"),
                        HandshakeChanges.request(head -> unescaped(head, "GET "))),
                luaAndWire(
                        "url.blanks-sent",
                        breaks("connect.bad-url"),
                        "a space, a tab or DEL in a URL is sent as it is",
                        ESCAPE + connecting("""
                                        if type(url) == "string" and not url:find("[\\r\\n]") then
                                          url = escape(url, "[ \\t\\127]")
                                        end
                                        """),
                        HandshakeChanges.request(head -> unescaped(head, "GET "))),
                luaAndWire(
                        "headers.host-added",
                        breaks("options.headers.no-forgery"),
                        "a Host header of the table is sent beside the client's own",
                        connecting("""
                                local headers = {}
                                for name, value in pairs(options.headers or {}) do
                                  headers[name:lower() == "host" and "X-Forged-Host" or name] = value
                                end
                                options.headers = headers
                                """),
                        HandshakeChanges.request(head -> head.value("X-Forged-Host")
                                .map(host -> head.without("X-Forged-Host").and("Host", host))
                                .orElse(head))),
                luaAndWire(
                        "headers.forged",
                        breaks("options.headers.no-forgery"),
                        "headers of the table replace those of the handshake",
                        connecting("""
                                local headers = {}
                                for name, value in pairs(options.headers or {}) do headers["X-Forged-" .. name] = value end
                                options.headers = headers
                                """),
                        HandshakeChanges.request(LenienceFaults::forged)),
                luaAndWire(
                        "headers.injected",
                        breaks("options.headers.no-injection"),
                        "CR and LF in the value of a header are sent as they are",
                        ESCAPE + connecting("""
                                        local headers = {}
                                        for name, value in pairs(options.headers or {}) do
                                          headers[name] = escape(value, "[\\r\\n]")
                                        end
                                        options.headers = headers
                                        """),
                        HandshakeChanges.request(head -> unescaped(head, "X-Harmless:"))),
                luaAndWire(
                        "protocols.any-text",
                        breaks("options.protocols.tokens"),
                        "a subprotocol that is no token is offered as it is",
                        ESCAPE + connecting("""
                                        local protocols = {}
                                        for index, name in ipairs(options.protocols or {}) do
                                          protocols[index] = escape(name, "[ ,/]")
                                        end
                                        options.protocols = options.protocols and protocols
                                        """),
                        HandshakeChanges.request(head -> unescaped(head, "Sec-WebSocket-Protocol:"))),
                luaAndWire(
                        "protocols.separators-sent",
                        breaks("options.protocols.tokens"),
                        "a subprotocol with one of the rarer separators is offered as it is",
                        ESCAPE + connecting("""
                                        local protocols = {}
                                        for index, name in ipairs(options.protocols or {}) do
                                          protocols[index] = escape(name, "[()<>@;:\\\\\\"%[%]?={}]")
                                        end
                                        options.protocols = options.protocols and protocols
                                        """),
                        HandshakeChanges.request(head -> unescaped(head, "Sec-WebSocket-Protocol:"))),
                lua(
                        "send.anything",
                        breaks("send.non-string"),
                        "what is no string is sent as its text",
                        "function client:send(data, kind) return self.real:send(tostring(data), kind) end"),
                lua(
                        "close.nil-code-1001",
                        breaks("close.arguments"),
                        "a reason without a code is sent with 1001",
                        "function client:close(code, reason) return self.real:close(code or reason and 1001, reason) end"),
                lua("close.code-clamped", breaks("close.out-of-range"), "a code above 4999 is sent as 4999", """
                        function client:close(code, reason)
                          return self.real:close(type(code) == "number" and code > 4999 and 4999 or code, reason)
                        end
                        """),
                lua(
                        "ping.waits-for-pong",
                        breaks("ping.unanswered"),
                        "ping returns when its pong has come, and no sooner",
                        """
                        function client:ping()
                          self.real:ping()
                          return channel.select { time.after("1h"):case_receive() }.ok
                        end
                        """));
    }

    private static Head unescaped(Head head, String start) {
        return new Head(head.lines().stream()
                .map(line -> line.startsWith(start) ? unescaped(line) : line)
                .toList());
    }

    private static String unescaped(String line) {
        return ESCAPED.matcher(line)
                .replaceAll(escaped -> String.valueOf((char) Integer.parseInt(escaped.group(1), 16)));
    }

    private static Head forged(Head head) {
        Head forged = head;
        for (String line : head.lines()) {
            if (line.startsWith(FORGED)) {
                String name = line.substring(FORGED.length(), line.indexOf(':'));
                forged = forged.without(FORGED + name)
                        .with(name, line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return forged;
    }
}
