package io.wstck.tck.autobahn.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The path of the reports on the web server, by the folder that the user has written. */
class ReportWebServerTest {
    @ParameterizedTest
    @CsvSource({
        "./reports/clients, /reports/clients/",
        "/reports/clients, /reports/clients/",
        "reports/../out, /out/",
        "../out, /reports/",
        "., /reports/",
        "/, /",
        "a b/c, /reports/"
    })
    void thePathIsTheOriginalsForAPlainFolder(String folder, String path) {
        assertThat(ReportWebServer.pathOf(Path.of(folder))).isEqualTo(path);
    }
}
