package io.wstck.server.endpoint;

import io.wstck.server.scenario.Scenario;

/** What an endpoint makes of a request. */
public sealed interface EndpointAnswer {
    /** A scenario is played; one with a listener of its own takes the connection over below HTTP. */
    record Play(Scenario scenario) implements EndpointAnswer {}

    /** A parameter is wrong. */
    record BadQuery(String sentence) implements EndpointAnswer {}

    /** No endpoint has this path. */
    record NotFound() implements EndpointAnswer {}
}
