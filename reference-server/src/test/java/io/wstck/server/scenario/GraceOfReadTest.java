package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A frame that is still arriving at the end of the script keeps the server waiting for the frame behind it. */
class GraceOfReadTest extends ServerTest {
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** More bytes than are sent one by one in the time of the test. */
    private static final int PAYLOAD = 4 << 20;

    @Override
    protected GracePeriods gracePeriods() {
        return new GracePeriods(GRACE, LIMIT, LIMIT);
    }

    @Test
    void theGracePeriodBeginsAgainWithEveryRead() throws Exception {
        ServerSession session =
                frames("{'op':'expect-message','within':60000}", "{'op':'expect-close','within':60000}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.send(HexFormat.of().parseHex("82ff" + "0000000000400000" + "00000000"));
            session.scriptEnded();
            byte[] one = new byte[1];
            int sent = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < GRACE.toNanos() * 3 / 2) {
                peer.send(one);
                sent++;
            }
            peer.send(new byte[PAYLOAD - sent]);
            peer.close(1000, "");
            assertThat(peer.read().close().code()).hasValue(1000);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        assertThat(steps(settled(session))).containsExactly("met expect-message", "met expect-close");
    }
}
