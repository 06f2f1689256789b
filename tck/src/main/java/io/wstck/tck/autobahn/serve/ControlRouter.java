package io.wstck.tck.autobahn.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.Route;
import io.wstck.server.Router;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.CasePlayer;
import io.wstck.tck.autobahn.report.CaseRecord;
import io.wstck.tck.autobahn.spec.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Answers drivers: what they ask by the path of their request. Any thread. */
final class ControlRouter implements Router, AutoCloseable {
    private static final int INTERNAL_SERVER_ERROR = 500;
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;

    /** What the original calls a case in its reports that has no result. */
    private static final String NO_RESULT = "MISSING";

    /** A driver may ask for reports before the end of its last connection, which takes 4 s at most, is judged. */
    private static final Duration LAST_CASE = Duration.ofSeconds(5);

    private final Setup setup;
    private final DriverRules rules;
    private final Plan plan;
    private final AskedCase cases;
    private final ControlAnswers answers;
    private final ResultBoard board = new ResultBoard();
    private final CasePlayer player;
    private final Runnable stop;
    private final Consumer<String> trouble;
    private final ExecutorService reporting = Executors.newVirtualThreadPerTaskExecutor();

    ControlRouter(Setup setup, DriverRules rules, Runnable stop, Consumer<String> trouble) {
        this.setup = setup;
        this.rules = rules;
        this.plan = setup.plan();
        this.cases = new AskedCase(plan);
        this.answers = new ControlAnswers(setup.name(), setup.protocols());
        // As much as the reference server: copies and what is sent need room as well.
        this.player = new CasePlayer(new MemoryBudget(Runtime.getRuntime().maxMemory() / 4));
        this.stop = stop;
        this.trouble = trouble;
    }

    Map<String, List<CaseRecord>> results() {
        return board.all();
    }

    /** Waits until no case is running; tells whether so. */
    boolean awaitIdle(Duration limit) throws InterruptedException {
        return board.awaitIdle(limit);
    }

    void writeReports() throws IOException {
        setup.outDir().write(plan, board.all());
    }

    @Override
    public Route route(HttpRequest request) {
        Optional<String> problem = rules.problem(request);
        if (problem.isPresent()) {
            return new Route.Play(answers.refusing(FORBIDDEN, problem.get()));
        }
        if (request.elements("Upgrade").stream().noneMatch("websocket"::equalsIgnoreCase)) {
            return new Route.Play(answers.notAnUpgrade());
        }
        Query query = Query.of(request.target());
        try {
            return switch (query.path()) {
                case "/getCaseCount" ->
                    new Route.Play(
                            answers.saying(request, String.valueOf(plan.cases().size())));
                case "/getCaseInfo" -> caseInfo(request, cases.of(query));
                case "/runCase" -> runCase(request, cases.of(query), query.required("agent"));
                case "/getCaseStatus" -> caseStatus(request, cases.of(query), query.required("agent"));
                case "/updateReports" -> updateReports(request, query);
                case "/stopServer" -> stopServer(request);
                // Drivers connect to it to learn whether the server is there yet.
                case "/" -> new Route.Play(answers.closing(request));
                default ->
                    new Route.Play(answers.refusing(
                            NOT_FOUND,
                            "expected /getCaseCount, /getCaseInfo, /runCase, /getCaseStatus, /updateReports or"
                                    + " /stopServer, got " + query.path()));
            };
        } catch (BadRequestException wrong) {
            // What the original answers, which drivers may count on.
            return new Route.Play(answers.refusing(INTERNAL_SERVER_ERROR, wrong.getMessage()));
        }
    }

    private Route caseInfo(HttpRequest request, AutobahnCase one) {
        ObjectNode info = JsonNodeFactory.instance
                .objectNode()
                .put("id", one.id().toString())
                .put("description", one.description());
        return new Route.Play(answers.saying(request, SpacedJson.text(info)));
    }

    private Route caseStatus(HttpRequest request, AutobahnCase one, String agent) throws BadRequestException {
        if (plan.excludes(agent, one.id())) {
            return new Route.Play(answers.closing(request));
        }
        CompletableFuture<String> status = board.result(agent, one.id())
                .handle((result, none) -> SpacedJson.text(JsonNodeFactory.instance
                        .objectNode()
                        .put(
                                "behavior",
                                none == null ? result.result().behavior().label() : NO_RESULT)));
        return new Route.Play(answers.saying(request, status));
    }

    private Route runCase(HttpRequest request, AutobahnCase one, String agent) throws BadRequestException {
        if (plan.excludes(agent, one.id())) {
            return new Route.Play(answers.closing(request));
        }
        CasePlayer.Opening opening = CasePlayer.open(one, request);
        HandshakeAnswer answer =
                answers.accepting(request, opening.extensions().stream().toList());
        // Before the answer: whoever has it, and asks for reports or for the status, is told of this run.
        board.begin(agent, one.id());
        return new Route.HandOver(answer, new CaseRun(setup, board, player, agent, one, opening, request, answer));
    }

    private Route stopServer(HttpRequest request) {
        Optional<String> problem = rules.problemOfStop(request);
        if (problem.isPresent()) {
            return new Route.Play(answers.refusing(FORBIDDEN, problem.get()));
        }
        stop.run();
        return new Route.Play(answers.closing(request));
    }

    private Route updateReports(HttpRequest request, Query query) throws BadRequestException {
        String agent = query.required("agent");
        boolean last = query.value("shutdownOnComplete")
                .filter(value -> List.of("true", "yes", "1").contains(value.toLowerCase(Locale.ROOT)))
                .isPresent();
        Optional<String> problem = last ? rules.problemOfStop(request) : Optional.empty();
        if (problem.isPresent()) {
            return new Route.Play(answers.refusing(FORBIDDEN, problem.get()));
        }
        // After the 101, as the original: a driver gives its handshake less time than many reports may take.
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                () -> {
                    writeReports(agent);
                    if (last) {
                        stop.run();
                    }
                },
                reporting);
        return new Route.Play(answers.closing(request, done));
    }

    private void writeReports(String agent) {
        try {
            board.awaitIdle(agent, LAST_CASE);
            writeReports();
        } catch (IOException failure) {
            trouble.accept("the reports could not be written: " + failure.getMessage());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the reports that drivers asked for are written; no route is asked for any more. */
    @Override
    public void close() {
        reporting.close();
    }
}
