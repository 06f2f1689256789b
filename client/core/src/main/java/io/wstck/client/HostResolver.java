package io.wstck.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses of a host for a client. The client asks once per dial, also for literal addresses. It connects
 * only to addresses that the resolver returned, so a resolver can block addresses.
 *
 * <p>The client checks the policy against the URL before it asks the resolver. For {@code wss://} the server name and
 * the certificate are those of the URL's host. So a connection to a wrong address fails, unless host verification is
 * off.
 *
 * <p>The client calls it on one of its platform threads, at most one call per host at a time. Dials that wait for the
 * same host share the answer. It may block: a dial that has timed out does not wait for it.
 */
@FunctionalInterface
public interface HostResolver {
    /** Asks the system, as {@link InetAddress#getAllByName} does. */
    HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * Returns the addresses of a host, in the order in which the client tries them.
     *
     * @param host as in the URL; an IPv6 address without brackets
     * @return at least one
     * @throws UnknownHostException if the host has no address; the connection then fails
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
