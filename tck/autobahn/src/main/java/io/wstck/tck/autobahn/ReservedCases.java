package io.wstck.tck.autobahn;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.WriteChunking;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Sections 3 and 4: reserved bits without an extension, and reserved opcodes (RFC 6455 §5.2). */
final class ReservedCases {
    private static final String TEXT = "Hello, world!";
    private static final String FAILS = "The {peer} fails the connection at the frame, and does not answer it.";
    private static final String FAILS_LATER =
            "The first message comes back, then the {peer} fails the connection; non-strict: it does not come back.";

    private ReservedCases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        cases.add(alone(
                1,
                "A text message with RSV 1 (the lowest of the three bits).",
                OutFrame.text(TEXT).withRsv(1)));
        cases.add(between(2, "A good message, one with RSV 2, a ping.", 2, WriteChunking.together()));
        cases.add(between(
                3, "A good message, one with RSV 3, a ping, a write each.", 3, new WriteChunking.FrameWrites()));
        cases.add(between(
                4, "A good message, one with RSV 4, a ping, byte by byte.", 4, new WriteChunking.FixedSizeWrites(1)));
        OutFrame binary = OutFrame.message(MessageType.BINARY, Frames.hex("00fffefdfcfb00ff"));
        cases.add(alone(5, "A binary message with RSV 5.", binary.withRsv(5)));
        cases.add(alone(6, "A ping with RSV 6.", OutFrame.ping(Bytes.utf8(TEXT)).withRsv(6)));
        OutFrame close = OutFrame.close(new CloseStatus(Bytes.EMPTY)).withRsv(7);
        // The kit's close frame begins the closing handshake, whatever its reserved bits are.
        cases.add(new AutobahnCaseBuilder(CaseId.of(3, 7), "A close frame with RSV 7.")
                .send(close)
                .ok()
                .closes(
                        new CloseRule.FailureOnClose(Set.of(AutobahnCaseBuilder.PROTOCOL_ERROR)),
                        VerdictRules.Subject.CLOSING,
                        FAILS));
        cases.addAll(opcodes(1, 3, "data"));
        cases.addAll(opcodes(2, 11, "control"));
        return cases;
    }

    private static AutobahnCase alone(int number, String description, OutFrame frame) {
        return new AutobahnCaseBuilder(CaseId.of(3, number), description)
                .send(frame)
                .ok()
                .fails(AutobahnCaseBuilder.PROTOCOL_ERROR, FAILS);
    }

    private static AutobahnCase between(int number, String description, int rsv, WriteChunking chunking) {
        OutFrame good = OutFrame.text(TEXT);
        return new AutobahnCaseBuilder(CaseId.of(3, number), description)
                .send(chunking, good, good.withRsv(rsv), OutFrame.ping(Bytes.EMPTY))
                .ok(ExpectedEvent.text(TEXT))
                .nonStrictRace()
                .fails(AutobahnCaseBuilder.PROTOCOL_ERROR, FAILS_LATER);
    }

    private static List<AutobahnCase> opcodes(int section, int lowest, String kind) {
        List<AutobahnCase> cases = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int opcode = lowest + i;
            CaseId id = CaseId.of(4, section, i + 1);
            Bytes payload = switch (i) {
                case 0, 2 -> Bytes.EMPTY;
                case 1 -> Bytes.utf8("reserved opcode payload");
                default -> Bytes.utf8(TEXT);
            };
            String frame = "a frame with the reserved %s opcode %d".formatted(kind, opcode);
            OutFrame reserved = OutFrame.of(Fin.LAST, opcode, payload);
            if (i < 2) {
                cases.add(new AutobahnCaseBuilder(
                                id, "A" + frame.substring(1) + (i == 0 ? ", empty." : ", with a payload."))
                        .send(reserved)
                        .ok()
                        .fails(AutobahnCaseBuilder.PROTOCOL_ERROR, FAILS));
            } else {
                WriteChunking chunking = i == 4 ? new WriteChunking.FixedSizeWrites(1) : WriteChunking.together();
                cases.add(new AutobahnCaseBuilder(
                                id, "A good message, " + frame + ", a ping" + (i == 4 ? ", byte by byte." : "."))
                        .send(chunking, OutFrame.text(TEXT), reserved, OutFrame.ping(Bytes.EMPTY))
                        .ok(ExpectedEvent.text(TEXT))
                        .nonStrictRace()
                        .fails(AutobahnCaseBuilder.PROTOCOL_ERROR, FAILS_LATER));
            }
        }
        return cases;
    }
}
