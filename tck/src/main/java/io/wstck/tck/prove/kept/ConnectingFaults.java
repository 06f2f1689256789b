package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.connecting;
import static io.wstck.tck.prove.kept.Faults.lua;
import static io.wstck.tck.prove.kept.Faults.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.Tampering;
import java.util.List;
import java.util.function.Supplier;

/** Faults of websocket.connect, as scripts see it, and of the request's target. Stateless. */
final class ConnectingFaults {
    private ConnectingFaults() {}

    static List<Fault> all() {
        return List.of(
                // False, and not a text: the chat example goes by a second result that is true.
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
                        .alone(),
                lua(
                        "connect.eight-at-most",
                        breaks("connect.independent"),
                        "a ninth connection beside eight open ones is refused",
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
                        "of eight dials at a time none gives its place back when the dial timeout ends it",
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
                        "connecting without a table of options raises an error",
                        """
                        local connect = module.connect
                        function module.connect(url, options)
                          if type(options) ~= "table" then error("options: expected a table") end
                          return connect(url, options)
                        end
                        """),
                lua(
                        "connect.raises",
                        breaks("connect.failed"),
                        "a connection that cannot be made raises its error",
                        """
                        local connect = module.connect
                        function module.connect(...)
                          local made, err = connect(...)
                          if not made then error(err) end
                          return made, err
                        end
                        """),
                lua(
                        "connect.pretends",
                        breaks("connect.failed"),
                        "a connection that cannot be made returns a client that is closed",
                        """
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
                        HandshakeChanges.request(
                                head -> head.withStart(head.start().replaceFirst("\\?\\S*", "")))),
                wire(
                        "connect.target-decoded",
                        breaks("connect.target"),
                        "percent signs of the path are decoded before it is sent",
                        HandshakeChanges.request(head ->
                                head.withStart(head.start().replace("%20", "+").replace("%2F", "/")))),
                wire(
                        "connect.target-dots-dropped",
                        breaks("connect.target"),
                        "two dots in the path are left out, and the segment before them stays",
                        target("/\\.\\./", "/")),
                wire(
                        "connect.target-plus-decoded",
                        breaks("connect.target"),
                        "%2B in the query is sent as a plus sign",
                        target("%2B", "+")),
                wire(
                        "connect.target-escaped-twice",
                        breaks("connect.target"),
                        "the percent signs of escapes in lower case are escaped again",
                        target("%(?=[a-f]\\d)", "%25")),
                lua(
                        "connect.host-with-default-port",
                        breaks("connect.target"),
                        "the Host header has the port of a URL that has none",
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
                        HandshakeChanges.request(
                                head -> head.changing("Host", host -> host.replaceAll("[\\[\\]]", "")))),
                wire(
                        "connect.host-literal-without-port",
                        breaks("rfc6455.handshake.ipv6"),
                        "the Host header leaves out the port behind an IPv6 literal",
                        HandshakeChanges.request(
                                head -> head.changing("Host", host -> host.replaceFirst("\\]:.*", "]")))),
                wire(
                        "connect.host-without-port",
                        breaks("connect.target"),
                        "the Host header leaves out the port",
                        HandshakeChanges.request(head ->
                                head.with("Host", head.value("Host").orElse("").replaceFirst(":\\d+$", "")))));
    }

    /** Replaces a part of each request line. */
    private static Supplier<Tampering> target(String regex, String replacement) {
        return HandshakeChanges.request(head -> head.withStart(head.start().replaceAll(regex, replacement)));
    }
}
