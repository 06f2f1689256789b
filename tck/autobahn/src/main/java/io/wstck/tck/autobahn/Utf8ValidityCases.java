package io.wstck.tck.autobahn;

import io.wstck.server.text.Excerpt;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.exchange.OutFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Sections 6.5 to 6.23: valid and invalid UTF-8 in one frame for each case (RFC 3629; RFC 6455 §8.1). */
final class Utf8ValidityCases {
    private static final String HELLO = "68656c6c6f";
    private static final String WORLD = "776f726c64";
    private static final String GREEK = "cebae1bdb9cf83cebcceb5";
    private static final List<String> CUT_SHORT =
            List.of("c0", "e080", "f08080", "f8808080", "fc80808080", "df", "efbf", "f7bfbf", "fbbfbfbf", "fdbfbfbfbf");

    private final List<AutobahnCase> cases = new ArrayList<>();

    private Utf8ValidityCases() {}

    /** Whether a text is valid UTF-8. */
    private enum TextValidity {
        VALID("valid"),
        INVALID("invalid");

        private final String adjective;

        TextValidity(String adjective) {
            this.adjective = adjective;
        }
    }

    static List<AutobahnCase> all() {
        Utf8ValidityCases table = new Utf8ValidityCases();
        table.characters();
        table.borders();
        table.lonely();
        table.overlong();
        table.codePoints();
        return table.cases;
    }

    private void characters() {
        for (String middle : List.of("24", "c2a2", "e282ac", "f0a4ada2")) {
            add(5, TextValidity.VALID, HELLO + middle + WORLD);
        }
        add(5, TextValidity.VALID, GREEK);
        List<Integer> between = List.of(2, 5, 7, 9, 11);
        for (int length = 1; length <= GREEK.length() / 2; length++) {
            add(
                    6,
                    between.contains(length) ? TextValidity.VALID : TextValidity.INVALID,
                    GREEK.substring(0, 2 * length));
        }
    }

    /**
     * The first and the last sequence of each length, also of five and six bytes, and sequences around U+D800 and
     * U+10FFFF.
     */
    private void borders() {
        all(7, TextValidity.VALID, List.of("00", "c280", "e0a080", "f0908080"));
        all(8, TextValidity.INVALID, List.of("f888808080", "fc8480808080"));
        all(9, TextValidity.VALID, List.of("7f", "dfbf", "efbfbf", "f48fbfbf"));
        all(10, TextValidity.INVALID, List.of("f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf"));
        all(11, TextValidity.VALID, List.of("ed9fbf", "ee8080", "efbfbd", "f48fbfbf"));
        add(11, TextValidity.INVALID, "f4908080");
    }

    /** Continuation bytes without a first byte, first bytes without their continuation, and bytes that never occur. */
    private void lonely() {
        all(12, TextValidity.INVALID, List.of("80", "bf", "80bf", "80bf80", "80bf80bf", "80bf80bf80", "80bf80bf80bf"));
        add(12, TextValidity.INVALID, range(0x80, 0xBF, ""));
        add(13, TextValidity.INVALID, range(0xC0, 0xDF, "20"));
        add(13, TextValidity.INVALID, range(0xE0, 0xEF, "20"));
        add(13, TextValidity.INVALID, range(0xF0, 0xF7, "20"));
        add(13, TextValidity.INVALID, range(0xF8, 0xFB, "20"));
        add(13, TextValidity.INVALID, range(0xFC, 0xFD, "20"));
        all(14, TextValidity.INVALID, CUT_SHORT);
        add(15, TextValidity.INVALID, String.join("", CUT_SHORT));
        all(16, TextValidity.INVALID, List.of("fe", "ff", "fefeffff"));
    }

    /** A slash, the last code point of the next shorter form, and NUL, in overlong forms. */
    private void overlong() {
        all(17, TextValidity.INVALID, List.of("c0af", "e080af", "f08080af", "f8808080af", "fc80808080af"));
        all(18, TextValidity.INVALID, List.of("c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf"));
        all(19, TextValidity.INVALID, List.of("c080", "e08080", "f0808080", "f880808080", "fc8080808080"));
    }

    private void codePoints() {
        all(20, TextValidity.INVALID, List.of("eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf"));
        for (String high : List.of("eda080", "edadbf", "edae80", "edafbf")) {
            all(21, TextValidity.INVALID, List.of(high + "edb080", high + "edbfbf"));
        }
        for (int plane = 0; plane <= 0x10; plane++) {
            add(22, TextValidity.VALID, codePoint(plane << 16 | 0xFFFE));
            add(22, TextValidity.VALID, codePoint(plane << 16 | 0xFFFF));
        }
        IntStream.rangeClosed(0xFFF9, 0xFFFF).forEach(point -> add(23, TextValidity.VALID, codePoint(point)));
    }

    private static String codePoint(int point) {
        return hexOf(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    }

    private static String hexOf(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The digits of the bytes from {@code from} to {@code to} inclusive, each followed by {@code after}. */
    private static String range(int from, int to, String after) {
        StringBuilder digits = new StringBuilder();
        for (int value = from; value <= to; value++) {
            digits.append("%02x".formatted(value)).append(after);
        }
        return digits.toString();
    }

    private void all(int section, TextValidity text, List<String> digits) {
        digits.forEach(each -> add(section, text, each));
    }

    private void add(int section, TextValidity text, String digits) {
        int number = (int) cases.stream()
                        .filter(testCase -> testCase.id().numbers().get(1) == section)
                        .count()
                + 1;
        Bytes bytes = Frames.hex(digits);
        String shown = Excerpt.withEllipsis(digits, 40);
        AutobahnCaseBuilder draft = new AutobahnCaseBuilder(
                        CaseId.of(6, section, number), "Text that is %s UTF-8: %s.".formatted(text.adjective, shown))
                .send(OutFrame.message(MessageType.TEXT, bytes));
        cases.add(
                text == TextValidity.VALID
                        ? draft.ok(new ExpectedEvent.Echo(MessageType.TEXT, () -> bytes))
                                .thenCloses(
                                        AutobahnCaseBuilder.ECHO_WAIT,
                                        "The text comes back unchanged, then the connection is closed cleanly.")
                        : draft.ok()
                                .fails(
                                        AutobahnCaseBuilder.NOT_UTF8,
                                        "The {peer} fails the connection with 1007, and nothing comes back."));
    }
}
