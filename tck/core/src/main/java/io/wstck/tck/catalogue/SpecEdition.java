package io.wstck.tck.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes the name of the edition of the clauses that this kit ships: a digest of their file. Only runs with the same
 * edition can be compared.
 */
public final class SpecEdition {
    private static final String RESOURCE = "/io/wstck/fixtures/clauses.yaml";
    private static final int SHOWN_BYTES = 8;

    private SpecEdition() {}

    /** Returns {@code clauses} and the first bytes of the SHA-256 of the file in hexadecimal. */
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
