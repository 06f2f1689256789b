package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.FaultyClient;
import io.wstck.tck.prove.kept.KeptFaults;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole runs against a real server: which cases are played, how often, in which order, and what is left when they are over. */
class RunnerTest {
    private static final String ECHOES = """
            case "text.echo" {
              clause = "send.text", title = "text is echoed", server = echo,
              client = function(t) t:alive(t:connect()) end,
            }
            """;

    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = Stage.start();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void aCaseThatNeedsWhatTheClientLacksIsSkippedUnplayed() throws Exception {
        Decorated client = plain();
        Implementation lacking = new Lacking(client, Capability.POLICY);
        Stage.Played played =
                stage.play(lacking, plan(ECHOES.replace("server =", "needs = { \"policy\", \"ping\" }, server =")));

        CaseResult result = played.result("text.echo");
        assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(result.judgement().reason()).isEqualTo("wstck-client does not have: policy");
        assertThat(result.attempts()).isZero();
        assertThat(client.opened()).isZero();
        assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.NOT_JUDGED);
    }

    @Test
    void aRunWhoseBindingCasesAreAllSkippedIsNotJudgedThoughOthersWere() throws Exception {
        Implementation lacking = new Lacking(plain(), Capability.POLICY);
        Stage.Played played = stage.play(
                lacking,
                plan(ECHOES.replace("server =", "needs = { \"policy\" }, server =")
                        + ECHOES.replace("text.echo", "text.may").replace("send.text", "send.bad-type")));

        assertThat(played.result("text.may").verdict()).isEqualTo(Verdict.OBSERVED);
        assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.NOT_JUDGED);
    }

    @Test
    void aFailureOfTheKitIsTriedThreeTimesAndCostsOnlyItsCase() throws Exception {
        Stage.Played played = playBroken(() -> {
            throw new IllegalStateException("no room");
        });

        CaseResult broken = played.result("kit.breaks");
        assertThat(broken.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(broken.attempts()).isEqualTo(3);
        assertThat(broken.judgement().reason()).isEqualTo("the kit failed: java.lang.IllegalStateException: no room");
        assertThat(broken.transcript()).anyMatch(line -> line.contains("RunnerTest"));
        assertThat(played.result("text.echo").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.NOT_JUDGED);
        assertThat(played.summary().judged()).isEqualTo(1);
        assertThat(played.summary().binding()).isEqualTo(2);
    }

    @Test
    void anErrorOfTheJvmCostsOnlyItsCase() throws Exception {
        Stage.Played played = playBroken(() -> {
            throw new StackOverflowError("too deep");
        });

        assertThat(played.result("kit.breaks").judgement().reason())
                .isEqualTo("the kit failed: java.lang.StackOverflowError: too deep");
        assertThat(played.result("text.echo").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void whatWasInconclusiveOnceIsJudgedByTheNextAttempt() throws Exception {
        Decorated client = new Decorated(stage.client, (number, real, urls) -> {
            if (number < 3) {
                throw new IllegalStateException("no room yet");
            }
            return real.open(urls);
        });
        CaseResult result = stage.play(client, plan(ECHOES)).result("text.echo");

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.attempts()).isEqualTo(3);
    }

    @Test
    void aFailureIsNotAskedForTwice() throws Exception {
        Decorated client = plain();
        CaseResult result = stage.play(client, plan(ECHOES.replace("t:alive(t:connect())", "t:equal(1, 2)")))
                .result("text.echo");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(client.opened()).isEqualTo(1);
    }

    @Test
    void aVerdictThatChangesBetweenRoundsIsListedAsUnstable() throws Exception {
        try (Implementation faulty = notMasking()) {
            Decorated client = new Decorated(
                    stage.client, (number, real, urls) -> number == 2 ? faulty.open(urls) : real.open(urls));
            List<TestCase> cases = Stage.cases(ECHOES);
            Stage.Played played = stage.play(client, new RunPlan(cases, 1, 1, 3));

            assertThat(played.results())
                    .extracting(CaseResult::repetition, CaseResult::verdict)
                    .containsExactly(tuple(1, Verdict.PASSED), tuple(2, Verdict.FAILED), tuple(3, Verdict.PASSED));
            assertThat(played.summary().unstable()).containsExactly("text.echo");
            assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.NOT_CONFORMANT);
            assertThat(stage.play(stage.client, new RunPlan(cases, 1, 1, 3))
                            .summary()
                            .unstable())
                    .isEmpty();
        }
    }

    @Test
    void aViolationFailsACaseThatIsAboutSomethingElseUnlessTolerated() throws Exception {
        try (Implementation faulty = notMasking()) {
            Stage.Played played = stage.play(
                    faulty,
                    plan(ECHOES
                            + ECHOES.replace("text.echo", "text.tolerant")
                                    .replace("server =", "tolerates = { \"unmasked-frame\" }, server =")));

            CaseResult failed = played.result("text.echo");
            assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(failed.judgement().reason()).startsWith("at the server, violation unmasked-frame");
            assertThat(failed.judgement().expected()).contains("§5.1");
            assertThat(played.result("text.tolerant").verdict()).isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void aViolationIsBelievedAlsoWhileTheMachineStoodStill() throws Exception {
        try (Implementation faulty = notMasking()) {
            CaseResult failed = stage.play(faulty, Stage.cases(ECHOES), (_, _) -> Duration.ofSeconds(2))
                    .getFirst();

            assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(failed.attempts()).isEqualTo(1);
        }
    }

    @Test
    void theSeedAloneDecidesTheOrder() throws Exception {
        StringBuilder lua = new StringBuilder();
        for (int number = 1; number <= 20; number++) {
            lua.append("case \"case.").append(number).append("\" { clause = \"module.load\", title = \"x\", ");
            lua.append("client = function(t) t:ok(true) end }\n");
        }
        List<TestCase> cases = Stage.cases(lua.toString());

        List<String> first = order(cases, 7);
        assertThat(order(cases, 7)).isEqualTo(first);
        assertThat(order(cases, 8)).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void atMostTwoHeavyCasesArePlayedAtOnceAndOthersBesideThem() throws Exception {
        AtomicInteger open = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> heavyAtOnce = new ConcurrentLinkedQueue<>();
        CountDownLatch light = new CountDownLatch(6);
        Decorated client = new Decorated(stage.client, (_, real, urls) -> {
            if (!urls.containsKey("heavy")) {
                return new ObservedSession(real.open(urls), light::countDown);
            }
            heavyAtOnce.add(open.incrementAndGet());
            return new ObservedSession(real.open(urls), () -> {
                // No heavy case ends before all others have.
                awaitAll(light);
                open.decrementAndGet();
            });
        });
        StringBuilder lua = new StringBuilder();
        for (int number = 1; number <= 6; number++) {
            lua.append(ECHOES.replace("text.echo", "light." + number));
            lua.append(ECHOES.replace("text.echo", "heavy." + number)
                    .replace("server = echo", "heavy = true, servers = { heavy = echo }")
                    .replace("t:connect()", "t:connect(nil, \"heavy\")"));
        }
        Stage.Played played = stage.play(client, plan(lua.toString()));

        assertThat(played.summary().verdicts()).containsEntry(Verdict.PASSED, 12);
        assertThat(heavyAtOnce).hasSize(6).allMatch(count -> count <= 2);
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while others were played", e);
        }
    }

    @Test
    void whatWasInconclusiveIsPlayedAgainWhenAllOthersAreDone() throws Exception {
        Decorated client = new Decorated(stage.client, (number, real, urls) -> {
            if (number == 1) {
                throw new IllegalStateException("no room yet");
            }
            return real.open(urls);
        });
        StringBuilder lua = new StringBuilder();
        for (int number = 1; number <= 5; number++) {
            lua.append(ECHOES.replace("text.echo", "text." + number));
        }
        Stage.Played played = stage.play(client, new RunPlan(Stage.cases(lua.toString()), 1, 1, 1));

        assertThat(played.results()).extracting(CaseResult::attempts).containsExactly(1, 1, 1, 1, 2);
    }

    @Test
    void casesThatWaitDoSoTogetherAndTakeNoJob() throws Exception {
        StringBuilder lua = new StringBuilder();
        for (int number = 1; number <= 64; number++) {
            lua.append("case \"wait.")
                    .append(number)
                    .append("\" { clause = \"time.after\", title = \"x\", waits = true, ");
            lua.append("client = function(t) t:takes(\"400ms\", \"60s\", time.sleep, \"400ms\") end }\n");
        }
        lua.append(ECHOES);
        Stage.Played played = stage.play(stage.client, new RunPlan(Stage.cases(lua.toString()), 1, 1, 1));

        assertThat(played.summary().verdicts()).containsEntry(Verdict.PASSED, 65);
        // One after the other they would need 25.6 s.
        assertThat(played.summary().duration()).isBetween(Duration.ofMillis(400), Duration.ofSeconds(25));
        assertThat(played.results().indexOf(played.result("text.echo")))
                .as("results that came before that of the one light case")
                .isLessThan(64);
    }

    @Test
    void noThreadAndNoSessionIsLeftWhenARunIsOver() throws Exception {
        ConcurrentLinkedQueue<URI> urls = new ConcurrentLinkedQueue<>();
        Decorated client = new Decorated(stage.client, (_, real, given) -> {
            urls.addAll(given.values());
            return real.open(given);
        });
        String endless = ECHOES.replace("text.echo", "text.endless")
                .replace("server =", "limit = \"200ms\", server =")
                .replace("t:alive(t:connect())", "t:alive(t:connect()) while true do end");
        // Its threads belong to the group of whoever began it: other tests have runs of their own.
        ThreadGroup own = new ThreadGroup("the run");
        FutureTask<Stage.Played> played = new FutureTask<>(() -> stage.play(client, plan(ECHOES + endless)));
        Thread.ofPlatform().group(own).start(played);
        assertThat(played.get().results()).hasSize(2);

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            // Those of the client stay as long as the client.
            if (own.equals(thread.getThreadGroup()) && !thread.getName().startsWith("wstck-")) {
                thread.join(TimeUnit.SECONDS.toMillis(30));
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
        assertThat(urls).hasSize(2);
        for (URI url : urls) {
            URI journal = stage.server.base().resolve(url.getPath().replace("/s/", "/journals/"));
            HttpURLConnection connection = (HttpURLConnection) journal.toURL().openConnection();
            assertThat(connection.getResponseCode()).isEqualTo(404);
            connection.disconnect();
        }
    }

    @Test
    void aScriptThatIsStuckInConnectingFailsAndLetsGoOfItsSocket() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(30_000);
            URI url = URI.create("ws://127.0.0.1:" + silent.getLocalPort() + "/");
            Decorated client = new Decorated(stage.client, (_, real, _) -> real.open(Map.of("main", url)));
            CaseResult result = stage.play(client, plan(ECHOES.replace("server =", "limit = \"2s\", server =")))
                    .result("text.echo");

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.judgement().reason())
                    .isEqualTo("test.lua:3: in the script, time limit")
                    .doesNotContain("did not end");
            try (Socket accepted = silent.accept()) {
                accepted.setSoTimeout(30_000);
                assertThat(accepted.getInputStream().readAllBytes())
                        .startsWith("GET ".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void anInterruptEndsTheRunAndTheScriptThatIsPlayed() throws Exception {
        CountDownLatch playing = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Decorated client = new Decorated(stage.client, (_, real, urls) -> {
            playing.countDown();
            return new ObservedSession(real.open(urls), closed::countDown);
        });
        RunPlan plan = plan(ECHOES.replace("server =", "limit = \"60s\", server =")
                .replace("t:alive(t:connect())", "while true do end"));
        List<Class<?>> ended = new ArrayList<>();
        Thread run = Thread.ofVirtual().start(() -> {
            try {
                stage.play(client, plan);
            } catch (InterruptedException e) {
                ended.add(e.getClass());
            }
        });
        assertThat(playing.await(5, TimeUnit.SECONDS)).isTrue();
        run.interrupt();

        assertThat(run.join(Duration.ofSeconds(5))).isTrue();
        assertThat(ended).containsExactly(InterruptedException.class);
        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    /** Plays the case {@code kit.breaks}, whose session opens with that failure, beside one that is well. */
    private static Stage.Played playBroken(Runnable failure) throws Exception {
        Decorated client = new Decorated(stage.client, (_, real, urls) -> {
            if (urls.containsKey("broken")) {
                failure.run();
            }
            return real.open(urls);
        });
        String broken =
                ECHOES.replace("text.echo", "kit.breaks").replace("server = echo", "servers = { broken = echo }");
        return stage.play(client, plan(ECHOES + broken));
    }

    private static List<String> order(List<TestCase> cases, long seed) throws InterruptedException {
        return stage.play(stage.client, new RunPlan(cases, 1, seed, 1)).results().stream()
                .map(result -> result.testCase().id())
                .toList();
    }

    private static RunPlan plan(String lua) throws Exception {
        return new RunPlan(Stage.cases(lua), 4, 1, 1);
    }

    private static Decorated plain() {
        return new Decorated(stage.client, (_, real, urls) -> real.open(urls));
    }

    private static Implementation notMasking() {
        Fault fault = KeptFaults.all().stream()
                .filter(kept -> kept.id().equals("frames.not-masked"))
                .findFirst()
                .orElseThrow();
        return new FaultyClient(stage.client, fault.id(), fault.mechanisms());
    }
}
