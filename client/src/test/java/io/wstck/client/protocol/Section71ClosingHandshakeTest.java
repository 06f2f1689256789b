package io.wstck.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.CloseStatus;
import io.wstck.client.ConnectionState;
import io.wstck.client.protocol.ClosingHandshake.Duty;
import org.junit.jupiter.api.Test;

/** RFC 6455 §7.1, Definitions: who sends the one close frame of this side, and when. */
class Section71ClosingHandshakeTest {
    private final ClosingHandshake closing = new ClosingHandshake();

    @Test
    void whoeverClosesFirstOnThisSideSendsTheFrame() {
        assertThat(closing.closeLocally()).isEqualTo(Duty.SEND_CLOSE_FRAME);
        assertThat(closing.state()).isEqualTo(ConnectionState.CLOSE_SENT);
        assertThat(closing.closeLocally()).isEqualTo(Duty.NOTHING);
    }

    @Test
    void thePeersCloseIsAnsweredOnce() {
        assertThat(closing.closeReceived(new CloseStatus(1001, "bye"))).isEqualTo(Duty.SEND_CLOSE_FRAME);
        assertThat(closing.state()).isEqualTo(ConnectionState.CLOSE_EXCHANGED);
        assertThat(closing.closeLocally()).isEqualTo(Duty.NOTHING);
        assertThat(closing.remote()).contains(new CloseStatus(1001, "bye"));
    }

    @Test
    void thePeersCloseAfterOursNeedsNoAnswer() {
        closing.closeLocally();

        assertThat(closing.closeReceived(CloseStatus.NONE)).isEqualTo(Duty.NOTHING);
        assertThat(closing.state()).isEqualTo(ConnectionState.CLOSE_EXCHANGED);
    }

    @Test
    void afterTheEndOfTcpThereIsNothingToSend() {
        closing.terminated();

        assertThat(closing.closeLocally()).isEqualTo(Duty.NOTHING);
        assertThat(closing.closeReceived(CloseStatus.NONE)).isEqualTo(Duty.NOTHING);
        assertThat(closing.state()).isEqualTo(ConnectionState.CLOSED);
    }
}
