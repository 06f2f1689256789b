package io.wstck.tck.implementation;

import io.wstck.client.WebSocketClient;
import java.nio.file.Path;
import java.util.Optional;

/** How the program around the bundled client sets it up. Any thread. */
@FunctionalInterface
public interface HostProgram {
    /** One that takes the client as it comes. */
    HostProgram PLAIN = (builder, _) -> builder;

    /**
     * The builder to build the client with.
     *
     * @param builder has its policy, and trusts what it is to trust
     * @param trusted a PEM file with the authority to trust beside the JDK's, when the case has a server with TLS and there is one
     */
    WebSocketClient.Builder set(WebSocketClient.Builder builder, Optional<Path> trusted);
}
