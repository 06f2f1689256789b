package io.wstck.client;

/**
 * Selects whether the certificate of a {@code wss://} server must be issued for the URL's host (RFC 2818 §3.1). Scripts
 * cannot change it.
 */
public enum HostVerification {
    /** The certificate must be issued for the host. */
    ON,
    /** Any trusted certificate is accepted, for any host. The owner of one can intercept the connection. */
    OFF
}
