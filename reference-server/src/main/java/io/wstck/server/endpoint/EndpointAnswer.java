package io.wstck.server.endpoint;

import io.wstck.server.scenario.Scenario;

/** The result of looking up the endpoint for a request: its scenario, or the reason why there is none. */
public sealed interface EndpointAnswer {
    /** The server plays a scenario. One with a listener of its own takes over the connection below HTTP. */
    record Play(Scenario scenario) implements EndpointAnswer {}

    /** A query parameter is wrong. */
    record BadQuery(String sentence) implements EndpointAnswer {}

    /** No endpoint has this path. */
    record NotFound() implements EndpointAnswer {}
}
