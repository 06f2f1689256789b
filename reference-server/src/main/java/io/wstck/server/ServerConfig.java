package io.wstck.server;

/**
 * Where a server listens.
 *
 * @param bind the address of an interface of this machine; loopback unless clients are elsewhere
 * @param port 0 to 65535; 0 takes any free one
 */
public record ServerConfig(String bind, int port) {
    private static final String LOOPBACK = "127.0.0.1";

    public ServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: expected 0 to 65535, got " + port);
        }
    }

    /** A free port on the loopback interface. */
    public static ServerConfig loopback() {
        return new ServerConfig(LOOPBACK, 0);
    }

    /** The host in the URLs that are given out: a wildcard address is no host to connect to. */
    String host() {
        return switch (bind) {
            case "0.0.0.0", "::", "[::]" -> LOOPBACK;
            default -> bind.contains(":") ? "[" + bind + "]" : bind;
        };
    }
}
