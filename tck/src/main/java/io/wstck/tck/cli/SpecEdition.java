package io.wstck.tck.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Which edition of the clauses this kit ships: two runs can be compared if theirs is the same. */
public final class SpecEdition {
    private static final String RESOURCE = "/io/wstck/fixtures/clauses.yaml";
    private static final int SHOWN_BYTES = 8;

    private SpecEdition() {}

    /** {@code clauses} and the head of the SHA-256 of their file, in hexadecimal. */
    public static String shipped() {
        try (InputStream in = SpecEdition.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("expected " + RESOURCE + " on the class path, found nothing");
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return "clauses " + HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE + ": " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every Java runtime, found none", e);
        }
    }
}
