package io.wstck.server.certificate;

/** The kinds of server certificate: one valid, the others each with one fault. */
public enum CertificateKind {
    /** Valid now, for this host, issued by the authority that clients trust. */
    TRUSTED,
    EXPIRED,
    NOT_YET_VALID,
    WRONG_HOST,
    SELF_SIGNED,
    /** Issued by an authority that clients do not trust. */
    UNTRUSTED
}
