package io.wstck.tck.cli;

import io.wstck.tck.autobahn.report.OutDir;
import io.wstck.tck.autobahn.serve.AutobahnServer;
import io.wstck.tck.autobahn.spec.Plan;
import io.wstck.tck.autobahn.spec.SpecFile;
import java.io.PrintStream;
import java.util.Optional;

/** {@code serve --autobahn}: until Ctrl-C, or until a driver stops it. */
final class AutobahnServing {
    private final Surroundings surroundings;
    private final AutobahnOptions options;
    private final Optional<Integer> port;
    private final Optional<String> bind;

    AutobahnServing(Surroundings surroundings, AutobahnOptions options, Optional<Integer> port, Optional<String> bind) {
        this.surroundings = surroundings;
        this.options = options;
        this.port = port;
        this.bind = bind;
    }

    int call() throws CommandFailure {
        try (Interruption _ = Interruption.ofThisThread()) {
            serve();
        }
        return ExitStatus.OK.code();
    }

    private void serve() throws CommandFailure {
        AutobahnService service = new AutobahnService(surroundings);
        SpecFile spec = service.read(options.spec());
        Plan plan = service.plan(spec);
        OutDir outDir = service.outDir(options.outDir(spec));
        int number = port.orElse(spec.port().orElse(AutobahnService.DEFAULT_PORT));
        try (AutobahnServer server =
                service.start(service.setup(plan, options.strictness(), outDir, spec.protocols()), bind, number)) {
            AutobahnService.create(outDir);
            list(server, plan, outDir);
            server.awaitStopped();
            surroundings.out().println("stopped by a driver");
        } catch (InterruptedException e) {
            // Ctrl-C, or whoever runs this command in a thread.
            surroundings.out().println("closed");
        } finally {
            surroundings.out().flush();
        }
    }

    private void list(AutobahnServer server, Plan plan, OutDir outDir) {
        PrintStream out = surroundings.out();
        out.println("wstck " + Version.current() + " serves the Autobahn cases at " + server.url()
                + "/ until Ctrl-C or /stopServer");
        out.println("  " + plan.cases().size() + " cases, "
                + plan.cases().getFirst().id() + " to " + plan.cases().getLast().id());
        out.println("  reports, when a driver calls /updateReports: " + outDir.path());
        out.flush();
    }
}
