package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Opcode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests the actions of a client after the end of the script. The server waits longer than any machine is late. */
class ScriptEndTest extends ServerTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    @Override
    protected GracePeriods gracePeriods() {
        return GracePeriods.all(WAIT);
    }

    @Test
    void theEpilogueFencesAndClosesWhatIsStillOpen() throws Exception {
        ServerSession session = frames("{'op':'send-message','text':'alive'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.read().text()).isEqualTo("alive");
            long before = System.nanoTime();
            session.scriptEnded();
            RawClient.Frame ping = peer.read();
            assertThat(ping.opcode()).isEqualTo(Opcode.PING);
            peer.frame(0x8A, ping.payload());
            assertThat(peer.answerClose().code()).hasValue(1001);
            assertThat(peer.readEnd()).isEqualTo("fin");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(WAIT);
        }
        assertThat(types(settled(session))).containsSubsequence("script-ended", "epilogue", "server-ended");
    }

    @Test
    void anExpectationCanStillBeMetShortlyAfterTheScriptsEnd() throws Exception {
        ServerSession session = frames("{'op':'expect-close','code':1000}");
        try (RawClient peer = RawClient.connect(url(session))) {
            session.scriptEnded();
            peer.close(1000, "");
            assertThat(peer.read().close().code()).hasValue(1000);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        assertThat(steps(settled(session))).containsExactly("met expect-close");
    }
}
