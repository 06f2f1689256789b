package io.wstck.server.scenario;

/** What a server of a session does. */
public sealed interface Behaviour permits Scenario, EndpointTarget {}
