package io.wstck.server.wire;

/** One header line of HTTP, as it was received or is sent. */
public record Header(String name, String value) {}
