package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.Peer;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Opcode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A required step that is not met ends the connections of its session, so that no client waits for what cannot come. */
class UnmetStepTest extends ServerTest {
    private static final String LONG = "'within':600000}";

    /** Nothing here is to end because a time is over. */
    @Override
    protected Waits waits() {
        return Waits.all(Duration.ofSeconds(20));
    }

    private static List<String> causes(JsonNode journal) {
        return entries(journal, "server-ended").stream()
                .map(entry -> entry.get("connection").asInt() + " "
                        + entry.get("how").asText() + " "
                        + entry.path("cause").asText("none"))
                .toList();
    }

    @Test
    void anExpectationThatNothingMeetsInTimeEndsTheConnection() throws Exception {
        ServerSession session = frames("{'op':'expect-message','within':1}", "{'op':'hang'}");
        try (Peer peer = Peer.connect(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("failed expect-message");
        assertThat(causes(journal)).containsExactly("1 rst step-not-met");
        assertThat(types(journal)).containsSubsequence("step", "server-ended").doesNotContain("epilogue");
    }

    @Test
    void somethingElseThanExpectedEndsTheConnection() throws Exception {
        ServerSession session = frames("{'op':'expect-message','text':'a'," + LONG, "{'op':'hang'}");
        try (Peer peer = Peer.connect(url(session))) {
            peer.text("b");
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(causes(settled(session))).containsExactly("1 rst step-not-met");
    }

    @Test
    void whatCannotBeSentEndsTheConnection() throws Exception {
        ServerSession session = frames("{'op':'send-message','text':'a','compress':true}", "{'op':'hang'}");
        try (Peer peer = Peer.connect(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(causes(settled(session))).containsExactly("1 rst step-not-met");
    }

    @Test
    void aStepOfTheTcpStageEndsTheConnection() throws Exception {
        ServerSession session = open("{'listener':'own','tcp':[{'op':'expect-request','within':1},{'op':'hang'}]}");
        try (Peer peer = Peer.dial(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(causes(settled(session))).containsExactly("1 rst step-not-met");
    }

    @Test
    void theOtherConnectionsOfTheSessionEndToo() throws Exception {
        ServerSession session = open("{'servers':{'main':{'frames':[{'op':'expect-message','text':'a'," + LONG + "]},"
                + "'hangs':{'frames':[{'op':'hang'}]},"
                + "'stopped':{'frames':[{'op':'stop-reading'},{'op':'hang'}]},"
                + "'full':{'frames':[{'op':'send-message','text':'x','size':67108864}]},"
                + "'tls':{'listener':'own','tls':'trusted'}}}");
        URI tls = session.urls().get("tls");
        try (Peer main = Peer.connect(session.urls().get("main"));
                Peer hangs = Peer.connect(session.urls().get("hangs"));
                Peer stopped = Peer.connect(session.urls().get("stopped"));
                Peer full = Peer.connect(session.urls().get("full"));
                Peer handshake = Peer.dial(tls)) {
            assertThat(full.readBytes(1)).hasSize(1);
            main.text("b");
            assertThat(main.readEnd()).isEqualTo("rst");
            assertThat(hangs.readEnd()).isEqualTo("rst");
            assertThat(stopped.readEnd()).isEqualTo("rst");
            assertThat(handshake.readEnd()).isEqualTo("rst");
            JsonNode journal = settled(session);
            assertThat(causes(journal)).hasSize(5).contains("1 rst step-not-met", "2 rst other-step-not-met");
            assertThat(entries(journal, "trouble")).isEmpty();
        }
    }

    @Test
    void aConnectionThatComesLaterEndsAtOnce() throws Exception {
        ServerSession session = open("{'servers':{'main':{'frames':[{'op':'expect-message','within':1}]},"
                + "'late':{'listener':'own','tcp':[{'op':'hang'}]}}}");
        try (Peer main = Peer.connect(url(session));
                Peer late = Peer.dial(session.urls().get("late"))) {
            assertThat(main.readEnd()).isEqualTo("rst");
            assertThat(late.readEnd()).isEqualTo("rst");
        }
    }

    @Test
    void aSignalIsNotWaitedForWhenItCannotCome() throws Exception {
        ServerSession session = open("{'servers':{'main':{'frames':[{'op':'expect-message'," + LONG
                + ",{'op':'signal','name':'go'}]},'waits':{'frames':[{'op':'await','name':'go'," + LONG + "]}}}");
        try (Peer waits = Peer.connect(session.urls().get("waits"));
                Peer main = Peer.connect(url(session))) {
            // The client itself ends the connection that was to give the signal.
            main.close(1000, "");
            assertThat(main.read().close().code()).hasValue(1000);
            assertThat(waits.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(stepsOf(journal, 1)).containsExactly("failed await");
        assertThat(stepsOf(journal, 2)).containsExactly("failed expect-message");
        assertThat(causes(journal)).contains("1 rst step-not-met");
    }

    @Test
    void aClientThatEndsTheConnectionItselfGetsItsClosingHandshake() throws Exception {
        ServerSession session = frames("{'op':'expect-message'," + LONG, "{'op':'hang'}");
        try (Peer peer = Peer.connect(url(session))) {
            peer.close(1000, "");
            assertThat(peer.read().close().code()).hasValue(1000);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        assertThat(causes(settled(session))).containsExactly("1 fin none");
    }

    @Test
    void whenTheScriptHasEndedWhatIsMissingEndsNothingBeforeTheEpilogue() throws Exception {
        ServerSession session = open("{'servers':{'main':{'frames':[{'op':'await','name':'never','within':1}]}}}");
        session.scriptEnded();
        try (Peer peer = Peer.connect(url(session))) {
            assertThat(peer.read().opcode()).isEqualTo(Opcode.PING);
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("failed await");
        assertThat(types(journal)).contains("epilogue");
        assertThat(causes(journal)).doesNotContain("1 rst step-not-met");
    }

    @Test
    void whenTheScriptHasEndedSomethingElseThanExpectedStillEndsTheConnection() throws Exception {
        ServerSession session = frames("{'op':'expect-message','text':'a'," + LONG);
        try (Peer peer = Peer.connect(url(session))) {
            session.scriptEnded();
            peer.text("b");
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(causes(settled(session))).containsExactly("1 rst step-not-met");
    }
}
