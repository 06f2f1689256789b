package io.wstck.tck.autobahn.serve;

import io.wstck.server.access.LoopbackNames;
import io.wstck.server.access.OwnOrigin;
import io.wstck.server.wire.HttpRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Keeps web pages of other servers from driving this one (docs/autobahn.md). A driver in a browser is a page of another port of this
 * machine. Drivers in containers call this machine by names that only their owner knows.
 *
 * @param listening where the server listens
 */
record DriverRules(Listening listening) {
    /** Who can connect. */
    enum Listening {
        /** Programs of this machine. */
        LOOPBACK,
        /** Programs of other machines too. */
        NETWORK
    }

    static DriverRules of(List<InetAddress> addresses) {
        return new DriverRules(
                addresses.stream().allMatch(InetAddress::isLoopbackAddress) ? Listening.LOOPBACK : Listening.NETWORK);
    }

    /** Why the request is refused; empty when it is not. */
    Optional<String> problem(HttpRequest request) {
        if (listening == Listening.NETWORK) {
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

    /** The same for a request that ends the server. */
    Optional<String> problemOfStop(HttpRequest request) {
        List<String> origins = request.values("Origin");
        return OwnOrigin.isAbsentOrOwn(origins, "http", request.values("Host"))
                ? Optional.empty()
                : Optional.of("only a client without an Origin header, or with this server's own, ends the server, got "
                        + String.join(", ", origins));
    }
}
