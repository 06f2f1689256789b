package io.wstck.tck.autobahn.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.Route;
import io.wstck.server.Router;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.wire.HttpRequest;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.CasePlayer;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Answers the requests of drivers, by their path. Any thread. */
final class DriverRouter implements Router, AutoCloseable {
    private static final int INTERNAL_SERVER_ERROR = 500;
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;

    /** The original's word for a case without a result. */
    private static final String NO_RESULT = "MISSING";

    /** The wait for the last case. A driver may ask for reports before that case, which ends within 4 s, is judged. */
    private static final Duration LAST_CASE = Duration.ofSeconds(5);

    private final AutobahnSettings settings;
    private final DriverAccessRules rules;
    private final AutobahnPlan plan;
    private final CaseLookup cases;
    private final DriverAnswers answers;
    private final ResultStore results;
    private final CasePlayer player;
    private final Runnable onStop;
    private final Consumer<String> onError;
    private final ExecutorService reporting = Executors.newVirtualThreadPerTaskExecutor();

    DriverRouter(
            AutobahnSettings settings,
            ResultStore results,
            DriverAccessRules rules,
            Runnable onStop,
            Consumer<String> onError) {
        this.settings = settings;
        this.results = results;
        this.rules = rules;
        this.plan = settings.plan();
        this.cases = new CaseLookup(plan);
        this.answers = new DriverAnswers(settings.name(), settings.protocols());
        this.player = CasePlayer.withServerMemory();
        this.onStop = onStop;
        this.onError = onError;
    }

    void writeReports() throws IOException {
        settings.outDir().write(plan, results.all());
    }

    @Override
    public Route route(HttpRequest request) {
        Optional<String> problem = rules.refusal(request);
        if (problem.isPresent()) {
            return new Route.Play(answers.refusal(FORBIDDEN, problem.get()));
        }
        if (request.elements("Upgrade").stream().noneMatch("websocket"::equalsIgnoreCase)) {
            return new Route.Play(answers.upgradeRefusal());
        }
        DriverQuery query = DriverQuery.of(request.target());
        try {
            return switch (query.path()) {
                case "/getCaseCount" ->
                    new Route.Play(answers.textScenario(
                            request, String.valueOf(plan.cases().size())));
                case "/getCaseInfo" -> caseInfo(request, cases.find(query));
                case "/runCase" -> runCase(request, cases.find(query), query.required("agent"));
                case "/getCaseStatus" -> caseStatus(request, cases.find(query), query.required("agent"));
                case "/updateReports" -> updateReports(request, query);
                case "/stopServer" -> stopServer(request);
                // Drivers connect to the root to find out whether the server has started.
                case "/" -> new Route.Play(answers.closeScenario(request));
                default ->
                    new Route.Play(answers.refusal(
                            NOT_FOUND,
                            "expected /getCaseCount, /getCaseInfo, /runCase, /getCaseStatus, /updateReports or"
                                    + " /stopServer, got " + query.path()));
            };
        } catch (BadRequestException wrong) {
            // The original answers with this status, and drivers may rely on it.
            return new Route.Play(answers.refusal(INTERNAL_SERVER_ERROR, wrong.getMessage()));
        }
    }

    private Route caseInfo(HttpRequest request, AutobahnCase testCase) {
        ObjectNode info = JsonNodeFactory.instance
                .objectNode()
                .put("id", testCase.id().toString())
                .put("description", testCase.description());
        return new Route.Play(answers.textScenario(request, SpacedJson.text(info)));
    }

    private Route caseStatus(HttpRequest request, AutobahnCase testCase, String agent) throws BadRequestException {
        if (plan.excludes(agent, testCase.id())) {
            return new Route.Play(answers.closeScenario(request));
        }
        CompletableFuture<String> status = results.result(agent, testCase.id())
                .handle((result, none) -> SpacedJson.text(JsonNodeFactory.instance
                        .objectNode()
                        .put(
                                "behavior",
                                none == null ? result.result().behavior().label() : NO_RESULT)));
        return new Route.Play(answers.textScenario(request, status));
    }

    private Route runCase(HttpRequest request, AutobahnCase testCase, String agent) throws BadRequestException {
        if (plan.excludes(agent, testCase.id())) {
            return new Route.Play(answers.closeScenario(request));
        }
        CasePlayer.NegotiatedHandshake opening = CasePlayer.open(testCase, request);
        HandshakeAnswer answer =
                answers.acceptance(request, opening.extensions().stream().toList());
        // Before the answer, so that a later request for reports or for the status includes this run.
        results.begin(agent, testCase.id());
        return new Route.HandOver(
                answer, new CaseRun(settings, results, player, agent, testCase, opening, request, answer));
    }

    private Route stopServer(HttpRequest request) {
        Optional<String> problem = rules.stopRefusal(request);
        if (problem.isPresent()) {
            return new Route.Play(answers.refusal(FORBIDDEN, problem.get()));
        }
        onStop.run();
        return new Route.Play(answers.closeScenario(request));
    }

    private Route updateReports(HttpRequest request, DriverQuery query) throws BadRequestException {
        String agent = query.required("agent");
        boolean last = query.value("shutdownOnComplete")
                .filter(value -> List.of("true", "yes", "1").contains(value.toLowerCase(Locale.ROOT)))
                .isPresent();
        Optional<String> problem = last ? rules.stopRefusal(request) : Optional.empty();
        if (problem.isPresent()) {
            return new Route.Play(answers.refusal(FORBIDDEN, problem.get()));
        }
        // After the 101, like the original: a driver's handshake may time out before many reports are written.
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                () -> {
                    writeReports(agent);
                    if (last) {
                        onStop.run();
                    }
                },
                reporting);
        return new Route.Play(answers.closeScenario(request, done));
    }

    private void writeReports(String agent) {
        try {
            results.awaitIdle(agent, LAST_CASE);
            writeReports();
        } catch (IOException failure) {
            onError.accept("the reports could not be written: " + failure.getMessage());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the reports that drivers asked for are written. No request may come any more. */
    @Override
    public void close() {
        reporting.close();
    }
}
