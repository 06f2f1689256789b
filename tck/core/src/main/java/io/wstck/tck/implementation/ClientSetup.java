package io.wstck.tck.implementation;

import io.wstck.client.WebSocketClient;
import java.nio.file.Path;
import java.util.Optional;

/** Changes the builder of the bundled client before each client is built, as a host program would. Any thread. */
@FunctionalInterface
public interface ClientSetup {
    /** Changes nothing. */
    ClientSetup UNCHANGED = (builder, _) -> builder;

    /**
     * Configures the builder of a client.
     *
     * @param builder already has its policy and its trusted authority
     * @param trusted PEM file of the kit's authority; present if the case has a TLS server and a file exists
     * @return the builder to build the client with
     */
    WebSocketClient.Builder configure(WebSocketClient.Builder builder, Optional<Path> trusted);
}
