package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.host.LuaHost;
import io.wstck.server.journal.JournalParser;
import io.wstck.tck.cases.Prelude;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.implementation.ClientBehaviour.MessageCompression;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.JudgedJournal;
import io.wstck.tck.judge.Witness;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the checks of {@code w} on journals (docs/scenarios.md, docs/cases.md). */
class WireChecksTest {
    private static final String MESSAGES = """
            {"type": "message", "direction": "in", "message_type": "text", "length": 5, "fragments": 1, "text": "hello",
             "compressed": true, "wire_length": 3, "alone": true},
            {"type": "message", "direction": "out", "message_type": "text", "length": 2, "fragments": 1, "text": "ok",
             "compressed": false},
            {"type": "message", "direction": "in", "message_type": "text", "length": 1, "fragments": 1, "text": "a",
             "compressed": false}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "permessage-deflate | { name = 'permessage-deflate', params = {} }",
                "permessage-deflate; client_max_window_bits"
                        + " | { name = 'permessage-deflate', params = { client_max_window_bits = true } }",
                "permessage-deflate; server_max_window_bits=10 ;client_no_context_takeover"
                        + " | { name = 'permessage-deflate',"
                        + " params = { server_max_window_bits = '10', client_no_context_takeover = true } }",
                "a; x=\"1, 2; 3\", b,, c;y=z"
                        + " | { name = 'a', params = { x = '1, 2; 3' } }, { name = 'b', params = {} },"
                        + " { name = 'c', params = { y = 'z' } }",
            })
    void theOfferIsParsed(String header, String expected) throws Exception {
        String request = request("[\"sec-websocket-extensions\", \"" + header.replace("\"", "\\\"") + "\"]");

        assertThat(failed(request, "w:equal({ " + expected + " }, w:offer())")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fin", "rst", "ended"})
    void anEndAfterBothCloseFramesIsCleanHoweverTcpEnded(String how) throws Exception {
        String closes = """
                {"type": "frame", "direction": "in", "opcode": 8, "length": 0, "text": ""},
                {"type": "frame", "direction": "out", "opcode": 8, "length": 0, "text": ""},""";
        String end = "{\"type\": \"client-ended\", \"how\": \"" + how + "\"}";
        String unread = ", {\"type\": \"unread\", \"length\": 3, \"detail\": \"no step read them\", \"text\": \"abc\"}";

        assertThat(failed(closes + end + unread, "w:ended_cleanly() w:no_frames()"))
                .extracting(Check::name)
                .containsExactly("no_frames");
        assertThat(failed(end + unread, "w:ended_cleanly() w:no_frames()"))
                .extracting(Check::name)
                .containsExactly("ended_cleanly");
    }

    @Test
    void theServerEndsTcpFirstWhenTheClientHasNotEndedItBefore() throws Exception {
        String client = "{\"type\": \"client-ended\", \"how\": \"fin\"}";
        String server = "{\"type\": \"server-ended\", \"how\": \"fin\"}";

        assertThat(failed(server + ", " + client, "w:server_ended_first()")).isEmpty();
        assertThat(failed(server, "w:server_ended_first()")).isEmpty();
        assertThat(failed(client + ", " + server, "w:server_ended_first()"))
                .extracting(Check::actual)
                .containsExactly("the client did");
        assertThat(failed("{\"type\": \"epilogue\"}", "w:server_ended_first()"))
                .extracting(Check::actual)
                .containsExactly("neither did");
    }

    @Test
    void severalLinesAreOneOfferAndNoneIsAnEmptyOne() throws Exception {
        String two = request("[\"Sec-WebSocket-Extensions\", \"a;x\"], [\"Sec-WebSocket-Extensions\", \"b\"]");

        assertThat(failed(
                        two,
                        "w:equal({ { name = 'a', params = { x = true } }, { name = 'b', params = {} } }, w:offer())"))
                .isEmpty();
        assertThat(failed(request("[\"Host\", \"a;x\"]"), "w:equal({}, w:offer())"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"permessage-deflate; =9", "a; x=", "a;;b", "=", "a b"})
    void anOfferThatIsNoListOfExtensionsIsAFailedCheck(String header) throws Exception {
        List<Check> failed = failed(request("[\"Sec-WebSocket-Extensions\", \"" + header + "\"]"), "w:offer()");

        assertThat(failed).extracting(Check::name).containsExactly("offer");
        assertThat(failed.getFirst().actual()).contains(header);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "w:compressed { true, false } | ",
                "w:compressed { true } | 2 messages",
                "w:compressed { true, false, true } | 2 messages",
                "w:compressed { true, true } | message 2 (1 byte) plain",
                "w:compressed { false, true } | message 1 (5 bytes) compressed; message 2 (1 byte) plain",
                "w:compressed(true) | message 2 (1 byte) plain",
                "w:alone { true, nil } | 2 messages",
                "w:alone { false, true } | message 1 (5 bytes) inflating on its own; message 2 (1 byte) plain",
                "w:equal(2, #w:messages()) | ",
                "w:equal('hello', w:messages()[1].text) | ",
                "w:equal(3, w:messages()[1].wire_length) | ",
                "w:equal('ok', w:sent_messages()[1].text) | ",
            })
    void messagesShowHowTheyWereCompressed(String check, String actual) throws Exception {
        List<Check> failed = failed(MESSAGES, check);

        if (actual == null) {
            assertThat(failed).isEmpty();
        } else {
            assertThat(failed).extracting(Check::actual).containsExactly(actual);
        }
    }

    @Test
    void ofManyWrongMessagesTheFirstAreNamedAndTheOthersCounted() throws Exception {
        String message =
                "{\"type\": \"message\", \"direction\": \"in\", \"message_type\": \"text\", \"length\": 7, \"compressed\": true}";
        String entries = String.join(", ", Collections.nCopies(60, message));

        assertThat(failed(entries, "local all = {} for i = 1, 60 do all[i] = false end w:compressed(all)"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.expected())
                            .isEqualTo("messages 1 (7 bytes), 2 (7 bytes), 3 (7 bytes), 4 (7 bytes) and 56 more plain");
                    assertThat(check.actual())
                            .isEqualTo("messages 1 (7 bytes), 2 (7 bytes), 3 (7 bytes), 4 (7 bytes) and 56 more"
                                    + " compressed");
                });
    }

    @Test
    void aCloseFrameThatIsTooLongDoesNotCountAsEmpty() throws Exception {
        String frame = "{\"type\": \"frame\", \"direction\": \"in\", \"opcode\": 8, \"length\": 70002,"
                + " \"sha256\": \"00\", \"head\": \"A+g=\"}";

        assertThat(failed(frame, "w:client_closed { code = 1000 }"))
                .extracting(Check::actual)
                .containsExactly("a close frame of 70002 bytes");
    }

    @Test
    void everyMessageCompressedFailsWithoutAMessage() throws Exception {
        assertThat(failed(request(""), "w:compressed(true)"))
                .extracting(Check::actual)
                .containsExactly("no message");
        assertThat(failed(request(""), "w:compressed {}")).isEmpty();
    }

    private static String request(String headers) {
        return "{\"type\": \"request\", \"server\": \"main\", \"connection\": 1, \"headers\": [" + headers + "]}";
    }

    /** Returns the failed checks for a journal with these entries. */
    private static List<Check> failed(String entries, String check) throws Exception {
        TestCase testCase = TestHarness.cases("""
                case "the.case" { clause = "module.load", title = "x", client = function() end }
                """).getFirst();
        JudgedJournal journal =
                JudgedJournal.of(JournalParser.journal(new JsonMapper().readTree("{\"entries\": [" + entries + "]}")));
        CheckRecorder recorder = new CheckRecorder(Witness.WIRE, System.nanoTime(), () -> {});
        try (LuaSession session = LuaHost.builder().build().open()) {
            Prelude.CheckObject w = Prelude.wire(
                    session, WireBindings.table(testCase, session, recorder, journal, MessageCompression.BY_OPTION));
            LuaScript script =
                    LuaScript.compile("wire.lua", "return function(w) return pcall(function() " + check + " end) end");
            session.call(session.run(script).arg1(), w.object());
        }
        return recorder.checks().stream().filter(made -> !made.met()).toList();
    }
}
