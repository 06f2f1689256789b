package io.wstck.tck.autobahn;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.VerdictRules.Subject;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.WriteChunking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Section 9: large messages, messages in many frames, and many small messages. Every echo is compared byte by byte.
 */
final class LimitCases {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final List<Integer> SIZES = List.of(64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB);
    private static final List<Integer> TEXT_LIMITS = List.of(10, 10, 100, 100, 100, 100);
    private static final List<Integer> BINARY_LIMITS = List.of(10, 10, 10, 10, 100, 100);
    private static final List<Integer> FRAGMENTS =
            List.of(64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB);
    private static final List<Integer> CHOPS = List.of(64, 128, 256, 512, 1024, 2048);
    private static final List<Integer> ROUND_TRIP_SIZES = List.of(0, 16, 64, 256, 1024, 4096);
    private static final List<Integer> ROUND_TRIP_LIMITS = List.of(60, 60, 60, 120, 240, 480);
    private static final int ROUND_TRIPS = 1000;
    private static final String ECHOED = "The message comes back unchanged; the connection is closed cleanly.";

    private LimitCases() {}

    /** Text of {@code length} bytes that repeats a pattern of ten characters. */
    static Bytes text(int length) {
        return Frames.cycled(Bytes.utf8("BAsd7&jh23"), length);
    }

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        large(1, MessageType.TEXT, TEXT_LIMITS, cases);
        large(2, MessageType.BINARY, BINARY_LIMITS, cases);
        fragmented(3, MessageType.TEXT, cases);
        fragmented(4, MessageType.BINARY, cases);
        chopped(5, MessageType.TEXT, cases);
        chopped(6, MessageType.BINARY, cases);
        roundTrips(7, MessageType.TEXT, cases);
        roundTrips(8, MessageType.BINARY, cases);
        return cases;
    }

    private static Bytes content(MessageType type, int length) {
        return type == MessageType.TEXT ? text(length) : Frames.cycled(Frames.hex("00fe23faf0"), length);
    }

    private static void large(int section, MessageType type, List<Integer> limits, List<AutobahnCase> cases) {
        for (int i = 0; i < SIZES.size(); i++) {
            int size = SIZES.get(i);
            cases.add(echo(
                    CaseId.of(9, section, i + 1),
                    "A %s message of %d KiB in one frame.".formatted(type.word(), size / KIB),
                    new ExchangeAction.SendMessage(
                            type, () -> content(type, size), OptionalInt.empty(), WriteChunking.together()),
                    limits.get(i)));
        }
    }

    private static void fragmented(int section, MessageType type, List<AutobahnCase> cases) {
        for (int i = 0; i < FRAGMENTS.size(); i++) {
            int fragment = FRAGMENTS.get(i);
            cases.add(echo(
                    CaseId.of(9, section, i + 1),
                    "A %s message of 4 MiB in frames of %d bytes.".formatted(type.word(), fragment),
                    new ExchangeAction.SendMessage(
                            type,
                            () -> Frames.repeated(type == MessageType.TEXT ? '*' : 0xFE, 4 * MIB),
                            OptionalInt.of(fragment),
                            WriteChunking.together()),
                    100));
        }
    }

    private static void chopped(int section, MessageType type, List<AutobahnCase> cases) {
        for (int i = 0; i < CHOPS.size(); i++) {
            int chop = CHOPS.get(i);
            cases.add(echo(
                    CaseId.of(9, section, i + 1),
                    "A %s message of 1 MiB in one frame, written %d bytes at a time.".formatted(type.word(), chop),
                    new ExchangeAction.SendMessage(
                            type,
                            () -> content(type, MIB),
                            OptionalInt.empty(),
                            new WriteChunking.FixedSizeWrites(chop)),
                    1000));
        }
    }

    private static AutobahnCase echo(CaseId id, String description, ExchangeAction.SendMessage message, int seconds) {
        return new AutobahnCaseBuilder(id, description)
                .action(message)
                .ok(new ExpectedEvent.Echo(message.type(), message.content()))
                .thenCloses(Duration.ofSeconds(seconds), ECHOED);
    }

    private static void roundTrips(int section, MessageType type, List<AutobahnCase> cases) {
        for (int i = 0; i < ROUND_TRIP_SIZES.size(); i++) {
            int size = ROUND_TRIP_SIZES.get(i);
            Bytes content = Frames.repeated(type == MessageType.TEXT ? '*' : 0xFE, size);
            cases.add(new AutobahnCaseBuilder(
                            CaseId.of(9, section, i + 1),
                            "%d %s messages of %d bytes, one after the other."
                                    .formatted(ROUND_TRIPS, type.word(), size))
                    .action(new ExchangeAction.LockStep(
                            type,
                            ROUND_TRIPS,
                            _ -> content,
                            new ExchangeAction.LockStepEncoding.Plain(),
                            Duration.ofSeconds(ROUND_TRIP_LIMITS.get(i))))
                    .send(OutFrame.normalClose())
                    .ok(new ExpectedEvent.Echoes(ROUND_TRIPS, ExpectedEvent.UncompressedEchoes.NONE))
                    .closes(
                            new CloseRule.CleanClose(Set.of(AutobahnCaseBuilder.NORMAL)),
                            Subject.MESSAGES,
                            "Each comes back unchanged before the next is sent; the connection is closed cleanly."));
        }
    }
}
