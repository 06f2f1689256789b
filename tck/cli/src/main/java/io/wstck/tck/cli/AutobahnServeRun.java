package io.wstck.tck.cli;

import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.serve.AutobahnServer;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.autobahn.spec.SpecFile;
import io.wstck.tck.run.Version;
import java.io.PrintStream;
import java.util.Optional;

/** {@code serve --autobahn}: serves until Ctrl-C or until a driver stops the server. */
record AutobahnServeRun(
        CliEnvironment environment, AutobahnOptions options, Optional<Integer> port, Optional<String> bind) {
    int call() throws CommandFailure {
        return ShutdownInterrupt.forCommand().serve(environment, this::serve);
    }

    private void serve() throws CommandFailure, InterruptedException {
        AutobahnServerStarter starter = new AutobahnServerStarter(environment);
        SpecFile spec = starter.read(options.spec());
        AutobahnPlan plan = starter.plan(options.spec(), spec);
        AutobahnReportFolder outDir = starter.outDir(options.outDir(spec));
        int number = port.or(() -> spec.url().map(SpecFile.ListenUrl::port)).orElse(AutobahnServerStarter.DEFAULT_PORT);
        try (AutobahnServer server =
                starter.start(starter.setup(plan, options.strictness(), outDir, spec.protocols()), bind, number)) {
            AutobahnServerStarter.create(outDir, "--outdir");
            list(server, plan, outDir);
            server.awaitStopped();
        }
    }

    private void list(AutobahnServer server, AutobahnPlan plan, AutobahnReportFolder outDir) {
        PrintStream out = environment.out();
        out.println("wstck " + Version.current() + " serves the Autobahn cases at " + server.url()
                + "/ until Ctrl-C or /stopServer");
        out.println("  " + plan.cases().size() + " cases, "
                + plan.cases().getFirst().id() + " to " + plan.cases().getLast().id());
        out.println("  reports, when a driver calls /updateReports: " + outDir.path());
        out.flush();
    }
}
