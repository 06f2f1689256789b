package io.wstck.server;

import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.live.LiveFeed;
import io.wstck.server.live.LiveHandler;
import io.wstck.server.live.LiveResources;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.EndpointTarget;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** Dispatches HTTP requests to their handlers on another thread. A handler may block; an I/O thread may not. */
final class Routes implements HttpHandler {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final String HEALTH = "/healthz";
    private static final String SCENARIOS = "/scenarios";
    private static final String JOURNALS = "/journals/";
    private static final String LIVE = "/live";
    private static final String PLAYED = "/s/";

    private final Sessions sessions;
    private final HttpApi api;
    private final EndpointHandler endpoints;
    private final LiveHandler live;
    private final ApiAccessRules rules;
    private final Executor threads;

    /** Handlers run on {@code threads}. */
    Routes(
            Sessions sessions,
            HttpApi api,
            EndpointHandler endpoints,
            LiveFeed feed,
            ServerConfig.AllowedHosts names,
            Executor threads) {
        this.live = new LiveHandler(feed);
        this.rules = new ApiAccessRules(names);
        this.sessions = sessions;
        this.api = api;
        this.endpoints = endpoints;
        this.threads = threads;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        String length = Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.CONTENT_LENGTH))
                .orElse("0");
        if (!LENGTH.matcher(length).matches()) {
            // Undertow has read the number modulo 2^64, so the end of the body is unknown.
            Connectors.terminateRequest(exchange);
            exchange.setPersistent(false);
            Replies.text(exchange, 400, "Expected a Content-Length of 1 to 18 digits, got " + length + ".\n");
        } else if (exchange.getRequestPath().equals(HEALTH)) {
            // This answer never blocks, and must be possible even when all other threads are busy.
            Replies.text(exchange, 200, "ok\n");
        } else {
            exchange.dispatch(threads, this::route);
        }
    }

    private void route(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        if (path.equals("/")) {
            Replies.page(exchange, Endpoints.page(), LiveResources.POLICY);
        } else if (path.equals(LiveResources.SCRIPT)) {
            Replies.script(exchange, LiveResources.script());
        } else if (path.equals(LiveResources.STYLE)) {
            Replies.style(exchange, LiveResources.style());
        } else if (path.equals(Endpoints.AUTHORITY)) {
            api.authority(exchange);
        } else if (path.startsWith(PLAYED)) {
            play(exchange, path.substring(PLAYED.length()));
        } else if (!isApi(path)) {
            endpoints.handle(exchange, path);
        } else if (path.equals(LIVE) ? rules.allowLive(exchange) : rules.allow(exchange)) {
            callApi(exchange, path);
        }
    }

    /** Whether the path belongs to the API, which opens sessions or shows those of others. */
    private static boolean isApi(String path) {
        return path.equals(LIVE) || path.equals(SCENARIOS) || path.startsWith(JOURNALS);
    }

    private void callApi(HttpServerExchange exchange, String path) {
        if (path.equals(LIVE)) {
            live.handle(exchange);
        } else if (path.equals(SCENARIOS)) {
            api.scenarios(exchange);
        } else {
            api.journals(exchange, path.substring(JOURNALS.length()));
        }
    }

    private void play(HttpServerExchange exchange, String rest) {
        int slash = rest.indexOf('/');
        String id = slash < 0 ? rest : rest.substring(0, slash);
        String server = slash < 0 || slash == rest.length() - 1 ? SessionSpec.MAIN : rest.substring(slash + 1);
        Optional<ServerSession> session = sessions.find(id);
        Optional<Behaviour> behaviour =
                session.flatMap(found -> found.behaviour(server)).filter(Routes::isOnThisPort);
        if (session.isEmpty() || behaviour.isEmpty()) {
            Replies.text(exchange, 404, "There is no such session, or it has no server of that name on this port.\n");
            return;
        }
        Optional<AdmittedConnection> admission = session.get().admit(server, AcceptLoop.peer(exchange));
        if (admission.isEmpty()) {
            Replies.text(exchange, 503, "The session has reached its limit of connections.\n");
            return;
        }
        switch (behaviour.get()) {
            case Scenario scenario -> SharedPort.play(exchange, scenario, admission.get());
            case EndpointTarget target -> endpoints.play(exchange, target, admission.get());
        }
    }

    private static boolean isOnThisPort(Behaviour behaviour) {
        return switch (behaviour) {
            case Scenario scenario -> scenario.listener() == Scenario.ListenerKind.SHARED;
            case EndpointTarget _ -> true;
        };
    }
}
