package io.wstck.server.wire;

import java.util.Optional;

/**
 * What is kept of a payload as evidence: all of it up to {@link #WHOLE_LIMIT} bytes, beyond that its digest and its head. Where
 * nobody reads the evidence no digest is made.
 *
 * @param length how many bytes the payload had
 * @param kept the whole payload, or its first {@link #HEAD} bytes when there is a digest
 * @param sha256 lower-case hex, present only beyond the limit, and with {@link Digest#MADE}
 */
public record Payload(long length, Bytes kept, Optional<String> sha256) {
    /** Payloads up to this many bytes are kept whole. */
    public static final int WHOLE_LIMIT = 4096;

    /** How many leading bytes are kept of a longer one. */
    public static final int HEAD = 64;

    /** Whether long payloads get a digest, which costs a second for some hundred megabytes. */
    public enum Digest {
        MADE,
        LEFT_OUT
    }

    /** The evidence of a payload that is at hand whole. */
    public static Payload of(Bytes payload, Digest digest) {
        if (payload.length() <= WHOLE_LIMIT) {
            return new Payload(payload.length(), payload, Optional.empty());
        }
        Optional<String> sha256 = digest == Digest.MADE ? Optional.of(payload.sha256()) : Optional.empty();
        return new Payload(payload.length(), payload.slice(0, HEAD), sha256);
    }
}
