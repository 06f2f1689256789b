package io.wstck.tck.prove.relay;

import java.net.InetSocketAddress;

/**
 * Another server that a client's request is sent to, when the answer of the first one redirects there.
 *
 * @param address of the other server
 * @param request to send to it
 */
public record Detour(InetSocketAddress address, Head request) {}
