package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Opcode;
import org.junit.jupiter.api.Test;

/** Tests that a scenario that ends early journals each step that matters and was not played. */
class EarlyEndTest extends ServerTest {
    private static final String FAILED_WITH_1002 = "{'op':'expect-failed','code':1002}";

    private static void closeCleanly(RawClient peer) throws Exception {
        peer.close(1000, "");
        assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
    }

    private static void echoOne(RawClient peer) throws Exception {
        peer.text("one");
        assertThat(peer.read().text()).isEqualTo("one");
    }

    private static String actual(JsonNode journal, int step) {
        return entries(journal, "step").get(step).get("actual").asText();
    }

    @Test
    void anEchoThatCountsFailsWhenTheClientClosesBeforeItsLastMessage() throws Exception {
        ServerSession session = frames("{'op':'echo','count':5}", "{'op':'expect-message'}", FAILED_WITH_1002);
        try (RawClient peer = RawClient.connect(url(session))) {
            echoOne(peer);
            closeCleanly(peer);
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("failed echo");
        assertThat(actual(journal, 0)).startsWith("1 echoed, then close 1000");
    }

    @Test
    void anEndAfterACloseFrameIsDescribedAsSuch() throws Exception {
        ServerSession session = frames("{'op':'expect-close','answer':false}", "{'op':'expect-pong','within':20000}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.close(1000, "");
            peer.shutdownOutput();
            assertThat(session.awaitSettled(LIMIT)).isTrue();
        }
        assertThat(actual(settled(session), 1)).isEqualTo("FIN after close 1000");
    }

    @Test
    void aStepThatGotNothingSaysHowLongItWaited() throws Exception {
        ServerSession session = frames("{'op':'expect-pong','within':50}");
        try (RawClient _ = RawClient.connect(url(session))) {
            assertThat(session.awaitSettled(LIMIT)).isTrue();
        }
        assertThat(actual(settled(session), 0)).isEqualTo("nothing within 50 ms");
    }

    @Test
    void anEchoThatCountsFailsWhenTheScriptEndsBeforeItsLastMessage() throws Exception {
        ServerSession session = frames("{'op':'echo','count':2}");
        try (RawClient peer = RawClient.connect(url(session))) {
            echoOne(peer);
            session.scriptEnded();
            assertThat(session.awaitSettled(LIMIT)).isTrue();
        }
        assertThat(steps(settled(session))).containsExactly("failed echo");
    }

    @Test
    void whatFollowsAnEchoThatTheClientEndsByClosingIsNotReached() throws Exception {
        ServerSession session = frames(
                "{'op':'echo'}",
                "{'op':'pause','ms':1}",
                "{'op':'send-frame','opcode':3}",
                "{'op':'expect-message'}",
                "{'op':'echo','count':1}",
                "{'op':'end-tcp','how':'rst'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            echoOne(peer);
            peer.shutdownOutput();
            assertThat(session.awaitSettled(LIMIT)).isTrue();
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal))
                .containsExactly("met echo", "failed send-frame", "failed expect-message", "failed echo");
        assertThat(entries(journal, "step").get(1).get("index").asInt()).isEqualTo(2);
        assertThat(actual(journal, 1)).startsWith("not reached");
    }

    @Test
    void theCloseThatEndsAnEchoIsWhatALaterStepExpects() throws Exception {
        ServerSession session = frames("{'op':'echo'}", "{'op':'expect-close','code':3001}");
        try (RawClient peer = RawClient.connect(url(session))) {
            echoOne(peer);
            peer.close(3001, "");
            assertThat(peer.read().close().code()).hasValue(3001);
        }
        assertThat(steps(settled(session))).containsExactly("met echo", "met expect-close");
    }

    @Test
    void theCloseThatEndsAnEchoIsJudgedByALaterStep() throws Exception {
        ServerSession session = frames("{'op':'echo'}", "{'op':'expect-close','code':3001}");
        try (RawClient peer = RawClient.connect(url(session))) {
            closeCleanly(peer);
        }
        assertThat(steps(settled(session))).containsExactly("met echo", "failed expect-close");
    }

    @Test
    void whatFollowsASendThatAClientDoesNotReadIsNotReached() throws Exception {
        String send = "{'op':'send-message','type':'binary','text':'x','size':67108864}";
        ServerSession session = frames(send, send, FAILED_WITH_1002);
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readBytes(1)).isEqualTo(new byte[] {(byte) 0x82});
            session.scriptEnded();
            assertThat(session.awaitSettled(LIMIT)).isTrue();
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("met send-message", "failed send-message", "failed expect-failed");
        assertThat(actual(journal, 2)).startsWith("not reached");
    }

    @Test
    void aClientThatClosesAndReadsNoMoreMeetsWhatIsExpectedBehindTheSend() throws Exception {
        ServerSession session = frames(
                "{'op':'send-message','type':'binary','text':'x','size':67108864}",
                "{'op':'expect-failed','code':1009}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.close(1009, "");
            session.scriptEnded();
            assertThat(session.awaitSettled(LIMIT)).isTrue();
        }
        assertThat(steps(settled(session))).containsExactly("met send-message", "met expect-failed");
    }

    @Test
    void whatAClientSentBeforeItsResetIsReadEvenWhenAWriteMeetsTheResetFirst() throws Exception {
        ServerSession session = open("{'servers':{'main':{'frames':[{'op':'stop-reading'},"
                + "{'op':'send-message','text':'stopped'},{'op':'await','name':'reset','within':60000},"
                + "{'op':'send-message','text':'too late'},{'op':'resume-reading'},"
                + "{'op':'expect-failed','code':1009}]},"
                + "'watch':{'frames':[{'op':'expect-message','within':60000},{'op':'signal','name':'reset'}]}}}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.read().text()).isEqualTo("stopped");
            peer.close(1009, "too big");
            peer.reset();
        }
        try (RawClient watch = RawClient.connect(session.urls().get("watch"))) {
            watch.text("reset");
            closeCleanly(watch);
        }
        JsonNode journal = settled(session);
        assertThat(stepsOf(journal, 1)).endsWith("met expect-failed");
        assertThat(entries(journal, "client-ended").stream()
                        .filter(entry -> entry.get("connection").asInt() == 1)
                        .map(entry -> entry.get("how").asText()))
                .containsExactly("rst");
    }

    @Test
    void aMessageThatDoesNotInflateFailsAnEcho() throws Exception {
        ServerSession session = open("{'handshake':{'deflate':true},'frames':[{'op':'echo'}]}");
        try (RawClient peer = RawClient.dial(url(session))) {
            var _ = peer.upgrade("Sec-WebSocket-Extensions: permessage-deflate");
            peer.frame(0xC1, Bytes.utf8("no deflate stream"));
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(steps(settled(session))).containsExactly("failed echo");
    }
}
