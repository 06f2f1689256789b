package io.wstck.tck.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.run.CaseResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A client with one peculiar behaviour fails only the cases that test this behaviour. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("processors")
class PeculiarClientTest {
    private static final int JOBS = 16;

    private static ProofFixture kit;

    @BeforeAll
    static void start() throws Exception {
        kit = ProofFixture.start();
    }

    @AfterAll
    static void stop() {
        kit.close();
    }

    @Test
    void aClientWhoseCallsReturnNothingWhenTheySucceedFailsTheCasesAboutThatResultAlone() throws Exception {
        Mechanism quiet = new Mechanism.LuaWrapper("""
                for _, name in ipairs { "send", "ping", "close" } do
                  client[name] = function(self, ...)
                    local ok, err = self.real[name](self.real, ...)
                    if not ok then return ok, err end
                  end
                end
                """);

        assertThat(unmet(quiet, PeculiarClientTest::light))
                .containsExactlyInAnyOrder(
                        "send.returns-text", "send.returns-binary", "ping.returns", "close.default-code");
    }

    @Test
    void aClientWhoseCallsNeverReturnAnythingFailsTheCasesAboutResultsAndErrorsAlone() throws Exception {
        Mechanism mute = new Mechanism.LuaWrapper("""
                for _, name in ipairs { "send", "ping", "close" } do
                  client[name] = function(self, ...) self.real[name](self.real, ...) end
                end
                """);

        assertThat(failedClauses(mute, PeculiarClientTest::light))
                .containsExactlyInAnyOrder(
                        "send.returns",
                        "ping.returns",
                        "close.default",
                        "send.after-close",
                        "send.after-remote-close",
                        "ping.after-close",
                        "errors.is",
                        "errors.methods");
    }

    @Test
    void aClientWithoutAChannelAfterItsEndIsWarnedForThatAlone() throws Exception {
        Mechanism forgetful = new Mechanism.LuaWrapper("""
                local close, channel_of = client.close, client.channel
                function client:close(...)
                  self.ended = true
                  return close(self, ...)
                end
                function client:channel()
                  if self.ended then error("no connection") end
                  return kit.tap(channel_of(self), function(real)
                    local message, ok = real:receive()
                    self.ended = self.ended or not ok
                    return message, ok
                  end)
                end
                """);

        assertThat(unmet(forgetful, PeculiarClientTest::light)).containsExactly("close.channel-after");
    }

    /** A keep-alive every 100 ms that alternates pings and pongs. */
    @Test
    void aClientThatKeepsItsConnectionsAliveFailsTheCasesThatCountPingsAlone() throws Exception {
        Mechanism keepAlive = new Mechanism.WireTampering(KeepAlive::new);
        List<String> unmet = unmet(
                keepAlive,
                testCase -> light(testCase)
                        || testCase.clause().id().equals("options.read-timeout")
                        || testCase.clause().id().startsWith("options.duration"));

        // Some cases notice that a relay forwards only whole frames. On a busy machine some cases need a second
        // attempt.
        Mechanism relay = new Mechanism.WireTampering(() -> new Tampering() {});
        List<String> relayed = unmet(relay, testCase -> unmet.contains(testCase.id()));
        assertThat(unmet(keepAlive, testCase -> unmet.contains(testCase.id()) && !relayed.contains(testCase.id())))
                .isSubsetOf("ping.frame", "ping.frame-each-time");
    }

    private static boolean light(TestCase testCase) {
        return testCase.weight() == TestCase.Weight.LIGHT;
    }

    private static Set<String> failedClauses(Mechanism mechanism, Predicate<TestCase> which) throws Exception {
        return play(mechanism, which).stream()
                .filter(result -> result.verdict() == Verdict.FAILED)
                .map(result -> result.testCase().clause().id())
                .collect(Collectors.toSet());
    }

    private static List<String> unmet(Mechanism mechanism, Predicate<TestCase> which) throws Exception {
        return play(mechanism, which).stream()
                .filter(result -> result.verdict() == Verdict.FAILED || result.verdict() == Verdict.WARNED)
                .map(result -> result.testCase().id())
                .toList();
    }

    private static List<CaseResult> play(Mechanism mechanism, Predicate<TestCase> which) throws InterruptedException {
        List<TestCase> cases = kit.cases.stream()
                .filter(testCase -> Profile.API.plays(testCase.clause()))
                .filter(which)
                .toList();
        List<CaseResult> results = List.copyOf(new CaseBatchPlayer(kit.server)
                .playWithRetry(new FaultyClient(kit.client, "peculiar", List.of(mechanism)), cases, JOBS)
                .values());
        assertThat(results).hasSameSizeAs(cases);
        return results;
    }

    /**
     * Sends pings and unsolicited pongs between the client's own frames, from the handshake's response to the client's
     * end.
     */
    private static final class KeepAlive implements Tampering {
        private static final Duration EVERY = Duration.ofMillis(100);

        private final Random keys = new Random();

        private volatile Thread beating = Thread.ofVirtual().unstarted(() -> {});
        private volatile boolean open;

        @Override
        public void requestSent(RelayOutput wire) {
            beating = Thread.ofVirtual().name("keep-alive").start(() -> beat(wire));
        }

        @Override
        public HttpHead response(HttpHead head) {
            open = head.startLine().startsWith("HTTP/1.1 101");
            return head;
        }

        private void beat(RelayOutput wire) {
            try {
                for (int count = 0; ; count++) {
                    Thread.sleep(EVERY);
                    if (open) {
                        int opcode = count % 2 == 0 ? RelayedFrame.PING : RelayedFrame.PONG;
                        wire.toServer(RelayedFrame.toServer(opcode, new byte[0]).withKey(keys.nextInt()));
                    }
                }
            } catch (InterruptedException | IOException ended) {
                // The connection has ended.
                return;
            }
        }

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            open &= !frame.is(RelayedFrame.CLOSE);
            wire.toServer(frame);
        }

        @Override
        public void endedByClient(RelayOutput.TcpEnding how, RelayOutput wire) throws IOException {
            beating.interrupt();
            wire.endToServer(how);
        }

        @Override
        public void close() {
            beating.interrupt();
        }
    }
}
