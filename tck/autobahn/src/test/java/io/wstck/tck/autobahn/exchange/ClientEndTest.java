package io.wstck.tck.autobahn.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.SocketErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the recorded end of a client whose end shows as a failed write, with a message in the system's language. */
class ClientEndTest {
    @ParameterizedTest
    @ValueSource(strings = {"Die Verbindung wurde vom Kommunikationspartner zurückgesetzt", "接続が相手からリセットされました"})
    void theEndIsUnspecifiedWithoutAKnownErrorText(String text) throws InterruptedException {
        assertThat(endAfterFailedWrite(text)).contains(PeerEnd.ENDED);
    }

    @Test
    void theEndIsAResetWithTheSystemsErrorTextOfAReset() throws InterruptedException {
        assertThat(endAfterFailedWrite(SocketErrors.ofThisSystem().afterReset().orElseThrow()))
                .contains(PeerEnd.RST);
    }

    private static Optional<PeerEnd> endAfterFailedWrite(String text) throws InterruptedException {
        ExchangeRecord record = new DisconnectedTransport(new IOException(text))
                .play(
                        new ExchangeAction.Send(List.of(OutFrame.text("x")), WriteChunking.together()),
                        new ExchangeAction.AwaitEnd(0, Duration.ofSeconds(30)));
        return record.ending().tcp();
    }

    /** Every write fails. After the first failed write a read returns the end of the stream. */
    private static final class DisconnectedTransport extends StubTransport {
        private final IOException failure;
        private boolean failed;

        DisconnectedTransport(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read(ByteBuffer into) {
            return failed ? -1 : 0;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            failed = true;
            throw failure;
        }
    }
}
