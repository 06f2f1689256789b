package io.wstck.server;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The addresses and ports of a server.
 *
 * @param bind the address of an interface of this machine; loopback unless clients are on other machines
 * @param port 0 to 65535; 0 chooses a free one
 * @param tlsPort the port for the endpoints over TLS, in the same range; absent: no TLS
 * @param name the name that clients use for this machine in place of its address; it is used in URLs and certificates
 */
public record ServerConfig(String bind, int port, OptionalInt tlsPort, Optional<String> name) {
    private static final String LOOPBACK = "127.0.0.1";

    public ServerConfig {
        checkPort("port", port);
        tlsPort.ifPresent(number -> checkPort("tls-port", number));
    }

    /** A server that clients reach by its address. */
    public ServerConfig(String bind, int port, OptionalInt tlsPort) {
        this(bind, port, tlsPort, Optional.empty());
    }

    /** A server without TLS. */
    public ServerConfig(String bind, int port) {
        this(bind, port, OptionalInt.empty());
    }

    private static void checkPort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + ": expected 0 to 65535, got " + port);
        }
    }

    /** A free port on the loopback interface. */
    public static ServerConfig loopback() {
        return new ServerConfig(LOOPBACK, 0);
    }

    /** A free port of an interface on which clients use this name for the machine. */
    public static ServerConfig named(String bind, String name) {
        return new ServerConfig(bind, 0, OptionalInt.empty(), Optional.of(name));
    }

    /** The Host headers that the API accepts, to exclude web pages of other servers. */
    enum AllowedHosts {
        /** Only names of the loopback interface. */
        LOCAL,
        /** Any name, because the server cannot know the names of its interface. */
        ANY
    }

    AllowedHosts allowedHosts() {
        return bind.startsWith("127.") || bind.equals("localhost") || bind.equals("::1") || bind.equals("[::1]")
                ? AllowedHosts.LOCAL
                : AllowedHosts.ANY;
    }

    /** The host in the server's URLs. A wildcard address is replaced, because clients cannot connect to it. */
    public String host() {
        return name.orElseGet(this::address);
    }

    /** The host in URLs with TLS. It is a name, because SNI carries only names. */
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
