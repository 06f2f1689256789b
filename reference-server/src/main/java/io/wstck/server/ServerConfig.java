package io.wstck.server;

import java.util.OptionalInt;

/**
 * Where a server listens.
 *
 * @param bind the address of an interface of this machine; loopback unless clients are elsewhere
 * @param port 0 to 65535; 0 takes any free one
 * @param tlsPort the same, for the endpoints over TLS, if they are to be served so
 */
public record ServerConfig(String bind, int port, OptionalInt tlsPort) {
    private static final String LOOPBACK = "127.0.0.1";

    public ServerConfig {
        check("port", port);
        tlsPort.ifPresent(number -> check("tls-port", number));
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
    String host() {
        return switch (bind) {
            case "0.0.0.0", "::", "[::]" -> LOOPBACK;
            default -> bind.contains(":") ? "[" + bind + "]" : bind;
        };
    }
}
