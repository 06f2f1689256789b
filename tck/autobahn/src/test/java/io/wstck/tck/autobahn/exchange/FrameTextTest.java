package io.wstck.tck.autobahn.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.Opcode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The lines for frames in transcripts. */
class FrameTextTest {
    private static String line(Fin fin, int opcode, Bytes payload) {
        return FrameText.of(FrameHeader.of(fin, opcode, payload.length()), payload);
    }

    private static Bytes hex(String digits) {
        return Bytes.owning(HexFormat.of().parseHex(digits));
    }

    @Test
    void textIsInQuotesAndBytesThatAreNoTextAreHexadecimal() {
        assertThat(line(Fin.LAST, Opcode.TEXT, Bytes.utf8("hello"))).isEqualTo("TEXT 5 bytes \"hello\"");
        assertThat(line(Fin.MORE, Opcode.TEXT, hex("ceba80"))).isEqualTo("TEXT not final 3 bytes hex ce ba 80");
        assertThat(line(Fin.LAST, Opcode.CONTINUATION, hex("ce"))).isEqualTo("CONTINUATION 1 byte hex ce");
        assertThat(line(Fin.LAST, Opcode.PING, Bytes.EMPTY)).isEqualTo("PING 0 bytes");
    }

    @Test
    void aLongPayloadIsCutAndItsLengthIsSaid() {
        assertThat(line(Fin.LAST, Opcode.BINARY, hex("fe".repeat(100))))
                .isEqualTo("BINARY 100 bytes hex" + " fe".repeat(32) + " … (100 bytes)");
        assertThat(line(Fin.LAST, Opcode.TEXT, Bytes.utf8("a".repeat(100))))
                .isEqualTo("TEXT 100 bytes \"" + "a".repeat(60) + "\"…");
        assertThat(FrameText.of(FrameHeader.of(Fin.LAST, Opcode.TEXT, 70_000), Bytes.utf8("a".repeat(59) + "é")))
                .isEqualTo("TEXT 70000 bytes \"" + "a".repeat(59) + "\"…");
    }

    @Test
    void compressedDataIsNeverText() {
        FrameHeader header = FrameHeader.of(Fin.LAST, Opcode.TEXT, 2).withRsv(4);

        assertThat(FrameText.of(header, Bytes.utf8("ab"))).isEqualTo("TEXT RSV1 2 bytes hex 61 62");
    }

    @Test
    void aCloseFrameShowsItsCodeAndItsReason() {
        assertThat(line(Fin.LAST, Opcode.CLOSE, CloseStatus.of(1000, "bye").payload()))
                .isEqualTo("CLOSE 1000 \"bye\"");
        assertThat(line(Fin.LAST, Opcode.CLOSE, Bytes.EMPTY)).isEqualTo("CLOSE without a code");
        assertThat(line(Fin.LAST, Opcode.CLOSE, hex("03"))).isEqualTo("CLOSE without a whole code: hex 03");
        assertThat(line(Fin.LAST, Opcode.CLOSE, hex("03e8ceba80"))).isEqualTo("CLOSE 1000 hex ce ba 80");
    }
}
