package io.wstck.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Opcode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which events meet each expectation. */
class ExpectStepsTest extends ServerTest {
    /** The actions of a client after the handshake. */
    private interface Client {
        void act(RawClient peer) throws Exception;
    }

    private List<String> outcome(Client client, String... steps) throws Exception {
        return steps(journal(client, steps));
    }

    private JsonNode journal(Client client, String... steps) throws Exception {
        ServerSession session = frames(steps);
        try (RawClient peer = RawClient.connect(url(session))) {
            client.act(peer);
            session.scriptEnded();
        }
        return settled(session);
    }

    @Test
    void aMessageMustBeTheOneExpected() throws Exception {
        assertThat(outcome(peer -> peer.text("a"), "{'op':'expect-message','type':'text','text':'a'}"))
                .containsExactly("met expect-message");
        assertThat(outcome(peer -> peer.text("aaaa"), "{'op':'expect-message','text':'a','size':4}"))
                .containsExactly("met expect-message");
        assertThat(outcome(peer -> peer.text("b"), "{'op':'expect-message','text':'a'}"))
                .containsExactly("failed expect-message");
        assertThat(outcome(peer -> peer.text("a"), "{'op':'expect-message','type':'binary'}"))
                .containsExactly("failed expect-message");
        assertThat(outcome(peer -> peer.text("abc"), "{'op':'expect-message','size':2}"))
                .containsExactly("failed expect-message");
        String digest = Bytes.utf8("abc").sha256();
        assertThat(outcome(peer -> peer.text("abc"), "{'op':'expect-message','sha256':'" + digest + "'}"))
                .containsExactly("met expect-message");
        assertThat(outcome(peer -> peer.text("abd"), "{'op':'expect-message','sha256':'" + digest + "'}"))
                .containsExactly("failed expect-message");
    }

    @Test
    void anExpectationThatNothingMeetsInTimeFailsAndEndsTheScenario() throws Exception {
        ServerSession session = frames("{'op':'expect-message','within':1}", "{'op':'send-message','text':'never'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            assertThat(peer.readEnd()).isEqualTo("rst");
        }
        assertThat(steps(settled(session))).containsExactly("failed expect-message");
    }

    @Test
    void aStepIsOverdueOnlyWhereNothingDecidedItInTime() throws Exception {
        assertThat(journal(peer -> assertThat(peer.readEnd()).isEqualTo("rst"), "{'op':'expect-message','within':1}")
                        .findValues("overdue"))
                .extracting(JsonNode::asBoolean)
                .containsExactly(true);
        assertThat(journal(peer -> peer.text("b"), "{'op':'expect-message','text':'a'}")
                        .findValues("overdue"))
                .isEmpty();
        assertThat(journal(peer -> peer.text("a"), "{'op':'expect-message','text':'a'}")
                        .findValues("overdue"))
                .isEmpty();
    }

    @Test
    void whatLaterStepsExpectIsKeptForThem() throws Exception {
        Client client = peer -> {
            peer.frame(0x89, Bytes.utf8("ping"));
            peer.frame(0x8A, Bytes.utf8("pong"));
            peer.text("message");
            peer.close(1000, "");
            assertThat(peer.read().close().code()).hasValue(1000);
        };
        assertThat(outcome(
                        client,
                        "{'op':'expect-message','text':'message'}",
                        "{'op':'expect-pong','text':'pong'}",
                        "{'op':'expect-ping','text':'ping'}",
                        "{'op':'expect-close','code':1000}"))
                .containsExactly("met expect-message", "met expect-pong", "met expect-ping", "met expect-close");
    }

    @Test
    void pingsAndPongsMustCarryWhatIsExpected() throws Exception {
        assertThat(outcome(peer -> peer.frame(0x89, Bytes.utf8("a")), "{'op':'expect-ping','text':'b'}"))
                .containsExactly("failed expect-ping");
        assertThat(outcome(peer -> peer.frame(0x8A, Bytes.utf8("a")), "{'op':'expect-pong','text':'b'}"))
                .containsExactly("failed expect-pong");
    }

    @Test
    void anExpectedPingIsAnsweredOnlyWhenAsked() throws Exception {
        Client client = peer -> {
            peer.frame(0x89, Bytes.utf8("first"));
            peer.frame(0x89, Bytes.utf8("second"));
            assertThat(peer.read().text()).isEqualTo("second");
        };
        assertThat(outcome(
                        client,
                        "{'op':'expect-ping','text':'first'}",
                        "{'op':'expect-ping','text':'second','answer':true}"))
                .containsExactly("met expect-ping", "met expect-ping");
    }

    @Test
    void aPingThatNoStepMentionsIsAnsweredAtOnce() throws Exception {
        Client client = peer -> {
            peer.frame(0x89, Bytes.utf8("anyone?"));
            RawClient.Frame pong = peer.read();
            assertThat(pong.opcode()).isEqualTo(Opcode.PONG);
            assertThat(pong.text()).isEqualTo("anyone?");
        };
        assertThat(outcome(client, "{'op':'pause','ms':60000}")).containsExactly("met pause");
    }

    @Test
    void aCloseMustHaveTheCodeReasonAndFormExpected() throws Exception {
        String[] met = {
            "{'op':'expect-close'}",
            "{'op':'expect-close','code':1001}",
            "{'op':'expect-close','codes':[1000,1001],'reason':'bye'}",
            "{'op':'expect-close','empty':false}"
        };
        String[] failed = {
            "{'op':'expect-close','code':1000}",
            "{'op':'expect-close','reason':'by'}",
            "{'op':'expect-close','empty':true}"
        };
        for (String step : met) {
            assertThat(outcome(peer -> peer.close(1001, "bye"), step)).as(step).containsExactly("met expect-close");
        }
        for (String step : failed) {
            assertThat(outcome(peer -> peer.close(1001, "bye"), step)).as(step).containsExactly("failed expect-close");
        }
        assertThat(outcome(peer -> peer.frame(0x88, Bytes.EMPTY), "{'op':'expect-close','empty':true}"))
                .containsExactly("met expect-close");
    }

    @Test
    void anUnansweredCloseIsAnsweredByTheEpilogueOnly() throws Exception {
        ServerSession session = frames("{'op':'expect-close','answer':false}", "{'op':'send-message','text':'late'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.close(4000, "");
            assertThat(peer.read().text()).isEqualTo("late");
            session.scriptEnded();
            assertThat(peer.read().close().code()).hasValue(4000);
            assertThat(peer.readEnd()).isEqualTo("fin");
        }
        assertThat(steps(settled(session))).containsExactly("met expect-close", "met send-message");
    }

    @Test
    void aCloseThatNoStepMentionsIsAnsweredAndFailsTheStepInProgress() throws Exception {
        Client client = peer -> {
            peer.close(1000, "");
            assertThat(peer.read().close().code()).hasValue(1000);
            assertThat(peer.readEnd()).isEqualTo("fin");
        };
        assertThat(outcome(client, "{'op':'expect-message'}", "{'op':'fence'}"))
                .containsExactly("failed expect-message");
    }

    @Test
    void aFailedConnectionIsMetByTheCodeMissedByAnotherOneAndFailedByAnAnswer() throws Exception {
        String step = "{'op':'expect-failed','code':1002}";
        assertThat(outcome(peer -> peer.close(1002, ""), step)).containsExactly("met expect-failed");
        assertThat(outcome(peer -> peer.close(1007, ""), step)).containsExactly("missed expect-failed");
        assertThat(outcome(RawClient::shutdownOutput, step)).containsExactly("missed expect-failed");
        assertThat(outcome(RawClient::shutdownOutput, "{'op':'expect-failed'}")).containsExactly("met expect-failed");
        assertThat(outcome(peer -> peer.text("delivered"), step)).containsExactly("failed expect-failed");
        assertThat(outcome(peer -> peer.frame(0x8A, Bytes.utf8("x")), "{'op':'send-ping','text':'x'}", step))
                .containsExactly("met send-ping", "failed expect-failed");
        assertThat(outcome(peer -> peer.frame(0x8A, Bytes.utf8("x")), "{'op':'send-bytes','data':'iQF4'}", step))
                .containsExactly("met send-bytes", "failed expect-failed");
    }

    /** RFC 6455 §5.5.2 and §5.5.3 allow a ping and an unsolicited pong at any time. */
    @Test
    void keepAliveFramesAreIgnored() throws Exception {
        Client fails = peer -> {
            peer.frame(0x89, Bytes.utf8("alive?"));
            peer.frame(0x8A, Bytes.EMPTY);
            assertThat(peer.read().text()).isEqualTo("alive?");
            peer.close(1002, "");
        };
        assertThat(outcome(fails, "{'op':'expect-failed','code':1002}")).containsExactly("met expect-failed");
        assertThat(outcome(fails, "{'op':'pause','ms':1}", "{'op':'expect-failed','code':1002}"))
                .containsExactly("met pause", "met expect-failed");

        Client ends = peer -> {
            peer.frame(0x89, Bytes.utf8("alive?"));
            peer.frame(0x8A, Bytes.EMPTY);
            assertThat(peer.read().text()).isEqualTo("alive?");
            peer.shutdownOutput();
        };
        assertThat(outcome(ends, "{'op':'expect-end'}")).containsExactly("met expect-end");
    }

    /** A pong inside a frame would become a part of its payload. */
    @Test
    void aPingThatComesWhileAFrameIsBeingSentIsAnsweredAfterIt() throws Exception {
        Client client = peer -> {
            peer.frame(0x89, Bytes.utf8("now"));
            assertThat(peer.read().text()).isEqualTo("hello");
            RawClient.Frame pong = peer.read();
            assertThat(pong.opcode()).isEqualTo(Opcode.PONG);
            assertThat(pong.text()).isEqualTo("now");
        };
        String frame = "'data':'gQVoZWxsbw=='"; // a text frame, "hello"
        assertThat(outcome(client, "{'op':'drip','every':50," + frame + "}", "{'op':'pause','ms':60000}"))
                .containsExactly("met drip", "met pause");
        assertThat(outcome(
                        client,
                        "{'op':'send-frame','opcode':1,'text':'he','length':5}",
                        "{'op':'pause','ms':200}",
                        "{'op':'send-bytes','text':'llo'}",
                        "{'op':'pause','ms':60000}"))
                .containsExactly("met send-frame", "met pause", "met send-bytes", "met pause");
    }

    @Test
    void aPongWithAnotherPayloadIsIgnored() throws Exception {
        Client client = peer -> {
            RawClient.Frame ping = peer.read();
            peer.frame(0x8A, Bytes.EMPTY);
            peer.frame(0x8A, ping.payload());
        };
        assertThat(outcome(client, "{'op':'send-ping','text':'x'}", "{'op':'expect-pong','text':'x'}"))
                .containsExactly("met send-ping", "met expect-pong");
    }

    @Test
    void whatWasAnsweredDuringAPauseCountsAgainstAFailedConnection() throws Exception {
        Client client = peer -> {
            RawClient.Frame ping = peer.read();
            peer.frame(0x8A, ping.payload());
            assertThat(peer.readEnd()).isEqualTo("rst");
        };
        assertThat(outcome(client, "{'op':'send-ping','text':'x'}", "{'op':'pause','ms':1}", "{'op':'expect-failed'}"))
                .containsExactly("met send-ping", "met pause", "failed expect-failed");
    }

    @Test
    void theEndMustComeWithoutAFrame() throws Exception {
        assertThat(outcome(RawClient::shutdownOutput, "{'op':'expect-end'}")).containsExactly("met expect-end");
        assertThat(outcome(RawClient::reset, "{'op':'expect-end'}")).containsExactly("met expect-end");
        assertThat(outcome(peer -> peer.close(1000, ""), "{'op':'expect-end'}")).containsExactly("failed expect-end");
    }

    @Test
    void theEndMayOutlastTheScript() throws Exception {
        ServerSession session = open("""
                {'servers': {
                  'short': {'frames': [{'op':'expect-end','within':60000}]},
                  'patient': {'frames': [{'op':'expect-end','within':60000,'outlasts_script':true}]}}}""");
        try (RawClient waits = RawClient.connect(session.urls().get("short"));
                RawClient ends = RawClient.connect(session.urls().get("patient"))) {
            session.scriptEnded();
            // When the epilogue of one connection starts, the grace period is over for both.
            assertThat(waits.read().opcode()).isEqualTo(Opcode.PING);
            ends.shutdownOutput();
        }
        assertThat(steps(settled(session))).containsExactlyInAnyOrder("failed expect-end", "met expect-end");
    }

    @Test
    void aFenceRequiresItsOwnPong() throws Exception {
        Client client = peer -> {
            RawClient.Frame ping = peer.read();
            peer.frame(0x8A, Bytes.utf8("another"));
            peer.frame(0x8A, ping.payload());
        };
        assertThat(outcome(client, "{'op':'fence'}")).containsExactly("met fence");
        assertThat(outcome(peer -> peer.frame(0x8A, Bytes.utf8("another")), "{'op':'fence','text':'own'}"))
                .containsExactly("failed fence");
    }

    @Test
    void anEchoWithACountLeavesTheRestToTheNextStep() throws Exception {
        Client client = peer -> {
            peer.text("1");
            peer.text("2");
            assertThat(peer.read().text()).isEqualTo("1");
        };
        assertThat(outcome(client, "{'op':'echo','count':1}", "{'op':'expect-message','text':'2'}"))
                .containsExactly("met echo", "met expect-message");
    }

    @Test
    void nothingIsReadWhileReadingIsStopped() throws Exception {
        Client client = peer -> {
            peer.text("unread");
            assertThat(peer.read().text()).isEqualTo("now");
        };
        JsonNode journal = journal(
                client,
                "{'op':'stop-reading'}",
                "{'op':'pause','ms':50}",
                "{'op':'send-message','text':'now'}",
                "{'op':'resume-reading'}",
                "{'op':'expect-message','text':'unread'}");
        assertThat(entries(journal, "frame").getFirst().get("direction").asText())
                .isEqualTo("out");
        assertThat(steps(journal)).endsWith("met expect-message");
    }

    @Test
    void theBeginningOfAMessageIsSeenWhileReadingIsStopped() throws Exception {
        Client client = peer -> {
            peer.text("whole");
            assertThat(peer.read().text()).isEqualTo("begun");
        };
        assertThat(outcome(
                        client,
                        "{'op':'stop-reading'}",
                        "{'op':'expect-unread','bytes':11}",
                        "{'op':'send-message','text':'begun'}",
                        "{'op':'resume-reading'}",
                        "{'op':'expect-message','text':'whole'}"))
                .containsExactly(
                        "met stop-reading",
                        "met expect-unread",
                        "met send-message",
                        "met resume-reading",
                        "met expect-message");
    }

    @Test
    void fewerUnreadBytesThanExpectedAreAFailedStep() throws Exception {
        assertThat(outcome(
                        peer -> peer.text("whole"),
                        "{'op':'stop-reading'}",
                        "{'op':'expect-unread','bytes':12,'within':100}"))
                .containsExactly("met stop-reading", "failed expect-unread");
    }
}
