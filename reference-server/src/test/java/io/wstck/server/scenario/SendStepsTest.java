package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Opcode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests the bytes that each sending step writes. */
class SendStepsTest extends ServerTest {
    private void wireIs(String step, int... bytes) throws Exception {
        ServerSession session = own(step);
        try (RawClient peer = RawClient.connect(url(session))) {
            byte[] expected = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                expected[i] = (byte) bytes[i];
            }
            assertThat(peer.readBytes(bytes.length)).as(step).isEqualTo(expected);
        }
        session.close();
    }

    @Test
    void aMessageIsOneUnmaskedFrame() throws Exception {
        wireIs("{'op':'send-message','text':'ab'}", 0x81, 2, 'a', 'b');
        wireIs("{'op':'send-message','type':'binary','data':'/wA='}", 0x82, 2, 0xFF, 0);
        wireIs("{'op':'send-message'}", 0x81, 0);
    }

    @Test
    void aSizeRepeatsOrCutsThePayload() throws Exception {
        wireIs("{'op':'send-message','text':'ab','size':5}", 0x81, 5, 'a', 'b', 'a', 'b', 'a');
        wireIs("{'op':'send-message','text':'abc','size':1}", 0x81, 1, 'a');
    }

    @Test
    void fragmentsAreFramesWithTheirInterleavedStepsBetween() throws Exception {
        wireIs(
                "{'op':'send-message','text':'abc','fragments':[1,0,2],'chop':1,"
                        + "'interleave':[{'op':'send-ping','text':'p'},{'op':'send-pong'}]}",
                0x01,
                1,
                'a',
                0x89,
                1,
                'p',
                0x00,
                0,
                0x8A,
                0,
                0x80,
                2,
                'b',
                'c');
    }

    @Test
    void aFrameIsSentAsTheStepSaysLegalOrNot() throws Exception {
        wireIs(
                "{'op':'send-frame','opcode':3,'fin':false,'rsv':5,'text':'a','mask':'01020304'}",
                0x53,
                0x81,
                1,
                2,
                3,
                4,
                'a' ^ 1);
        wireIs("{'op':'send-frame','opcode':1,'text':'a','length_form':16}", 0x81, 126, 0, 1, 'a');
        wireIs(
                "{'op':'send-frame','opcode':2,'length':'18446744073709551615','text':'a'}",
                0x82,
                127,
                0xFF,
                0xFF,
                0xFF,
                0xFF,
                0xFF,
                0xFF,
                0xFF,
                0xFF,
                'a');
    }

    @Test
    void aCloseFrameCarriesAnyCodeOrAnyPayload() throws Exception {
        wireIs("{'op':'send-close','code':1005,'reason':'x'}", 0x88, 3, 0x03, 0xED, 'x');
        wireIs("{'op':'send-close','data':'Aw=='}", 0x88, 1, 3);
        wireIs("{'op':'send-close'}", 0x88, 0);
    }

    @Test
    void rawBytesAndDripsLeaveAsTheyAre() throws Exception {
        wireIs("{'op':'send-bytes','data':'gQE=','chop':1}", 0x81, 1);
        wireIs("{'op':'drip','text':'xyz','every':1}", 'x', 'y', 'z');
    }

    @Test
    void sixtyFourBitLengthsAreSentFromSixtyFourKibibytesOn() throws Exception {
        ServerSession session = frames("{'op':'send-message','text':'0123','size':65536}");
        try (RawClient peer = RawClient.connect(url(session))) {
            RawClient.Frame frame = peer.read();
            assertThat(frame.payload().length()).isEqualTo(65_536);
            peer.close(1000, "");
            assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
        }
        JsonNode sent = entries(settled(session), "frame").getFirst();
        assertThat(sent.get("length_form").asInt()).isEqualTo(64);
        assertThat(sent.get("sha256").asText()).hasSize(64);
        assertThat(sent.has("text")).isFalse();
    }

    @Test
    void dripsEndWithTheScript() throws Exception {
        ServerSession session = frames("{'op':'drip','text':'x','size':100000,'every':1}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readBytes(1)).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
            session.scriptEnded();
        }
        assertThat(types(settled(session))).containsSubsequence("script-ended", "step");
    }

    @Test
    void aSendToAClientThatIsGoneFailsUnlessALaterStepJudgesTheEnd() throws Exception {
        String flood = "{'op':'send-message','text':'x','size':33554432}";
        ServerSession failing = frames(flood);
        RawClient.connect(url(failing)).reset();
        assertThat(steps(settled(failing))).containsExactly("failed send-message");
        ServerSession judging = frames(flood, "{'op':'expect-failed'}");
        RawClient.connect(url(judging)).reset();
        assertThat(steps(settled(judging))).containsExactly("met send-message", "met expect-failed");
    }

    @Test
    void aClientThatDoesNotReadStallsTheServerNoLongerThanTheScript() throws Exception {
        ServerSession session = frames("{'op':'send-message','text':'x','size':67108864}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readBytes(1)).hasSize(1);
            session.scriptEnded();
            assertThat(session.awaitSettled(LIMIT)).isTrue();
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("met send-message");
        assertThat(entries(journal, "trouble")).isEmpty();
    }

    @Test
    void theServerReadsWhileItWrites() throws Exception {
        ServerSession session = frames(
                "{'op':'send-message','text':'x','size':33554432}",
                "{'op':'expect-message','text':'y','size':4194304}");
        try (RawClient peer = RawClient.connect(url(session))) {
            // The client reads nothing until it has written its whole message. That needs a server that reads while it
            // writes.
            byte[] message = "y".repeat(4 << 20).getBytes(StandardCharsets.US_ASCII);
            peer.frame(0x81, message);
            assertThat(peer.read().payload().length()).isEqualTo(32 << 20);
            peer.close(1000, "");
            assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
        }
        assertThat(steps(settled(session))).containsExactly("met send-message", "met expect-message");
    }

    @Test
    void aLongPayloadIsThePatternRepeatedAndItsDigestIsJournaledOnceForFrameAndMessage() throws Exception {
        ServerSession session = frames("{'op':'send-message','text':'abc','size':1000000}");
        byte[] expected = "abc".repeat(333_334).substring(0, 1_000_000).getBytes(StandardCharsets.US_ASCII);
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.read().payload()).isEqualTo(Bytes.owning(expected));
        }
        JsonNode journal = settled(session);
        String digest = Bytes.owning(expected).sha256();
        assertThat(entries(journal, "frame").getFirst().get("sha256").asText()).isEqualTo(digest);
        assertThat(entries(journal, "message").getFirst().get("sha256").asText())
                .isEqualTo(digest);
    }

    @Test
    void aLongPayloadIsSentNoFurtherToAClientThatHasEndedItsSide() throws Exception {
        int size = 64 << 20;
        ServerSession session = frames("{'op':'send-message','type':'binary','text':'x','size':" + size + "}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.shutdownOutput();
            // The buffers are full long before everything is sent, so the server meets the end while it waits.
            awaitEntry(session, "client-ended");
            assertThat(peer.socket().getInputStream().readAllBytes().length).isLessThan(size);
        }
        assertThat(steps(settled(session))).containsExactly("failed send-message");
    }
}
