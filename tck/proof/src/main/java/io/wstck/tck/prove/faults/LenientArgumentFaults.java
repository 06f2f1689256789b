package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.luaAndWire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.HttpHead;
import java.util.List;
import java.util.regex.Pattern;

/** Faults of a client that accepts invalid arguments. Each breaks a <em>should</em>. Stateless. */
final class LenientArgumentFaults {
    private static final String FORGED = "X-Forged-";
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-F]{2})");

    /** Lua functions that encode text which the real client refuses, so that the relay can restore it. */
    private static final String ESCAPE = """
            local function escape(text, set)
              return (text:gsub(set, function(c) return string.format("%%%02X", c:byte()) end))
            end
            """;

    private LenientArgumentFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "url.http-accepted",
                        breaks("connect.bad-url"),
                        "http:// and https:// URLs are treated as ws:// URLs",
                        connecting("if type(url) == \"string\" then url = url:gsub(\"^https?:\", \"ws:\") end")),
                lua(
                        "url.fragment-dropped",
                        breaks("connect.bad-url"),
                        "the fragment of a URL is ignored",
                        connecting("if type(url) == \"string\" then url = url:gsub(\"#.*\", \"\") end")),
                luaAndWire(
                        "url.line-breaks-sent",
                        breaks("connect.bad-url"),
                        "CR and LF in a URL are sent as they are",
                        ESCAPE + connecting("if type(url) == \"string\" then url = escape(url, \"[\\r\\n ]\") end"),
                        HandshakeTamperings.request(head -> unescaped(head, "GET "))),
                luaAndWire(
                        "url.blanks-sent",
                        breaks("connect.bad-url"),
                        "a space, a tab or DEL in a URL is sent unchanged",
                        ESCAPE + connecting("""
                                        if type(url) == "string" and not url:find("[\\r\\n]") then
                                          url = escape(url, "[ \\t\\127]")
                                        end
                                        """),
                        HandshakeTamperings.request(head -> unescaped(head, "GET "))),
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
                        HandshakeTamperings.request(head -> head.value("X-Forged-Host")
                                .map(host -> head.without("X-Forged-Host").withAdded("Host", host))
                                .orElse(head))),
                luaAndWire(
                        "headers.forged",
                        breaks("options.headers.no-forgery"),
                        "headers of the table replace headers of the handshake",
                        connecting("""
                                local headers = {}
                                for name, value in pairs(options.headers or {}) do headers["X-Forged-" .. name] = value end
                                options.headers = headers
                                """),
                        HandshakeTamperings.request(LenientArgumentFaults::forged)),
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
                        HandshakeTamperings.request(head -> unescaped(head, "X-Harmless:"))),
                luaAndWire(
                        "protocols.any-text",
                        breaks("options.protocols.tokens"),
                        "a subprotocol that is not a token is offered",
                        ESCAPE + connecting("""
                                        local protocols = {}
                                        for index, name in ipairs(options.protocols or {}) do
                                          protocols[index] = escape(name, "[ ,/]")
                                        end
                                        options.protocols = options.protocols and protocols
                                        """),
                        HandshakeTamperings.request(head -> unescaped(head, "Sec-WebSocket-Protocol:"))),
                luaAndWire(
                        "protocols.separators-sent",
                        breaks("options.protocols.tokens"),
                        "a subprotocol with a rare separator is offered",
                        ESCAPE + connecting("""
                                        local protocols = {}
                                        for index, name in ipairs(options.protocols or {}) do
                                          protocols[index] = escape(name, "[()<>@;:\\\\\\"%[%]?={}]")
                                        end
                                        options.protocols = options.protocols and protocols
                                        """),
                        HandshakeTamperings.request(head -> unescaped(head, "Sec-WebSocket-Protocol:"))),
                lua(
                        "send.anything",
                        breaks("send.non-string"),
                        "values that are not strings are converted to strings and sent",
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
                        "ping waits for its pong before it returns",
                        """
                        function client:ping()
                          self.real:ping()
                          return channel.select { time.after("1h"):case_receive() }.ok
                        end
                        """));
    }

    private static HttpHead unescaped(HttpHead head, String start) {
        return new HttpHead(head.lines().stream()
                .map(line -> line.startsWith(start) ? unescaped(line) : line)
                .toList());
    }

    private static String unescaped(String line) {
        return ESCAPED.matcher(line)
                .replaceAll(escaped -> String.valueOf((char) Integer.parseInt(escaped.group(1), 16)));
    }

    private static HttpHead forged(HttpHead head) {
        HttpHead forged = head;
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
