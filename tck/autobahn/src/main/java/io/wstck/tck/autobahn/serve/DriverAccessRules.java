package io.wstck.tck.autobahn.serve;

import io.wstck.server.access.LoopbackNames;
import io.wstck.server.access.ServerOrigin;
import io.wstck.server.wire.HttpRequest;
import io.wstck.tck.autobahn.spec.WebSocketScheme;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Prevents web pages of other servers from using this server (docs/autobahn.md). A driver in a browser is a page on
 * another port of this machine. Drivers in containers may use any name for this machine.
 *
 * @param exposure the machines that can connect
 * @param scheme the scheme of the server's URLs
 */
record DriverAccessRules(NetworkExposure exposure, WebSocketScheme scheme) {
    /** The machines that can connect. */
    enum NetworkExposure {
        /** This machine only. */
        LOOPBACK,
        /** Other machines too. */
        NETWORK
    }

    static DriverAccessRules of(List<InetAddress> addresses, WebSocketScheme scheme) {
        return new DriverAccessRules(
                addresses.stream().allMatch(InetAddress::isLoopbackAddress)
                        ? NetworkExposure.LOOPBACK
                        : NetworkExposure.NETWORK,
                scheme);
    }

    /** The reason to refuse a request; empty if it is allowed. */
    Optional<String> refusal(HttpRequest request) {
        if (exposure == NetworkExposure.NETWORK) {
            return Optional.empty();
        }
        if (!LoopbackNames.allHosts(request.values("Host"))) {
            return Optional.of("expected a Host header that names this machine: " + LoopbackNames.LIST + ", got "
                    + String.join(", ", request.values("Host")));
        }
        if (!LoopbackNames.allOrigins(request.values("Origin"))) {
            return Optional.of("expected no Origin header, or one of a page of this machine: " + LoopbackNames.LIST
                    + ", on any port, got " + String.join(", ", request.values("Origin")));
        }
        return Optional.empty();
    }

    /** The reason to refuse a request that stops the server; empty if it is allowed. */
    Optional<String> stopRefusal(HttpRequest request) {
        List<String> origins = request.values("Origin");
        return ServerOrigin.isAbsentOrOwn(origins, scheme.pageScheme(), request.values("Host"))
                ? Optional.empty()
                : Optional.of("only a client without an Origin header, or with this server's own, ends the server, got "
                        + String.join(", ", origins));
    }
}
