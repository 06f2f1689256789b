package io.wstck.server;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a server listens.
 *
 * @param bind the address of an interface of this machine; loopback unless clients are elsewhere
 * @param port 0 to 65535; 0 takes any free one
 * @param tlsPort the same, for the endpoints over TLS, if they are to be served so
 * @param name what clients call this machine, where that is not the address: URLs and certificates then name it
 */
public record ServerConfig(String bind, int port, OptionalInt tlsPort, Optional<String> name) {
    private static final String LOOPBACK = "127.0.0.1";

    public ServerConfig {
        check("port", port);
        tlsPort.ifPresent(number -> check("tls-port", number));
    }

    /** Called by its address. */
    public ServerConfig(String bind, int port, OptionalInt tlsPort) {
        this(bind, port, tlsPort, Optional.empty());
    }

    /** Without TLS. */
    public ServerConfig(String bind, int port) {
        this(bind, port, OptionalInt.empty());
    }

    private static void check(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + ": expected 0 to 65535, got " + port);
        }
    }

    /** A free port on the loopback interface. */
    public static ServerConfig loopback() {
        return new ServerConfig(LOOPBACK, 0);
    }

    /** A free port of an interface where clients call this machine by that name. */
    public static ServerConfig named(String bind, String name) {
        return new ServerConfig(bind, 0, OptionalInt.empty(), Optional.of(name));
    }

    /** By which names it may be asked for what is not meant for web pages of others. */
    enum Names {
        /** Those of the loopback interface. */
        LOCAL,
        /** Whatever names lead to the interface that it listens on: only its owner knows them. */
        ANY
    }

    Names names() {
        return bind.startsWith("127.") || bind.equals("localhost") || bind.equals("::1") || bind.equals("[::1]")
                ? Names.LOCAL
                : Names.ANY;
    }

    /** The host in the URLs that are given out: a wildcard address is no host to connect to. */
    public String host() {
        return name.orElseGet(this::address);
    }

    /** The host in URLs with TLS: certificates are for a host by name, and names are what SNI carries. */
    String tlsHost() {
        return name.orElse("localhost");
    }

    private String address() {
        return switch (bind) {
            case "0.0.0.0", "::", "[::]" -> LOOPBACK;
            default -> bind.contains(":") ? "[" + bind + "]" : bind;
        };
    }
}
