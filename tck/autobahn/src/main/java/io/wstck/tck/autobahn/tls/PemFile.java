package io.wstck.tck.autobahn.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468), in their order. Immutable. */
record PemFile(Path file, List<Block> blocks) {
    /** A file of certificates has some kilobytes. */
    private static final long MOST_BYTES = 1 << 20;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    PemFile {
        blocks = List.copyOf(blocks);
    }

    /**
     * One block.
     *
     * @param label the text after {@code BEGIN}
     * @param body the text between the two lines, also the headers of an encrypted key
     */
    record Block(String label, String body) {
        /**
         * The bytes that the body encodes.
         *
         * @throws IllegalArgumentException if the body is not Base64
         */
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(body);
        }
    }

    /**
     * Reads {@code file}.
     *
     * @param what the expected content, for messages: {@code a certificate}
     */
    static PemFile read(Path file, String what) throws UnusableCertificateException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UnusableCertificateException(
                        "expected " + what + " in a PEM file at " + file + ", found more than 1 MiB");
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            List<Block> blocks = new ArrayList<>();
            Matcher matcher = BLOCK.matcher(text);
            while (matcher.find()) {
                blocks.add(new Block(matcher.group(1), matcher.group(2)));
            }
            return new PemFile(file, blocks);
        } catch (NoSuchFileException none) {
            throw new UnusableCertificateException(
                    "expected " + what + " in a PEM file at " + file + ", found no file", none);
        } catch (IOException unreadable) {
            throw new UnusableCertificateException(
                    "expected a readable file at " + file + ", found an unreadable one: " + unreadable.getMessage(),
                    unreadable);
        }
    }
}
