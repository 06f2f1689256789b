package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.judge.Verdict;
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

/** Whole runs against a real server: which cases are played, how often, in which order, and which resources remain. */
class RunnerTest {
    private static final String ECHOES = """
            case "text.echo" {
              clause = "send.text", title = "text is echoed", server = echo,
              client = function(t) t:alive(t:connect()) end,
            }
            """;

    private static TestHarness harness;

    @BeforeAll
    static void start() throws Exception {
        harness = TestHarness.start();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    @Test
    void aCaseWithAMissingCapabilityIsSkipped() throws Exception {
        DecoratedImplementation client = plain();
        Implementation lacking = new LimitedImplementation(client, Capability.POLICY);
        TestHarness.HarnessRun played =
                harness.play(lacking, plan(ECHOES.replace("server =", "needs = { \"policy\", \"ping\" }, server =")));

        CaseResult result = played.result("text.echo");
        assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(result.judgement().reason()).isEqualTo("wstck-client does not have: policy");
        assertThat(result.attempts()).isZero();
        assertThat(client.opened()).isZero();
        assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.NOT_JUDGED);
    }

    @Test
    void aRunWithoutAPlayedBindingCaseIsNotJudged() throws Exception {
        Implementation lacking = new LimitedImplementation(plain(), Capability.POLICY);
        TestHarness.HarnessRun played = harness.play(
                lacking,
                plan(ECHOES.replace("server =", "needs = { \"policy\" }, server =")
                        + ECHOES.replace("text.echo", "text.may").replace("send.text", "send.bad-type")));

        assertThat(played.result("text.may").verdict()).isEqualTo(Verdict.OBSERVED);
        assertThat(played.summary().conclusion()).isEqualTo(RunSummary.Conclusion.NOT_JUDGED);
    }

    @Test
    void aFailureOfTheKitIsTriedThreeTimesAndAffectsOnlyItsCase() throws Exception {
        TestHarness.HarnessRun played = playBroken(() -> {
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
    void anErrorOfTheJvmAffectsOnlyItsCase() throws Exception {
        TestHarness.HarnessRun played = playBroken(() -> {
            throw new StackOverflowError("too deep");
        });

        assertThat(played.result("kit.breaks").judgement().reason())
                .isEqualTo("the kit failed: java.lang.StackOverflowError: too deep");
        assertThat(played.result("text.echo").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void anInconclusiveCaseIsJudgedByTheNextAttempt() throws Exception {
        DecoratedImplementation client = new DecoratedImplementation(harness.client, (number, real, urls) -> {
            if (number < 3) {
                throw new IllegalStateException("no room yet");
            }
            return real.open(urls);
        });
        CaseResult result = harness.play(client, plan(ECHOES)).result("text.echo");

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.attempts()).isEqualTo(3);
    }

    @Test
    void aFailedCaseIsNotRepeated() throws Exception {
        DecoratedImplementation client = plain();
        CaseResult result = harness.play(client, plan(ECHOES.replace("t:alive(t:connect())", "t:equal(1, 2)")))
                .result("text.echo");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(client.opened()).isEqualTo(1);
    }

    @Test
    void theSeedAloneDecidesTheOrder() throws Exception {
        StringBuilder lua = new StringBuilder();
        for (int number = 1; number <= 20; number++) {
            lua.append("case \"case.").append(number).append("\" { clause = \"module.load\", title = \"x\", ");
            lua.append("client = function(t) t:ok(true) end }\n");
        }
        List<TestCase> cases = TestHarness.cases(lua.toString());

        List<String> first = order(cases, 7);
        assertThat(order(cases, 7)).isEqualTo(first);
        assertThat(order(cases, 8)).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void atMostTwoHeavyCasesRunAtOnceBesideOthers() throws Exception {
        AtomicInteger open = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> heavyAtOnce = new ConcurrentLinkedQueue<>();
        CountDownLatch light = new CountDownLatch(6);
        DecoratedImplementation client = new DecoratedImplementation(harness.client, (_, real, urls) -> {
            if (!urls.containsKey("heavy")) {
                return new ObservedSession(real.open(urls), light::countDown);
            }
            heavyAtOnce.add(open.incrementAndGet());
            return new ObservedSession(real.open(urls), () -> {
                // No heavy case ends before all others have ended.
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
        TestHarness.HarnessRun played = harness.play(client, plan(lua.toString()));

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
    void inconclusiveCasesAreRepeatedAfterAllOthers() throws Exception {
        DecoratedImplementation client = new DecoratedImplementation(harness.client, (number, real, urls) -> {
            if (number == 1) {
                throw new IllegalStateException("no room yet");
            }
            return real.open(urls);
        });
        StringBuilder lua = new StringBuilder();
        for (int number = 1; number <= 5; number++) {
            lua.append(ECHOES.replace("text.echo", "text." + number));
        }
        TestHarness.HarnessRun played = harness.play(client, new RunPlan(TestHarness.cases(lua.toString()), 1, 1, 1));

        assertThat(played.results()).extracting(CaseResult::attempts).containsExactly(1, 1, 1, 1, 2);
    }

    @Test
    void waitingCasesRunTogetherAndTakeNoJob() throws Exception {
        StringBuilder lua = new StringBuilder();
        for (int number = 1; number <= 64; number++) {
            lua.append("case \"wait.")
                    .append(number)
                    .append("\" { clause = \"time.after\", title = \"x\", waits = true, ");
            lua.append("client = function(t) t:takes(\"3s\", \"60s\", time.sleep, \"3s\") end }\n");
        }
        lua.append(ECHOES);
        TestHarness.HarnessRun played =
                harness.play(harness.client, new RunPlan(TestHarness.cases(lua.toString()), 1, 1, 1));

        assertThat(played.summary().verdicts()).containsEntry(Verdict.PASSED, 65);
        // One after the other they would need 192 s.
        assertThat(played.summary().duration()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(150));
        assertThat(played.results().indexOf(played.result("text.echo")))
                .as("results that came before that of the one light case")
                .isLessThan(64);
    }

    @Test
    void noThreadAndNoSessionIsLeftAfterARun() throws Exception {
        ConcurrentLinkedQueue<URI> urls = new ConcurrentLinkedQueue<>();
        DecoratedImplementation client = new DecoratedImplementation(harness.client, (_, real, given) -> {
            urls.addAll(given.values());
            return real.open(given);
        });
        String endless = ECHOES.replace("text.echo", "text.endless")
                .replace("server =", "limit = \"200ms\", server =")
                .replace("t:alive(t:connect())", "t:alive(t:connect()) while true do end");
        // Threads of this run belong to the group of the thread that began it. Other tests have runs of their own.
        ThreadGroup own = new ThreadGroup("the run");
        FutureTask<TestHarness.HarnessRun> played =
                new FutureTask<>(() -> harness.play(client, plan(ECHOES + endless)));
        Thread.ofPlatform().group(own).start(played);
        assertThat(played.get().results()).hasSize(2);

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            // Threads of the client stay as long as the client.
            if (own.equals(thread.getThreadGroup()) && !thread.getName().startsWith("wstck-")) {
                thread.join(TimeUnit.SECONDS.toMillis(30));
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
        assertThat(urls).hasSize(2);
        for (URI url : urls) {
            URI journal = harness.server.base().resolve(url.getPath().replace("/s/", "/journals/"));
            HttpURLConnection connection = (HttpURLConnection) journal.toURL().openConnection();
            assertThat(connection.getResponseCode()).isEqualTo(404);
            connection.disconnect();
        }
    }

    @Test
    void aScriptThatHangsInConnectFailsAndClosesItsSocket() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(30_000);
            URI url = URI.create("ws://127.0.0.1:" + silent.getLocalPort() + "/");
            DecoratedImplementation client =
                    new DecoratedImplementation(harness.client, (_, real, _) -> real.open(Map.of("main", url)));
            CaseResult result = harness.play(client, plan(ECHOES.replace("server =", "limit = \"2s\", server =")))
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
    void anInterruptEndsTheRunAndTheRunningScript() throws Exception {
        CountDownLatch playing = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        DecoratedImplementation client = new DecoratedImplementation(harness.client, (_, real, urls) -> {
            playing.countDown();
            return new ObservedSession(real.open(urls), closed::countDown);
        });
        RunPlan plan = plan(ECHOES.replace("server =", "limit = \"60s\", server =")
                .replace("t:alive(t:connect())", "while true do end"));
        List<Class<?>> ended = new ArrayList<>();
        Thread run = Thread.ofVirtual().start(() -> {
            try {
                harness.play(client, plan);
            } catch (InterruptedException e) {
                ended.add(e.getClass());
            }
        });
        assertThat(playing.await(60, TimeUnit.SECONDS)).isTrue();
        run.interrupt();

        assertThat(run.join(Duration.ofSeconds(60))).isTrue();
        assertThat(ended).containsExactly(InterruptedException.class);
        assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Plays the case {@code kit.breaks}, whose session opens with that failure, and another case. */
    private static TestHarness.HarnessRun playBroken(Runnable failure) throws Exception {
        DecoratedImplementation client = new DecoratedImplementation(harness.client, (_, real, urls) -> {
            if (urls.containsKey("broken")) {
                failure.run();
            }
            return real.open(urls);
        });
        String broken =
                ECHOES.replace("text.echo", "kit.breaks").replace("server = echo", "servers = { broken = echo }");
        return harness.play(client, plan(ECHOES + broken));
    }

    private static List<String> order(List<TestCase> cases, long seed) throws InterruptedException {
        return harness.play(harness.client, new RunPlan(cases, 1, seed, 1)).results().stream()
                .map(result -> result.testCase().id())
                .toList();
    }

    private static RunPlan plan(String lua) throws Exception {
        return new RunPlan(TestHarness.cases(lua), 4, 1, 1);
    }

    private static DecoratedImplementation plain() {
        return new DecoratedImplementation(harness.client, (_, real, urls) -> real.open(urls));
    }
}
