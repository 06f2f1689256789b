package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Opcode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a required step that is not met ends all connections of the session, so that no client waits in vain. */
class UnmetStepTest extends ServerTest {
    private static final String LONG = "'within':600000}";

    /** A time limit that no test reaches. */
    @Override
    protected GracePeriods gracePeriods() {
        return GracePeriods.all(Duration.ofSeconds(20));
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
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("failed expect-message");
        assertThat(causes(journal)).containsExactly("1 rst step-not-met");
        assertThat(types(journal)).containsSubsequence("step", "server-ended").doesNotContain("epilogue");
    }

    @Test
    void anUnexpectedEventEndsTheConnection() throws Exception {
        ServerSession session = frames("{'op':'expect-message','text':'a'," + LONG, "{'op':'hang'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.text("b");
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(causes(settled(session))).containsExactly("1 rst step-not-met");
    }

    @Test
    void aMessageThatCannotBeSentEndsTheConnection() throws Exception {
        ServerSession session = frames("{'op':'send-message','text':'a','compress':true}", "{'op':'hang'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(causes(settled(session))).containsExactly("1 rst step-not-met");
    }

    @Test
    void aStepOfTheTcpStageEndsTheConnection() throws Exception {
        ServerSession session = open("{'listener':'own','tcp':[{'op':'expect-request','within':1},{'op':'hang'}]}");
        try (RawClient peer = RawClient.dial(url(session))) {
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
        try (RawClient main = RawClient.connect(session.urls().get("main"));
                RawClient hangs = RawClient.connect(session.urls().get("hangs"));
                RawClient stopped = RawClient.connect(session.urls().get("stopped"));
                RawClient full = RawClient.connect(session.urls().get("full"));
                RawClient handshake = RawClient.dial(tls)) {
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
        try (RawClient main = RawClient.connect(url(session));
                RawClient late = RawClient.dial(session.urls().get("late"))) {
            assertThat(main.readEnd()).isEqualTo("rst");
            assertThat(late.readEnd()).isEqualTo("rst");
        }
    }

    @Test
    void aSignalIsNotWaitedForWhenItCannotCome() throws Exception {
        ServerSession session = open("{'servers':{'main':{'frames':[{'op':'expect-message'," + LONG
                + ",{'op':'signal','name':'go'}]},'waits':{'frames':[{'op':'await','name':'go'," + LONG + "]}}}");
        try (RawClient waits = RawClient.connect(session.urls().get("waits"));
                RawClient main = RawClient.connect(url(session))) {
            // The client itself ends the connection whose step gives the signal.
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
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.close(1000, "");
            assertThat(peer.read().close().code()).hasValue(1000);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        assertThat(causes(settled(session))).containsExactly("1 fin none");
    }

    @Test
    void afterTheScriptAMissingEventEndsNothingBeforeTheEpilogue() throws Exception {
        ServerSession session = open("{'servers':{'main':{'frames':[{'op':'await','name':'never','within':1}]}}}");
        session.scriptEnded();
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.read().opcode()).isEqualTo(Opcode.PING);
        }
        JsonNode journal = settled(session);
        assertThat(steps(journal)).containsExactly("failed await");
        assertThat(types(journal)).contains("epilogue");
        assertThat(causes(journal)).doesNotContain("1 rst step-not-met");
    }

    @Test
    void afterTheScriptAnUnexpectedEventStillEndsTheConnection() throws Exception {
        ServerSession session = frames("{'op':'expect-message','text':'a'," + LONG);
        try (RawClient peer = RawClient.connect(url(session))) {
            session.scriptEnded();
            peer.text("b");
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(causes(settled(session))).containsExactly("1 rst step-not-met");
    }
}
