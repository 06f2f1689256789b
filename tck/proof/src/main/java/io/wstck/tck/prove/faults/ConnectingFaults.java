package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.Tampering;
import java.util.List;
import java.util.function.Supplier;

/** Faults of websocket.connect, as scripts see it, and of the request target. Stateless. */
final class ConnectingFaults {
    private ConnectingFaults() {}

    static List<Fault> all() {
        return List.of(
                // The second result is false instead of text, because the chat example tests whether the second result
                // is true.
                lua(
                                "connect.second-result",
                                breaks("connect.returns"),
                                "a connection that succeeds returns a second result that is not nil",
                                """
                                local connect = module.connect
                                function module.connect(...)
                                  local made, err = connect(...)
                                  if made then return made, false end
                                  return made, err
                                end
                                """)
                        .exclusive(),
                lua(
                        "connect.eight-at-most",
                        breaks("connect.independent"),
                        "a ninth concurrent connection is refused",
                        """
                        local connect, open = module.connect, 0
                        function module.connect(...)
                          if open == 8 then
                            return nil, errors.new { kind = errors.INTERNAL, message = "too many", retryable = true }
                          end
                          local made, err = connect(...)
                          if made then open = open + 1 end
                          return made, err
                        end
                        local close = client.close
                        function client:close(...)
                          open = open - 1
                          return close(self, ...)
                        end
                        """),
                lua(
                        "connect.hanging-dials-keep-their-place",
                        breaks("connect.independent"),
                        "eight connects at a time are allowed, and a connect that times out keeps its place",
                        """
                        local connect, hanging = module.connect, 0
                        function module.connect(url, options)
                          if hanging == 8 then
                            return nil, errors.new { kind = errors.INTERNAL, message = "too many dials", retryable = true }
                          end
                          local made, err = connect(url, options)
                          if not made and err:message():find("dial timeout") then hanging = hanging + 1 end
                          return made, err
                        end
                        """),
                lua("connect.only-wss", breaks("connect.schemes"), "ws:// URLs are refused", """
                        local connect = module.connect
                        function module.connect(url, options)
                          if tostring(url):sub(1, 5) == "ws://" then
                            return nil, errors.new { kind = errors.INVALID, message = "insecure URL", retryable = false }
                          end
                          return connect(url, options)
                        end
                        """),
                lua(
                        "connect.options-required",
                        breaks("connect.options-optional"),
                        "connect without a table of options raises an error",
                        """
                        local connect = module.connect
                        function module.connect(url, options)
                          if type(options) ~= "table" then error("options: expected a table") end
                          return connect(url, options)
                        end
                        """),
                lua("connect.raises", breaks("connect.failed"), "a failed connect raises its error", """
                        local connect = module.connect
                        function module.connect(...)
                          local made, err = connect(...)
                          if not made then error(err) end
                          return made, err
                        end
                        """),
                lua("connect.pretends", breaks("connect.failed"), "a failed connect returns a closed client", """
                        local connect = module.connect
                        function module.connect(...)
                          local made, err = connect(...)
                          return made or kit.client(nil), nil
                        end
                        """),
                wire(
                        "connect.target-without-query",
                        breaks("connect.target", "permission.resource"),
                        "the query of the URL is not sent",
                        HandshakeTamperings.request(
                                head -> head.withStartLine(head.startLine().replaceFirst("\\?\\S*", "")))),
                wire(
                        "connect.target-decoded",
                        breaks("connect.target"),
                        "percent signs of the path are decoded before it is sent",
                        HandshakeTamperings.request(head -> head.withStartLine(
                                head.startLine().replace("%20", "+").replace("%2F", "/")))),
                wire(
                        "connect.target-dots-dropped",
                        breaks("connect.target"),
                        "a segment of two dots in the path is dropped, but not the segment before it",
                        target("/\\.\\./", "/")),
                wire(
                        "connect.target-plus-decoded",
                        breaks("connect.target"),
                        "%2B in the query is sent as a plus sign",
                        target("%2B", "+")),
                wire(
                        "connect.target-escaped-twice",
                        breaks("connect.target"),
                        "the percent signs of lower-case escapes are escaped again",
                        target("%(?=[a-f]\\d)", "%25")),
                lua(
                        "connect.host-with-default-port",
                        breaks("connect.target"),
                        "the Host header has a port although the URL has none",
                        connecting("""
                                local host = tostring(url):match("^ws://([%w.]+)/")
                                if host then options.headers = { Host = host .. ":80" } end
                                """)),
                lua(
                        "connect.empty-port-refused",
                        breaks("connect.target", "connect.failed"),
                        "a URL with an empty port raises an error",
                        connecting(
                                "if tostring(url):find(\"^ws://[%w.]+:/\") then error(\"URL: expected a port\") end")),
                wire(
                        "connect.host-without-brackets",
                        breaks("rfc6455.handshake.ipv6"),
                        "the Host header has an IPv6 literal without its brackets",
                        HandshakeTamperings.request(
                                head -> head.withChanged("Host", host -> host.replaceAll("[\\[\\]]", "")))),
                wire(
                        "connect.host-literal-without-port",
                        breaks("rfc6455.handshake.ipv6"),
                        "the Host header lacks the port after an IPv6 literal",
                        HandshakeTamperings.request(
                                head -> head.withChanged("Host", host -> host.replaceFirst("\\]:.*", "]")))),
                wire(
                        "connect.host-without-port",
                        breaks("connect.target"),
                        "the Host header lacks the port",
                        HandshakeTamperings.request(head ->
                                head.with("Host", head.value("Host").orElse("").replaceFirst(":\\d+$", "")))));
    }

    /** Replaces a part of each request line. */
    private static Supplier<Tampering> target(String regex, String replacement) {
        return HandshakeTamperings.request(
                head -> head.withStartLine(head.startLine().replaceAll(regex, replacement)));
    }
}
