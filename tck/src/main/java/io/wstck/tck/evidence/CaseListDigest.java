package io.wstck.tck.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over the digests of all cases of a file, in their order: one that is missing, added or moved changes it. For one file. */
final class CaseListDigest {
    static final String FIELD = "cases_sha256";

    private final MessageDigest digest;

    CaseListDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The next case, of which the field {@code sha256} counts. */
    void add(JsonNode line) {
        digest.update((line.path(LineDigests.FIELD) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** In lower-case hex, over all that was added; called once, at the end. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
