package io.wstck.tck.cli;

import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.serve.ReportWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The web server of the reports, or none. Closed once. */
final class OptionalReportServer implements AutoCloseable {
    private final Optional<ReportWebServer> site;
    private final String url;

    private OptionalReportServer(Optional<ReportWebServer> site, String url) {
        this.site = site;
        this.url = url;
    }

    /**
     * The port of the web server.
     *
     * @param number 1 to 65535; 0 for no server
     * @param source the option or key that sets it; empty for the default
     */
    record ReportPort(int number, String source) {
        /** The default of the Autobahn Testsuite. */
        static final ReportPort DEFAULT = new ReportPort(8080, "");
    }

    /**
     * Starts the server. If the default port is in use, prints a note and starts no server.
     *
     * @param givenPath the folder as the user wrote it
     * @throws CommandFailure if it cannot listen on a port that the user chose
     */
    static OptionalReportServer start(
            AutobahnServerStarter starter,
            ReportPort port,
            List<InetAddress> addresses,
            AutobahnReportFolder outDir,
            Path givenPath)
            throws CommandFailure {
        if (port.number() == 0) {
            return new OptionalReportServer(Optional.empty(), "");
        }
        try {
            ReportWebServer site = ReportWebServer.start(addresses, port.number(), outDir.path(), givenPath);
            return new OptionalReportServer(Optional.of(site), "http://localhost:" + port.number() + site.path());
        } catch (IOException failure) {
            if (port.source().isEmpty()) {
                starter.note("port " + port.number() + " is in use, so the reports are only files; -u N shows them"
                        + " on another port, -u 0 never");
                return new OptionalReportServer(Optional.empty(), "");
            }
            throw CommandFailure.usage(
                    port.source() + ": expected a free port, found port " + port.number() + " in use");
        }
    }

    /** The address of the pages, to be printed after the report folder, or an empty string. */
    String addressNote() {
        return site.isPresent() ? ", also at " + url : "";
    }

    @Override
    public void close() {
        site.ifPresent(ReportWebServer::close);
    }
}
