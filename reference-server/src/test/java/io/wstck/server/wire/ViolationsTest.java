package io.wstck.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.RawClient;
import io.wstck.server.ServerSession;
import io.wstck.server.ServerTest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests each rule about frames, and that a violation does not end the scenario. */
class ViolationsTest extends ServerTest {
    private JsonNode journalOf(String hex) throws Exception {
        ServerSession session = frames("{'op':'hang'}");
        try (RawClient peer = RawClient.connect(url(session))) {
            peer.send(HexFormat.of().parseHex(hex.replace(" ", "")));
        }
        return settled(session);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "unmasked-frame,           81 01 61",
        "reserved-bits,            C1 81 00000000 61",
        "reserved-bits,            A1 81 00000000 61",
        "reserved-bits,            91 81 00000000 61",
        "reserved-opcode,          83 81 00000000 61",
        "reserved-opcode,          8B 80 00000000",
        "length-not-minimal,       81 FE 0001 00000000 61",
        "length-not-minimal,       81 FF 0000000000000001 00000000 61",
        "control-fragmented,       09 80 00000000",
        "orphan-continuation,      80 81 00000000 61",
        "nested-message,           01 81 00000000 61 81 81 00000000 61",
        "text-not-utf8,            81 81 00000000 FF",
        "text-not-utf8,            01 81 00000000 C3 80 81 00000000 28",
        "text-not-utf8,            81 81 00000000 C3",
        "text-not-utf8,            81 83 00000000 EDA080",
        "text-not-utf8,            81 84 00000000 F4908080",
        "close-payload,            88 81 00000000 61",
        "close-payload,            88 83 00000000 03E8FF",
        "close-code,               88 82 00000000 03E7",
        "close-code,               88 82 00000000 03ED",
        "close-code,               88 82 00000000 1388",
        "frame-after-close,        88 80 00000000 81 80 00000000",
        "frame-after-close,        88 80 00000000 88 80 00000000 82 80 00000000",
        "control-fragmented,       88 80 00000000 0A 80 00000000",
        "incomplete-frame,         81 82 00000000 61",
        "incomplete-frame,         81"
    })
    void oneRuleIsBroken(String rule, String hex) throws Exception {
        JsonNode journal = journalOf(hex);
        assertThat(violations(journal)).containsExactly(rule);
        JsonNode entry = entries(journal, "violation").getFirst();
        assertThat(entry.get("source").asText()).startsWith("RFC 6455 §");
        assertThat(entry.get("detail").asText()).isNotEmpty();
        assertThat(entries(journal, "client-ended")).hasSize(1);
    }

    @Test
    void aLongControlFrameIsReadAndIsAViolation() throws Exception {
        JsonNode journal = journalOf("89 FE 007E 00000000" + "61".repeat(126));
        assertThat(violations(journal)).containsExactly("control-too-long");
        assertThat(entries(journal, "frame").getFirst().get("text").asText()).hasSize(126);
    }

    @Test
    void aLengthWithItsTopBitSetIsAViolationAndAllocatesNothing() throws Exception {
        assertThat(violations(journalOf("82 FF 8000000000000000 00000000 6161")))
                .containsExactly("length-too-large", "incomplete-frame");
    }

    @Test
    void legalFramesBreakNoRule() throws Exception {
        JsonNode journal = journalOf("01 82 00000000 C3A9".replace("82", "81").replace("C3A9", "C3") + "89 80 00000000"
                + "80 81 00000000 A9" + "82 81 00000000 FF" + "88 82 00000000 03F4" + "8A 80 00000000");
        assertThat(violations(journal)).isEmpty();
        JsonNode text = entries(journal, "message").getFirst();
        assertThat(text.get("text").asText()).isEqualTo("é");
        assertThat(text.get("fragments").asInt()).isEqualTo(2);
        assertThat(entries(journal, "message").get(1).get("data").asText()).isEqualTo("/w==");
    }

    @Test
    void framesAreJournaledAsTheyWere() throws Exception {
        JsonNode frame = entries(journalOf("81 82 01020304 6063"), "frame").getFirst();
        assertThat(frame.get("direction").asText()).isEqualTo("in");
        assertThat(frame.get("fin").asBoolean()).isTrue();
        assertThat(frame.get("rsv").asInt()).isZero();
        assertThat(frame.get("opcode").asInt()).isEqualTo(1);
        assertThat(frame.get("mask").asText()).isEqualTo("01020304");
        assertThat(frame.get("length").asInt()).isEqualTo(2);
        assertThat(frame.get("length_form").asInt()).isEqualTo(7);
        assertThat(frame.get("text").asText()).isEqualTo("aa");
    }
}
