package io.wstck.server.endpoint;

import static io.wstck.server.endpoint.Endpoint.Kind.FIXED;
import static io.wstck.server.endpoint.Endpoint.Kind.WITH_SEGMENT;
import static io.wstck.server.endpoint.EndpointInfo.Access.GET;
import static io.wstck.server.endpoint.EndpointInfo.Access.POST;
import static io.wstck.server.endpoint.EndpointInfo.Access.WEBSOCKET;

import io.wstck.server.scenario.EndpointTarget;
import io.wstck.server.wire.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists the endpoints, and finds the scenario of an endpoint for a request. */
public final class Endpoints {
    private static final List<Endpoint> PLAYED = List.of(
            endpoint(
                    "/echo?protocol=&deflate=&violations=",
                    "echoes every message, and refuses the handshake or fails the connection of a client that"
                            + " breaks a rule, unless violations=note; protocol=first selects the first offered subprotocol, another value that one;"
                            + " deflate=on accepts permessage-deflate, deflate=server_no_context_takeover,"
                            + "client_max_window_bits=10 with these parameters",
                    "/echo?deflate=on",
                    Set.of("protocol", "deflate", "violations"),
                    EndpointScenarios::echo),
            endpoint(
                    "/close/{code}?reason=&after=",
                    "sends that close code, any 16-bit one, legal or not, at once or after that many echoed messages",
                    "/close/1001?reason=bye",
                    Set.of("reason", "after"),
                    EndpointScenarios::close),
            endpoint(
                    "/status/{code}?location=",
                    "refuses the handshake with that HTTP status, 200 to 599; a 3xx has a Location",
                    "/status/503",
                    Set.of("location"),
                    EndpointScenarios::status),
            endpoint(
                    "/silent",
                    "accepts, says nothing, and still answers pings",
                    "/silent",
                    Set.of(),
                    EndpointScenarios::silent),
            endpoint("/hang", "never answers the handshake", "/hang", Set.of(), EndpointScenarios::hang),
            endpoint("/stall", "accepts, and stops reading", "/stall", Set.of(), EndpointScenarios::stall),
            endpoint(
                    "/drip?every=",
                    "sends a text message one byte at a time, so many milliseconds apart, then goes on silently",
                    "/drip?every=100",
                    Set.of("every"),
                    EndpointScenarios::drip),
            endpoint(
                    "/drop?how=&after=",
                    "ends TCP without a close frame, by fin or rst, at once or after that many echoed messages",
                    "/drop?how=rst",
                    Set.of("how", "after"),
                    EndpointScenarios::drop),
            endpoint(
                    "/push?size=&count=&type=&fragments=",
                    "sends count messages of size bytes, at most 16 MiB, text or binary, each in that many fragments",
                    "/push?size=1024&count=10",
                    Set.of("size", "count", "type", "fragments"),
                    EndpointScenarios::push),
            endpoint(
                    "/headers",
                    "sends the handshake request back as JSON",
                    "/headers",
                    Set.of(),
                    EndpointScenarios::headers),
            endpoint(
                    "/chat?linger=",
                    "a chat room: join it with {\"type\":\"join\",\"room\":\"...\"}; it chats back what you send, and"
                            + " closes with 1000 after so many quiet milliseconds, 300 unless said",
                    "/chat?linger=60000",
                    Set.of("linger"),
                    ChatScenario::scenario),
            endpoint(
                    "/prices",
                    "a price stream: subscribe with {\"action\":\"subscribe\",\"symbols\":[\"...\"]}; a price for each symbol"
                            + " comes, then none until you ping, then another for each, and a close with 1000",
                    "/prices",
                    Set.of(),
                    PriceScenario::scenario));

    private static final List<EndpointInfo> PLAIN = List.of(
            new EndpointInfo(GET, "/", "this page", "/"),
            new EndpointInfo(GET, "/live", "connections and their frames as they happen, as server-sent events", ""),
            new EndpointInfo(GET, "/healthz", "answers 200 ok", "/healthz"),
            new EndpointInfo(GET, "/ca.pem", "the certificate of the authority to trust for wss://, as PEM", "/ca.pem"),
            new EndpointInfo(
                    POST, "/scenarios", "opens a session: answers its id, its URLs and the URL of its journal", ""),
            new EndpointInfo(
                    WEBSOCKET, "/s/{id}/{server}", "plays a scenario of that session; without a server, main", ""),
            new EndpointInfo(GET, "/journals/{id}", "the journal of that session, as JSON", ""),
            new EndpointInfo(
                    POST,
                    "/journals/{id}/script-ended",
                    "says that the client's script has ended; answers the journal once the connections have ended",
                    ""));

    /** The path of the authority's certificate. */
    public static final String AUTHORITY = "/ca.pem";

    private Endpoints() {}

    private static Endpoint endpoint(
            String path, String description, String example, Set<String> parameters, Endpoint.ScenarioFactory maker) {
        int segment = path.indexOf('{');
        int query = path.indexOf('?');
        String fixed = query < 0 ? path : path.substring(0, query);
        return new Endpoint(
                new EndpointInfo(WEBSOCKET, path, description, example),
                segment < 0 ? fixed : path.substring(0, segment),
                segment < 0 ? FIXED : WITH_SEGMENT,
                parameters,
                maker);
    }

    /** All endpoints and the server's other URLs, in the order of the index page. */
    public static List<EndpointInfo> list() {
        List<EndpointInfo> all = new ArrayList<>(PLAIN);
        PLAYED.forEach(endpoint -> all.add(endpoint.info()));
        return List.copyOf(all);
    }

    /** The index page, in HTML. */
    public static String page() {
        return IndexPage.of(list());
    }

    /** The problem with {@code target}, if there is one. */
    public static Optional<String> problem(EndpointTarget target) {
        HttpRequest nothing = new HttpRequest("", "GET", target.path(), List.of(), Optional.empty());
        return switch (answer(target.path(), target.query(), nothing)) {
            case EndpointAnswer.Play _ -> Optional.empty();
            case EndpointAnswer.BadQuery bad -> Optional.of(bad.sentence());
            case EndpointAnswer.NotFound _ -> Optional.of("there is none at this path.");
        };
    }

    /** The answer of the endpoint at {@code path} to a request. */
    public static EndpointAnswer answer(String path, String query, HttpRequest request) {
        for (Endpoint endpoint : PLAYED) {
            if (endpoint.matches(path)) {
                try {
                    return new EndpointAnswer.Play(endpoint.scenario(path, query, request));
                } catch (BadQueryException wrong) {
                    return new EndpointAnswer.BadQuery(wrong.getMessage());
                }
            }
        }
        return new EndpointAnswer.NotFound();
    }
}
