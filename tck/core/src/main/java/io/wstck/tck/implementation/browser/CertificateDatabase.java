package io.wstck.tck.implementation.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the certificate database of a browser profile with NSS's {@code certutil}. Firefox, and Chromium on Linux,
 * trust its authorities in addition to their own. The system's trust does not change.
 */
final class CertificateDatabase {
    private static final String NICKNAME = "wstck";

    /** Trusted to certify servers only. */
    private static final String TRUST = "C,,";

    private final Path certutil;

    private CertificateDatabase(Path certutil) {
        this.certutil = certutil;
    }

    /** Present if {@code certutil} is installed. Windows has another tool of that name. */
    static Optional<CertificateDatabase> available() {
        return System.getProperty("os.name").startsWith("Windows")
                ? Optional.empty()
                : Browser.onPath("certutil").map(CertificateDatabase::new);
    }

    /** Creates a database in the folder that trusts one authority. */
    void write(Path folder, Path authority) throws IOException {
        Files.createDirectories(folder);
        run("-N", "-d", "sql:" + folder, "--empty-password");
        run("-A", "-d", "sql:" + folder, "-n", NICKNAME, "-t", TRUST, "-i", authority.toString());
    }

    private void run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(certutil.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("certutil " + arguments[0] + " ended with status " + status + ": " + said);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while certutil ran", e);
        }
    }
}
