package io.wstck.tck.prove.relay;

import java.net.InetSocketAddress;

/**
 * A redirect that the relay follows in place of the client.
 *
 * @param address the server that the redirect leads to
 * @param request the request for that server
 */
public record FollowedRedirect(InetSocketAddress address, HttpHead request) {}
