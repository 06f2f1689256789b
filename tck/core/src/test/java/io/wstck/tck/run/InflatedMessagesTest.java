package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.journal.JournalParser;
import io.wstck.tck.judge.JudgedJournal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed frames whose content is not in the journal. */
class InflatedMessagesTest {
    /** RFC 7692 §7.2.3.1. */
    private static final String HELLO = "f248cdc9c90700";

    /** RFC 7692 §7.2.3.2: the same with the window of the previous message. */
    private static final String HELLO_AGAIN = "f200110000";

    private static final int TEXT = 1;
    private static final int CONTINUATION = 0;

    private final ObjectNode journal = JsonNodeFactory.instance.objectNode();
    private final ArrayNode entries = journal.putArray("entries");

    @ParameterizedTest
    @ValueSource(strings = {"in", "out"})
    void aMessageIsInflatedWithTheWindowOfEarlierMessages(String direction) {
        negotiated("permessage-deflate");
        frame(direction, TEXT, true, HELLO);
        frame(direction, TEXT, true, HELLO_AGAIN);

        assertThat(messages())
                .containsExactly(
                        "= compressed message of 7 bytes, inflated to 5: \"Hello\"",
                        "= compressed message of 5 bytes, inflated to 5: \"Hello\"");
    }

    @Test
    void eachSideHasAWindowOfItsOwn() {
        negotiated("permessage-deflate");
        frame("in", TEXT, true, HELLO);
        frame("out", TEXT, true, HELLO_AGAIN);

        assertThat(messages()).hasSize(2).last().asString().contains("does not inflate: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "out"})
    void aViolationInAMessageThatStillInflatesIsShown(String direction) {
        negotiated(
                direction.equals("in")
                        ? "permessage-deflate; client_no_context_takeover"
                        : "permessage-deflate; server_no_context_takeover");
        frame(direction, TEXT, true, HELLO);
        frame(direction, TEXT, true, HELLO_AGAIN);

        assertThat(messages())
                .last()
                .asString()
                .startsWith("= compressed message of 5 bytes, inflated to 5 (compressed message whose ")
                .endsWith("): \"Hello\"");
    }

    @Test
    void fragmentsAreJoinedAndControlFramesBetweenThemSkipped() {
        negotiated("permessage-deflate");
        frame("out", TEXT, false, HELLO.substring(0, 6));
        frame("out", 9, true, "00");
        frame("out", CONTINUATION, true, HELLO.substring(6));

        assertThat(messages()).containsExactly("= compressed message of 7 bytes, inflated to 5: \"Hello\"");
        List<String> last =
                transcript().subList(transcript().size() - 2, transcript().size());
        assertThat(last.getFirst()).contains("CONTINUATION");
        assertThat(last.getLast()).endsWith(messages().getFirst());
    }

    @Test
    void aMessageWithAnEntryInTheJournalIsShownOnce() {
        negotiated("permessage-deflate");
        frame("in", TEXT, true, HELLO);
        told("in", "Hello");
        frame("in", TEXT, true, HELLO_AGAIN);

        assertThat(messages())
                .containsExactly(
                        "= text message, 5 bytes in 1 frame, compressed to 7: \"Hello\"",
                        "= compressed message of 5 bytes, inflated to 5: \"Hello\"");
    }

    @Test
    void aMessageThatDoesNotInflateSaysWhy() {
        negotiated("permessage-deflate");
        frame("in", TEXT, true, "ffffff");
        frame("in", TEXT, true, HELLO);
        told("in", "Hello");

        assertThat(messages()).hasSize(2);
        assertThat(messages().getFirst()).startsWith("= compressed message of 3 bytes does not inflate: ");
    }

    @Test
    void withoutDeflateNothingIsInflated() {
        frame("in", TEXT, true, HELLO);

        assertThat(messages()).containsExactly("= no permessage-deflate was negotiated: not inflated");
    }

    @Test
    void aMessageThatTheJournalKeepsPartlyIsNotInflatedNorAreMessagesThatReferToIt() {
        negotiated("permessage-deflate");
        frame("in", TEXT, true, HELLO).put("sha256", "00").put("head", "AAAA").remove("data");
        frame("in", TEXT, true, HELLO_AGAIN);
        frame("in", TEXT, true, HELLO);

        assertThat(messages())
                .containsExactly(
                        "= compressed message, not inflated: the journal keeps only its beginning",
                        "= compressed message of 5 bytes, not inflated: the journal does not keep the messages"
                                + " before it whole",
                        "= compressed message of 7 bytes, inflated to 5: \"Hello\"");
    }

    @Test
    void aMessageThatInflatesToTooManyBytesIsNotShown() {
        negotiated("permessage-deflate");
        // A fixed block: a zero, and 2000 times 258 bytes that repeat it.
        frame("in", TEXT, true, repeated(2000));

        assertThat(messages())
                .containsExactly(
                        "= compressed message of 3253 bytes, not shown: it inflates to more than 262144 bytes");
    }

    @Test
    void inflatingStopsAfterTooManyBytesInAll() {
        negotiated("permessage-deflate");
        for (int number = 0; number < 20; number++) {
            frame("in", TEXT, true, repeated(900));
        }

        assertThat(messages()).hasSize(20);
        assertThat(messages().getFirst()).contains("inflated to 232201");
        assertThat(messages().getLast()).endsWith("not inflated: those before it were too many");
    }

    @Test
    void damagedBytesAreDescribed() {
        negotiated("permessage-deflate; client_max_window_bits=8");
        Random random = new Random(7);
        for (int number = 0; number < 2000; number++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            frame(
                    "in",
                    1 + random.nextInt(2),
                    random.nextInt(4) > 0,
                    HexFormat.of().formatHex(noise));
        }

        assertThat(messages())
                .hasSizeGreaterThan(1000)
                .allSatisfy(message -> assertThat(message).startsWith("= compressed message "));
    }

    @Test
    void contentIsLimitedAndNeverEscapedTwice() {
        negotiated("permessage-deflate");
        frame("in", TEXT, true, repeated(1));

        TimelineEntry.Message row = (TimelineEntry.Message) rows().getLast();
        assertThat(row.payload())
                .isEqualTo(new TimelineEntry.Payload(
                        TimelineEntry.Form.TEXT, "\0".repeat(160), TimelineEntry.Extent.BEGINNING));
    }

    /**
     * Returns a compressed message: a zero byte, {@code count} times the 258 bytes that repeat it, and the beginning of
     * an empty stored block.
     */
    private static String repeated(int count) {
        StringBuilder bits = new StringBuilder("010").append("00110000");
        // Length 258 is code 285 (11000101), distance 1 is code 0 (00000).
        bits.append("1100010100000".repeat(count)).append("0000000").append("000");
        byte[] bytes = new byte[(bits.length() + 7) / 8];
        for (int bit = 0; bit < bits.length(); bit++) {
            bytes[bit / 8] |= (byte) ((bits.charAt(bit) - '0') << bit % 8);
        }
        return HexFormat.of().formatHex(bytes);
    }

    private void negotiated(String extensions) {
        ObjectNode response = entry("response").put("status", 101);
        response.putArray("headers").addArray().add("Sec-WebSocket-Extensions").add(extensions);
    }

    private ObjectNode frame(String direction, int opcode, boolean fin, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return entry("frame")
                .put("direction", direction)
                .put("opcode", opcode)
                .put("fin", fin)
                .put("rsv", opcode == TEXT || opcode == 2 ? 4 : 0)
                .put("length", bytes.length)
                .put("data", Base64.getEncoder().encodeToString(bytes));
    }

    private void told(String direction, String text) {
        entry("message")
                .put("direction", direction)
                .put("message_type", "text")
                .put("length", text.length())
                .put("fragments", 1)
                .put("text", text)
                .put("compressed", true)
                .put("wire_length", 7);
    }

    private ObjectNode entry(String type) {
        return entries.addObject()
                .put("type", type)
                .put("nanos", entries.size())
                .put("connection", 1);
    }

    private EntryDetails details() {
        return EntryDetails.of(JudgedJournal.of(JournalParser.journal(journal)), "");
    }

    private List<TimelineEntry> rows() {
        return Timeline.of(details(), List.of(), List.of());
    }

    private List<String> transcript() {
        return Transcript.of(details(), List.of());
    }

    /** Returns the lines about messages, without their times and marks. */
    private List<String> messages() {
        return transcript().stream()
                .filter(line -> line.contains("  = "))
                .map(line -> line.substring(line.indexOf("= ")))
                .toList();
    }
}
