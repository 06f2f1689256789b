package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Opcode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests connections that wait for each other, and clients that do not read. */
class SignalAndFloodTest extends ServerTest {
    private static final long MORE_THAN_ANY_BUFFER = 64 << 20;

    /**
     * Opens a session with two servers. The main server plays these steps, and the other shows that the signal was
     * given.
     */
    private ServerSession watched(String... steps) throws Exception {
        return open("{'servers':{'main':{'frames':[" + String.join(", ", steps) + "]},"
                + "'watch':{'frames':[{'op':'await','name':'blocked','within':60000},{'op':'send-message'}]}}}");
    }

    /** Waits until the signal is given. */
    private static void awaitSignal(ServerSession session) throws Exception {
        try (RawClient watch = RawClient.connect(session.urls().get("watch"))) {
            watch.socket().setSoTimeout(60_000);
            assertThat(watch.read().payload().length()).isZero();
            closeCleanly(watch);
        }
    }

    private static List<String> stepsOfMain(JsonNode journal) {
        return entries(journal, "step").stream()
                .filter(step -> step.get("server").asText().equals("main"))
                .map(step -> step.get("outcome").asText() + " " + step.get("op").asText())
                .toList();
    }

    private static void closeCleanly(RawClient peer) throws Exception {
        peer.close(1000, "");
        assertThat(peer.read().opcode()).isEqualTo(Opcode.CLOSE);
    }

    @Test
    void aSignalOnOneConnectionLetsAnAwaitOnAnotherGoOnWhicheverComesFirst() throws Exception {
        ServerSession session = open("{'servers':{"
                + "'a':{'frames':[{'op':'await','name':'go','within':60000},{'op':'send-message','text':'gone'}]},"
                + "'b':{'frames':[{'op':'expect-message','within':60000},{'op':'signal','name':'go'}]}}}");
        try (RawClient waiting = RawClient.connect(session.urls().get("a"))) {
            waiting.frame(0x89, new byte[] {'p'});
            // Expects a pong first: the server answers while it waits for the signal.
            assertThat(waiting.read().text()).isEqualTo("p");
            try (RawClient giving = RawClient.connect(session.urls().get("b"))) {
                giving.text("now");
                assertThat(waiting.read().text()).isEqualTo("gone");
                closeCleanly(giving);
            }
            closeCleanly(waiting);
        }
        try (RawClient late = RawClient.connect(session.urls().get("a"))) {
            assertThat(late.read().text()).isEqualTo("gone");
            closeCleanly(late);
        }
        assertThat(steps(settled(session)))
                .containsExactlyInAnyOrder(
                        "met expect-message",
                        "met signal",
                        "met await",
                        "met await",
                        "met send-message",
                        "met send-message");
    }

    @Test
    void aSignalThatDoesNotComeFailsTheAwait() throws Exception {
        ServerSession session = frames("{'op':'await','name':'never','within':50}", "{'op':'hang'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(steps(settled(session))).containsExactly("failed await");
    }

    @Test
    void aClientThatDoesNotReadBlocksTheServerAndGetsEveryMessageWhenItReadsAgain() throws Exception {
        ServerSession session = watched(
                "{'op':'send-until-blocked','text':'x','size':65536,'numbered':true,'stuck':200}",
                "{'op':'signal','name':'blocked'}",
                "{'op':'send-message','text':'after'}",
                "{'op':'expect-close','within':60000}");
        try (RawClient peer = RawClient.connect(url(session))) {
            awaitSignal(session);
            int messages = 0;
            RawClient.Frame frame = peer.read();
            for (; !frame.text().equals("after"); frame = peer.read()) {
                messages++;
                assertThat(frame.text()).startsWith(messages + " x");
                assertThat(frame.payload().length())
                        .isEqualTo(65536 + 1 + String.valueOf(messages).length());
            }
            assertThat(messages).isGreaterThan(5);
            closeCleanly(peer);
        }
        JsonNode journal = settled(session);
        assertThat(stepsOfMain(journal))
                .containsExactly("met send-until-blocked", "met signal", "met send-message", "met expect-close");
        assertThat(entries(journal, "step").getFirst().get("actual").asText())
                .matches("\\d+ bytes taken, then none for 200 ms");
        assertThat(journal.get("dropped").asInt()).isZero();
    }

    @Test
    void whileBlockedTheServerStillReadsAndTheRestLeavesDuringOtherSteps() throws Exception {
        ServerSession session = watched(
                "{'op':'send-until-blocked','text':'x','size':65536,'stuck':100}",
                "{'op':'signal','name':'blocked'}",
                "{'op':'expect-message','text':'still here','within':60000}",
                "{'op':'fence','within':60000}");
        try (RawClient peer = RawClient.connect(url(session))) {
            awaitSignal(session);
            peer.text("still here");
            RawClient.Frame frame;
            do {
                frame = peer.read();
            } while (frame.opcode() != Opcode.PING);
            peer.frame(0x8A, frame.payload());
            closeCleanly(peer);
        }
        assertThat(stepsOfMain(settled(session)))
                .containsExactly("met send-until-blocked", "met signal", "met expect-message", "met fence");
    }

    @Test
    void readingStopsBehindTheMessageThatWasExpectedThoughMoreIsWaiting() throws Exception {
        ServerSession session = open("{'servers':{'main':{'frames':[{'op':'stop-reading'},"
                + "{'op':'send-message','text':'stopped'},{'op':'await','name':'full','within':60000},"
                + "{'op':'resume-reading'},{'op':'expect-message','text':'first','within':60000},{'op':'stop-reading'},"
                + "{'op':'send-message','text':'stopped again'},{'op':'hang'}]},"
                + "'watch':{'frames':[{'op':'expect-message','within':60000},{'op':'signal','name':'full'}]}}}");
        int more = 1000;
        try (RawClient peer = RawClient.connect(url(session));
                RawClient watch = RawClient.connect(session.urls().get("watch"))) {
            assertThat(peer.read().text()).isEqualTo("stopped");
            peer.text("first");
            for (int i = 0; i < more; i++) {
                peer.frame(0x82, new byte[1000]);
            }
            watch.text("full");
            assertThat(peer.read().text()).isEqualTo("stopped again");
            long read = entries(session.journal().toJson(), "message").stream()
                    .filter(entry -> entry.get("server").asText().equals("main"))
                    .filter(entry -> entry.get("direction").asText().equals("in"))
                    .count();
            assertThat(read).isBetween(1L, 66L);
        }
    }

    @Test
    void whileReadingIsStoppedTheSystemAcceptsFewBytes() throws Exception {
        ServerSession session =
                frames("{'op':'stop-reading'}", "{'op':'send-message','text':'stopped'}", "{'op':'hang'}");
        URI url = url(session);
        try (SocketChannel channel = SocketChannel.open().setOption(StandardSocketOptions.SO_SNDBUF, 64 << 10)) {
            channel.connect(new InetSocketAddress(url.getHost(), url.getPort()));
            RawClient peer = RawClient.on(channel.socket(), url);
            var _ = peer.upgrade();
            assertThat(peer.read().text()).isEqualTo("stopped");

            assertThat(taken(channel)).isBetween(1L, 1L << 20);
        }
    }

    /** Counts the bytes that can be written until none is accepted for half a second. */
    private static long taken(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        long taken = 0;
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (taken < MORE_THAN_ANY_BUFFER && selector.select(500) > 0) {
                selector.selectedKeys().clear();
                taken += channel.write(ByteBuffer.allocate(64 << 10));
            }
        }
        return taken;
    }

    @Test
    void aClientThatReadsEverythingFailsTheFlood() throws Exception {
        ServerSession session = frames("{'op':'send-until-blocked','text':'x','size':1000,'limit':10000}");
        try (RawClient peer = RawClient.connect(url(session))) {
            for (int i = 0; i < 10; i++) {
                assertThat(peer.read().payload().length()).isEqualTo(1000);
            }
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("failed send-until-blocked");
        assertThat(entries(journal, "step").getFirst().get("actual").asText()).matches("10\\d{3} bytes taken");
        assertThat(entries(journal, "step").getFirst().get("expected").asText())
                .isEqualTo("fewer than 10000 bytes of messages taken");
    }

    @Test
    void aClientThatIsSlowToReadMeetsTheFloodAndGetsTheRest() throws Exception {
        ServerSession session = watched(
                "{'op':'send-until-blocked','text':'x','size':65536,'stuck':60000,'within':300}",
                "{'op':'signal','name':'blocked'}",
                "{'op':'send-message','text':'after'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            // The system's buffers accept some bytes, but not the whole flood in that time.
            awaitSignal(session);
            RawClient.Frame frame;
            do {
                frame = peer.read();
            } while (!frame.text().equals("after"));
            closeCleanly(peer);
        }
        JsonNode journal = settled(session);
        assertThat(stepsOfMain(journal)).containsExactly("met send-until-blocked", "met signal", "met send-message");
        assertThat(entries(journal, "step").getFirst().get("actual").asText()).matches("\\d+ bytes taken in 300 ms");
    }

    @Test
    void aBlockedFloodHoldsTheSessionNoLongerThanTheScript() throws Exception {
        ServerSession session =
                frames("{'op':'send-until-blocked','text':'x','size':65536,'stuck':600000,'within':600000}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readBytes(1)).hasSize(1);
            session.scriptEnded();
            assertThat(session.awaitSettled(LIMIT)).isTrue();
        }
        assertThat(steps(settled(session))).containsExactly("met send-until-blocked");
    }

    private ServerSession floodOfBytes(String fields) throws Exception {
        return open("{'listener':'own','tcp':[{'op':'expect-request'},{'op':'send-bytes-until-blocked','text':'x',"
                + fields + "},{'op':'hang'}]}");
    }

    private static RawClient asked(ServerSession session) throws Exception {
        RawClient peer = RawClient.dial(url(session));
        peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        return peer;
    }

    @Test
    void aClientThatTakesBytesWithoutEndFailsTheFlood() throws Exception {
        ServerSession session = floodOfBytes("'size':1000,'limit':10000");
        try (RawClient peer = asked(session)) {
            assertThat(peer.readBytes(10_000)).containsOnly('x');
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("met expect-request", "failed send-bytes-until-blocked");
        assertThat(entries(journal, "step").getLast().get("expected").asText())
                .isEqualTo("fewer than 10000 bytes taken");
        assertThat(entries(journal, "step").getLast().get("actual").asText()).isEqualTo("10000 bytes taken");
    }

    @Test
    void aClientThatLeavesMeetsAFloodOfBytes() throws Exception {
        ServerSession session = floodOfBytes("'size':65536,'stuck':60000");
        try (RawClient peer = asked(session)) {
            assertThat(peer.readBytes(1)).containsOnly('x');
        }
        awaitEntry(session, "client-ended");
        session.scriptEnded();
        JsonNode journal = settled(session);
        assertThat(steps(journal)).startsWith("met expect-request", "met send-bytes-until-blocked");
        assertThat(entries(journal, "step").get(1).get("actual").asText())
                .matches("\\d+ bytes taken, then the connection had ended");
    }

    @Test
    void aClientThatStopsReadingMeetsAFloodOfBytes() throws Exception {
        ServerSession session = floodOfBytes("'size':65536,'stuck':200");
        try (RawClient peer = asked(session)) {
            assertThat(peer.readBytes(1)).containsOnly('x');
            awaitEntry(session, "step");
            session.scriptEnded();
            assertThat(session.awaitSettled(LIMIT)).isTrue();
        }
        assertThat(steps(settled(session))).startsWith("met expect-request", "met send-bytes-until-blocked");
    }

    @Test
    void aFloodOfBytesComesBeforeTheHandshake() {
        assertThatThrownBy(() -> frames("{'op':'send-bytes-until-blocked','text':'x'}"))
                .hasMessageContaining("frames[0]: send-bytes-until-blocked belongs to the tcp steps");
        assertThatThrownBy(() -> floodOfBytes("'size':0")).hasMessageContaining("expected bytes to repeat, got none");
    }

    @Test
    void signalsNeedNames() {
        assertThatThrownBy(() -> frames("{'op':'signal'}")).hasMessageContaining("frames[0].name: expected");
        assertThatThrownBy(() -> frames("{'op':'await'}")).hasMessageContaining("frames[0].name: expected");
    }
}
