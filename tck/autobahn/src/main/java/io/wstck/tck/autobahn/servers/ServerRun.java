package io.wstck.tck.autobahn.servers;

import io.wstck.server.dial.DialException;
import io.wstck.server.dial.OpeningResult;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.HttpResponse;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.CasePlayer;
import io.wstck.tck.autobahn.ConcurrentCases;
import io.wstck.tck.autobahn.exchange.ExchangeEnd.Timeout;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.exchange.NoMemoryException;
import io.wstck.tck.autobahn.probe.ProbeRecord;
import io.wstck.tck.autobahn.probe.ServerAccess;
import io.wstck.tck.autobahn.report.CaseSummary;
import io.wstck.tck.autobahn.report.PlayedCase;
import io.wstck.tck.autobahn.servers.CaseDialer.DialedConnection;
import io.wstck.tck.autobahn.spec.TestedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Plays the cases of one server, several at a time. A case that may have suffered from the others, because its opening
 * handshake timed out or the memory was full, is played once more alone. For one run.
 */
final class ServerRun {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final String NO_MEMORY = "The server sent more than the kit has memory for.";

    private final FuzzingSettings settings;
    private final TestedServer server;
    private final CaseDialer dialer;
    private final CasePlayer player;
    private final AgentNames names;
    private final FuzzingListener listener;
    private final ServerHealth health = new ServerHealth();
    private final Map<AutobahnCase, CaseSummary> results;
    private final ConcurrentLinkedQueue<AutobahnCase> again = new ConcurrentLinkedQueue<>();
    private String agent = "";

    /** Whether cases are played at the same time. Changes only while none is played. */
    private volatile boolean concurrent;

    ServerRun(
            FuzzingSettings settings,
            TestedServer server,
            CaseDialer dialer,
            CasePlayer player,
            AgentNames names,
            FuzzingListener listener) {
        this.settings = settings;
        this.server = server;
        this.dialer = dialer;
        this.player = player;
        this.names = names;
        this.listener = listener;
        this.results = new ConcurrentSkipListMap<>(Comparator.comparing(AutobahnCase::id));
    }

    /** The name of the server in the reports, after {@link #play}. */
    String agent() {
        return agent;
    }

    /**
     * Plays all cases, and returns their results in the order of their numbers.
     *
     * @throws DialException when the server cannot be connected to for the first case
     * @throws NoWebSocketException when the server answers with another status than 101
     */
    List<CaseSummary> play() throws DialException, NoWebSocketException, InterruptedException {
        AutobahnCase first = settings.plan().cases().getFirst();
        DialedConnection connection = dialer.dial(first);
        Optional<String> tls =
                ConnectionHints.ofAnswer(server.url(), connection.opening().response());
        if (tls.isPresent()) {
            connection.transport().abort();
            throw new NoWebSocketException(tls.get());
        }
        if (otherAnswer(connection).isPresent()) {
            connection.transport().abort();
            requireWebSocket();
        }
        agent = names.choose(server, connection.opening().response());
        List<AutobahnCase> cases = new ArrayList<>(settings.plan().casesOf(agent));
        if (first.probes().isEmpty() && cases.remove(first)) {
            listener.caseStarted(server, agent, first.id());
            judge(first, connection, noProbes());
        } else {
            connection.transport().abort();
        }
        playAll(cases);
        if (!again.isEmpty()) {
            health.beginAlone();
        }
        for (AutobahnCase testCase : again) {
            play(testCase);
        }
        return List.copyOf(results.values());
    }

    /**
     * Opens another connection. The first one may have been refused for what the case offers.
     *
     * @throws NoWebSocketException when the answer to this one has another status than 101, too
     */
    private void requireWebSocket() throws DialException, NoWebSocketException, InterruptedException {
        DialedConnection plain = dialer.dial();
        plain.transport().abort();
        Optional<String> problem = otherAnswer(plain);
        if (problem.isPresent()) {
            throw new NoWebSocketException("the opening handshake failed: " + problem.get() + "; is the path right?");
        }
    }

    /** The problem of an opening handshake that was answered with another status than 101. */
    private static Optional<String> otherAnswer(DialedConnection connection) {
        return connection.opening() instanceof OpeningResult.Unopened failed
                        && HttpResponse.parse(failed.response()).status().orElse(SWITCHING_PROTOCOLS)
                                != SWITCHING_PROTOCOLS
                ? Optional.of(failed.problem())
                : Optional.empty();
    }

    private static ProbeRecord noProbes() {
        return new ProbeRecord(List.of(), List.of(), List.of(), Duration.ZERO, false);
    }

    private void playAll(List<AutobahnCase> cases) throws InterruptedException {
        if (settings.jobs() > 1) {
            concurrent = true;
            ConcurrentCases.play(cases, settings.jobs(), this::play);
            concurrent = false;
            return;
        }
        for (AutobahnCase testCase : ConcurrentCases.heaviestFirst(cases)) {
            play(testCase);
        }
    }

    private void play(AutobahnCase testCase) throws InterruptedException {
        Optional<String> hopeless = health.hopeless();
        if (hopeless.isPresent()) {
            notPlayed(testCase, hopeless.get());
            return;
        }
        listener.caseStarted(server, agent, testCase.id());
        Instant started = Instant.now();
        try {
            ProbeRecord probes = player.playProbes(testCase, dialer);
            if (probes.late() && concurrent) {
                again.add(testCase);
                return;
            }
            judge(testCase, dialer.dial(testCase), probes);
        } catch (NoMemoryException full) {
            notPlayed(testCase, NO_MEMORY);
        } catch (DialException lost) {
            Duration took = Duration.between(started, Instant.now());
            Timeout timeout = took.compareTo(ServerAccess.OPENING_LIMIT) >= 0 ? Timeout.OPENING : Timeout.NONE;
            handshakeFailed(
                    testCase,
                    dialer.request(testCase).bytes(),
                    Bytes.EMPTY,
                    failedHandshake(lost.getMessage(), timeout, started, took));
        }
    }

    private static ExchangeRecord unopened(String sentence) {
        return ExchangeRecord.unopened(EndpointRole.SERVER, sentence, Timeout.NONE, Instant.now(), Duration.ZERO);
    }

    /** Plays the case on its connection, and always releases the connection. */
    private void judge(AutobahnCase testCase, DialedConnection connection, ProbeRecord probes)
            throws InterruptedException {
        switch (connection.opening()) {
            case OpeningResult.Opened opened -> {
                health.noteAnswered();
                ExchangeRecord record;
                try {
                    record = player.play(testCase, opened);
                } catch (NoMemoryException full) {
                    notPlayed(testCase, NO_MEMORY);
                    return;
                }
                health.notePlayed(record);
                store(testCase, connection.request().bytes(), opened.response(), probes.followedBy(record));
            }
            case OpeningResult.Unopened failed -> {
                connection.transport().abort();
                refused(testCase, connection, failed, probes);
            }
        }
    }

    /** Plays the case again alone, or stores this sentence as its result if nothing else was played now. */
    private void notPlayed(AutobahnCase testCase, String sentence) {
        if (concurrent) {
            again.add(testCase);
            return;
        }
        store(testCase, dialer.request(testCase).bytes(), Bytes.EMPTY, unopened(sentence));
    }

    private void refused(
            AutobahnCase testCase, DialedConnection connection, OpeningResult.Unopened failed, ProbeRecord probes) {
        Timeout timeout = failed.kind() == OpeningResult.FailureKind.TIMEOUT ? Timeout.OPENING : Timeout.NONE;
        if (timeout == Timeout.NONE) {
            health.noteAnswered();
        }
        handshakeFailed(
                testCase,
                connection.request().bytes(),
                failed.response(),
                probes.followedBy(
                        failedHandshake(failed.problem(), timeout, connection.started(), connection.elapsed())));
    }

    private static ExchangeRecord failedHandshake(String problem, Timeout timeout, Instant started, Duration took) {
        return ExchangeRecord.unopened(
                EndpointRole.SERVER, "The opening handshake failed: " + problem + ".", timeout, started, took);
    }

    /** Stores the failure. If the server was late while other cases were played, the case is played again instead. */
    private void handshakeFailed(AutobahnCase testCase, Bytes request, Bytes response, ExchangeRecord record) {
        boolean late = record.ending().timeout() == Timeout.OPENING;
        if (late) {
            health.noteUnanswered();
        }
        if (late && concurrent) {
            again.add(testCase);
            return;
        }
        store(testCase, request, response, record);
    }

    private void store(AutobahnCase testCase, Bytes request, Bytes response, ExchangeRecord record) {
        PlayedCase played =
                PlayedCase.judged(agent, testCase, settings.plan(), settings.strictness(), record, request, response);
        try {
            results.put(testCase, settings.outDir().write(played));
            listener.caseFinished(agent, testCase.id());
        } catch (IOException failure) {
            throw new UncheckedIOException("the report of case " + testCase.id() + " could not be written", failure);
        }
    }
}
