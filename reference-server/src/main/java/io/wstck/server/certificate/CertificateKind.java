package io.wstck.server.certificate;

/** What is right or wrong with a server's certificate. */
public enum CertificateKind {
    /** By the authority that clients are told to trust, for this host, valid now. */
    TRUSTED,
    EXPIRED,
    NOT_YET_VALID,
    WRONG_HOST,
    SELF_SIGNED,
    /** By an authority that nobody is told to trust. */
    UNTRUSTED
}
