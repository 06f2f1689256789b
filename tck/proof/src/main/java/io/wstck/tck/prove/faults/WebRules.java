package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FrameTamperings.where;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.FaultyClient;
import io.wstck.tck.prove.Mechanism;
import io.wstck.tck.prove.relay.RelayedFrame;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of the WHATWG standard that differ from the RFCs or the documentation, as changes of the bundled client.
 * With all changes the client passes the cases of profile <em>web</em>. Without one of them it has a fault that the
 * cases of the rule's clause must notice. {@link WebFaults} breaks the rules that the bundled client follows without a
 * change. Stateless.
 */
public final class WebRules {
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    /** A code that stands for an empty close frame, because the documented API has no call that sends one. */
    private static final int NO_BODY = 4998;

    /**
     * One rule.
     *
     * @param clause the clause of the rule
     * @param fault the id of the fault of a client without the rule
     * @param statement the behaviour of such a client, as a sentence
     * @param mechanisms the changes that make the bundled client follow the rule
     */
    private record Rule(String clause, String fault, String statement, List<Mechanism> mechanisms) {}

    private static final List<Rule> RULES = List.of(
            new Rule("web.url-schemes", "web.http-url-refused", "an http: URL is refused", lua(connecting("""
                            if type(url) == "string" then url = url:gsub("^[Hh][Tt][Tt][Pp]([Ss]?):", "ws%1:") end
                            """))),
            new Rule(
                    "web.url-relative",
                    "web.relative-url-refused",
                    "a URL without a scheme is refused",
                    lua(connecting("if type(url) == \"string\" and url:match(\"^//\") then url = \"ws:\" .. url end"))),
            new Rule(
                    "web.none-selected",
                    "web.none-selected-accepted",
                    "a connection opens although the server selects none of the offered subprotocols",
                    List.of(new Mechanism.WireTampering(HandshakeTamperings.response(
                            (request, response) -> request.value(PROTOCOL).isPresent()
                                            && response.value(PROTOCOL).isEmpty()
                                    ? response.withAdded(PROTOCOL, "not-offered")
                                    : response)))),
            new Rule(
                    "web.origin",
                    "web.origin-missing",
                    "the request has no Origin header",
                    List.of(new Mechanism.WireTampering(
                            HandshakeTamperings.request(head -> head.withAdded("Origin", "http://127.0.0.1:8080"))))),
            new Rule(
                    "web.deflate-offered",
                    "web.deflate-not-offered",
                    "without the option permessage-deflate is not offered",
                    lua(connecting("options.compression = options.compression or 1"))),
            new Rule(
                    "web.send-closed", "web.send-closed-fails", "sending on a closed connection is an error", lua("""
                            function client:send(...)
                              self.real:send(...)
                              return true
                            end
                            """)),
            new Rule(
                    "web.close-empty",
                    "web.close-with-1000",
                    "close() without arguments sends 1000",
                    List.of(
                            new Mechanism.LuaWrapper("""
                                    local close = client.close
                                    function client:close(code, reason)
                                      if code == nil and reason == nil then return close(self, %d) end
                                      return close(self, code, reason)
                                    end
                                    """.formatted(NO_BODY)),
                            new Mechanism.WireTampering(FrameTamperings.sent(where(
                                    frame -> frame.is(RelayedFrame.CLOSE)
                                            && frame.closeCode().orElse(0) == NO_BODY,
                                    frame -> frame.withPayload(new byte[0])))))),
            new Rule(
                    "web.close-code-refused",
                    "web.close-code-of-the-protocol",
                    "close() accepts all codes that RFC 6455 lets an endpoint send",
                    lua("""
                            local close = client.close
                            function client:close(code, reason)
                              if code and code ~= 1000 and (code < 3000 or code > 4999) then
                                return false, errors.new { kind = errors.INVALID, message = "code", retryable = false }
                              end
                              return close(self, code, reason)
                            end
                            """)));

    private WebRules() {}

    private static List<Mechanism> lua(String script) {
        return List.of(new Mechanism.LuaWrapper(script));
    }

    /** The client that follows all rules. The caller still owns the bundled client. */
    public static Implementation client(Implementation bundled) {
        return new FaultyClient(bundled, "the rules of the WHATWG standard", mechanisms());
    }

    /** The changes that make the bundled client follow all rules. */
    static List<Mechanism> mechanisms() {
        return mechanisms(RULES.stream());
    }

    /** One fault per rule: a client that follows all other rules. */
    static List<Fault> faults() {
        return RULES.stream()
                .map(rule -> new Fault(
                        rule.fault(),
                        breaks(rule.clause()),
                        rule.statement(),
                        mechanisms(RULES.stream().filter(other -> !other.equals(rule)))))
                .toList();
    }

    private static List<Mechanism> mechanisms(Stream<Rule> rules) {
        Stream<Mechanism> inPage = Stream.of(new Mechanism.ClaimedCapability(Capability.PAGE));
        return Stream.concat(inPage, rules.flatMap(rule -> rule.mechanisms().stream()))
                .toList();
    }
}
