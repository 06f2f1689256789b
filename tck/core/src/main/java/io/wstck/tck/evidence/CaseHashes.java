package io.wstck.tck.evidence;

import io.wstck.tck.cases.CaseFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Computes and caches the SHA-256 of case files. For one thread. */
final class CaseHashes {
    private final Map<String, String> hashes = new HashMap<>();

    /** The hash of the file's UTF-8 text, in lower-case hex. */
    String of(CaseFile file) {
        return hashes.computeIfAbsent(file.path(), _ -> sha256(file.source()));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
