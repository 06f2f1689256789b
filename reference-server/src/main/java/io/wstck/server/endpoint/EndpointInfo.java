package io.wstck.server.endpoint;

/**
 * An endpoint, for listings.
 *
 * @param path with its parameters: {@code /close/{code}?reason=&after=}
 * @param description what it does, in a sentence's part
 * @param example a path and query that can be followed as it is
 */
public record EndpointInfo(String path, String description, String example) {}
