package io.wstck.client;

/** Whether the certificate of a {@code wss://} server must be one for the URL's host (RFC 2818 §3.1). Scripts cannot choose. */
public enum HostVerification {
    /** It must. */
    ON,
    /** Any certificate that is trusted will do, for whomever it was issued: anybody who has one can be in the middle. */
    OFF
}
