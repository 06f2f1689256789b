package io.wstck.tck.autobahn;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.WriteChunking;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Sections 1 and 10: messages at the limits of the three forms of a length, and a message in many frames (RFC 6455
 * §5.2, §5.4).
 */
final class FramingCases {
    private static final List<Integer> SIZES = List.of(0, 125, 126, 127, 128, 65_535, 65_536, 65_536);
    private static final String ECHOED = "The message comes back unchanged, then the connection is closed cleanly.";

    private FramingCases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        section(1, MessageType.TEXT, '*', cases);
        section(2, MessageType.BINARY, 0xFE, cases);
        Bytes long64k = Frames.repeated('*', 65_536);
        cases.add(new AutobahnCaseBuilder(CaseId.of(10, 1, 1), "A text message of 65536 bytes in frames of 1300.")
                .action(new ExchangeAction.SendMessage(
                        MessageType.TEXT, () -> long64k, OptionalInt.of(1300), WriteChunking.together()))
                .ok(new ExpectedEvent.Echo(MessageType.TEXT, () -> long64k))
                .thenCloses(AutobahnCaseBuilder.ECHO_WAIT, ECHOED));
        return cases;
    }

    private static void section(int section, MessageType type, int fill, List<AutobahnCase> cases) {
        for (int i = 0; i < SIZES.size(); i++) {
            int size = SIZES.get(i);
            boolean chopped = i == SIZES.size() - 1;
            String description = "A %s message of %d bytes in one frame%s."
                    .formatted(type.word(), size, chopped ? ", written 997 bytes at a time" : "");
            WriteChunking chunking = chopped ? new WriteChunking.FixedSizeWrites(997) : WriteChunking.together();
            ExchangeAction.PayloadSource content = () -> Frames.repeated(fill, size);
            cases.add(new AutobahnCaseBuilder(CaseId.of(1, section, i + 1), description)
                    .action(new ExchangeAction.SendMessage(type, content, OptionalInt.empty(), chunking))
                    .ok(new ExpectedEvent.Echo(type, content))
                    .thenCloses(AutobahnCaseBuilder.ECHO_WAIT, ECHOED));
        }
    }
}
