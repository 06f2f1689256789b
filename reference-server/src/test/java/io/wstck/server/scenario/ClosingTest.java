package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Opcode;
import org.junit.jupiter.api.Test;

/** Tests the end of connections: closing handshakes, FIN, RST, and the epilogue. */
class ClosingTest extends ServerTest {
    @Test
    void echoesAndAnswersTheClientsClose() throws Exception {
        ServerSession session = frames("{'op':'echo'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.text("héllo");
            assertThat(peer.read().text()).isEqualTo("héllo");
            peer.close(3999, "done");
            assertThat(peer.read().close().code()).hasValue(3999);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        JsonNode journal = settled(session);
        assertThat(types(journal))
                .containsExactly(
                        "tcp-opened",
                        "request",
                        "response",
                        "frame",
                        "message",
                        "frame",
                        "message",
                        "frame",
                        "frame",
                        "server-ended",
                        "step",
                        "client-ended");
        assertThat(steps(journal)).containsExactly("met echo");
        assertThat(violations(journal)).isEmpty();
    }

    @Test
    void anEmptyCloseIsAnsweredByAnEmptyOne() throws Exception {
        ServerSession session = frames();
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.frame(0x88, new byte[0]);
            assertThat(peer.read().payload()).isEqualTo(Bytes.EMPTY);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
    }

    @Test
    void theServerEndsTcpOnceItsOwnCloseIsAnswered() throws Exception {
        ServerSession session = frames("{'op':'send-close','code':1000,'reason':'bye'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.answerClose().reason()).contains("bye");
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        assertThat(entries(settled(session), "server-ended")).hasSize(1);
    }

    @Test
    void aClientThatAnswersNothingIsResetAfterTheEpilogue() throws Exception {
        ServerSession session = frames();
        try (RawClient peer = RawClient.connect(url(session))) {
            session.scriptEnded();
            assertThat(peer.read().opcode()).isEqualTo(Opcode.PING);
            assertThat(peer.read().close().code()).hasValue(1001);
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(entries(settled(session), "server-ended")
                        .getFirst()
                        .get("how")
                        .asText())
                .isEqualTo("rst");
    }

    @Test
    void aConnectionWithoutAHandshakeIsDroppedAtOnceWhenTheScriptHasEnded() throws Exception {
        ServerSession session = own();
        try (RawClient peer = RawClient.dial(url(session))) {
            peer.send("GET / HTT");
            session.scriptEnded();
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(types(settled(session))).contains("tcp-opened", "epilogue").doesNotContain("request");
    }

    @Test
    void finAndResetByTheClientAreDistinguished() throws Exception {
        ServerSession fin = frames("{'op':'hang'}");
        RawClient.connect(url(fin)).close();
        assertThat(entries(settled(fin), "client-ended").getFirst().get("how").asText())
                .isEqualTo("fin");
        ServerSession rst = frames("{'op':'hang'}");
        RawClient.connect(url(rst)).reset();
        assertThat(entries(settled(rst), "client-ended").getFirst().get("how").asText())
                .isEqualTo("rst");
    }

    @Test
    void theServerEndsTcpAsTheStepSays() throws Exception {
        for (String how : new String[] {"fin", "rst"}) {
            ServerSession session = frames("{'op':'end-tcp','how':'" + how + "'}");
            try (RawClient peer = RawClient.connect(url(session))) {
                assertThat(peer.readEnd()).isEqualTo(how);
            }
            assertThat(entries(settled(session), "server-ended")
                            .getFirst()
                            .get("how")
                            .asText())
                    .isEqualTo(how);
        }
    }

    @Test
    void afterHalfClosingTheServerGoesOnReading() throws Exception {
        ServerSession session =
                frames("{'op':'end-tcp','how':'half'}", "{'op':'expect-message','text':'still here','within':60000}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("fin");
            peer.text("still here");
        }
        assertThat(steps(settled(session))).containsExactly("met end-tcp", "met expect-message");
    }

    @Test
    void anExpectationThatTheScriptsEndLeavesOpenFails() throws Exception {
        ServerSession session = frames("{'op':'expect-message','within':60000}");
        try (RawClient peer = RawClient.connect(url(session))) {
            session.scriptEnded();
            assertThat(peer.read().opcode()).isEqualTo(Opcode.PING);
        }
        assertThat(steps(settled(session))).containsExactly("failed expect-message");
    }
}
