package io.wstck.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses that a client connects to. The client asks once per dial and connects to no address that the resolver did not
 * return, so a resolver can keep a client away from addresses, whatever a name resolves to later. It is asked for literal addresses, too.
 *
 * <p>It decides about addresses alone. The policy is judged on the URL, before the resolver is asked. For {@code wss://} the server
 * name and the certificate are those of the URL's host: a wrong address is a failed connection, unless host verification is off.
 *
 * <p>Called on a platform thread of the client's own, one per host at a time: dials that wait for the same host share the answer. It may
 * block. A dial that is over meanwhile does not wait for it.
 */
@FunctionalInterface
public interface HostResolver {
    /** Asks the system, as {@link InetAddress#getAllByName} does. */
    HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * The addresses of a host, in the order in which they are tried.
     *
     * @param host as in the URL; an IPv6 address without brackets
     * @return at least one
     * @throws UnknownHostException if there is none; the connection then fails as one to an unknown host
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
