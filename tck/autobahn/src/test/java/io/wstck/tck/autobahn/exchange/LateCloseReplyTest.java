package io.wstck.tck.autobahn.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that has much to read before the close frame has more time for its answer. */
@Timeout(60)
class LateCloseReplyTest {
    /** An empty close frame, masked with zeros. */
    private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0};

    private static final ExchangeAction.Send CLOSING =
            new ExchangeAction.Send(List.of(OutFrame.normalClose()), WriteChunking.together());

    @Test
    void anAnswerThatComesAfterTheUsualTimeCounts() throws Exception {
        ExchangeRecord record = new LateClient(Duration.ofMillis(2200))
                .play(CLOSING, new ExchangeAction.AwaitCloseReply(Duration.ofSeconds(50)));

        assertThat(record.ending().received()).contains(new CloseStatus(Bytes.EMPTY));
        assertThat(record.ending().timeout()).isEqualTo(ExchangeEnd.Timeout.NONE);
    }

    @Test
    void anAnswerThatDoesNotComeIsATimeoutOfTheCloseReply() throws Exception {
        ExchangeRecord record = new LateClient(Duration.ofDays(1))
                .play(CLOSING, new ExchangeAction.AwaitCloseReply(Duration.ofMillis(1)));

        assertThat(record.ending().received()).isEmpty();
        assertThat(record.ending().timeout()).isEqualTo(ExchangeEnd.Timeout.CLOSE_REPLY);
    }

    /** Takes everything, and sends a close frame and the end of TCP after a time. */
    private static final class LateClient extends StubTransport {
        private final long answersAt;
        private boolean answered;

        LateClient(Duration after) {
            answersAt = System.nanoTime() + after.toNanos();
        }

        @Override
        public int read(ByteBuffer into) {
            if (System.nanoTime() - answersAt < 0) {
                return 0;
            }
            if (answered) {
                return -1;
            }
            answered = true;
            into.put(CLOSE);
            return CLOSE.length;
        }

        @Override
        public int write(ByteBuffer from) {
            int length = from.remaining();
            from.position(from.limit());
            return length;
        }

        @Override
        public void await(Interest interest, Deadline deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
