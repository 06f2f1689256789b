package io.wstck.tck.implementation.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The database of certificates in the temporary profile of a browser, which Firefox, and Chromium on Linux, trust beside their own
 * authorities. It is written with NSS's {@code certutil}; the system's trust is left alone.
 */
final class CertificateDatabase {
    private static final String NICKNAME = "wstck";

    /** Certifies servers, and nothing else. */
    private static final String TRUST = "C,,";

    private final Path certutil;

    private CertificateDatabase(Path certutil) {
        this.certutil = certutil;
    }

    /** A way to write one, if this machine has the tool. Windows has another tool of the same name. */
    static Optional<CertificateDatabase> available() {
        return System.getProperty("os.name").startsWith("Windows")
                ? Optional.empty()
                : Browser.onPath("certutil").map(CertificateDatabase::new);
    }

    /** Makes a database in that folder which trusts one authority. */
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
