package io.wstck.tck.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes one SHA-256 over the digests of all cases in a file. It changes if a case is missing, added or moved. For
 * one file.
 */
final class CaseListDigest {
    static final String FIELD = "cases_sha256";

    private final MessageDigest digest;

    CaseListDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /** Adds the next case, by its field {@code sha256}. */
    void add(JsonNode line) {
        digest.update((line.path(LineDigests.FIELD) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of all added cases in lower-case hex. Call it once, at the end. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
