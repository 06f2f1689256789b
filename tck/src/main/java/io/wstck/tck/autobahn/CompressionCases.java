package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Act;
import io.wstck.server.exchange.Exchange;
import io.wstck.server.exchange.OutFrame;
import io.wstck.server.exchange.Pace;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateAnswer;
import io.wstck.server.wire.deflate.DeflateAnswer.Said;
import io.wstck.tck.autobahn.CaseRules.Subject;
import io.wstck.tck.autobahn.Expected.Plain;
import io.wstck.tck.autobahn.payload.Sample;
import io.wstck.tck.autobahn.payload.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Sections 12 and 13: permessage-deflate over five payloads, and under seven sets of parameters (RFC 7692). */
final class CompressionCases {
    private static final int MESSAGES = 1000;
    private static final int SMALL_WINDOW = 9;
    private static final int LARGE_WINDOW = 15;
    private static final List<Shape> SHAPES = List.of(
            new Shape(16, 60),
            new Shape(64, 60),
            new Shape(256, 120),
            new Shape(1024, 240),
            new Shape(4096, 480),
            new Shape(8192, 480),
            new Shape(16_384, 480),
            new Shape(32_768, 480),
            new Shape(65_536, 480),
            new Shape(131_072, 480),
            new Shape(8192, 480, 256),
            new Shape(16_384, 480, 256),
            new Shape(32_768, 480, 256),
            new Shape(65_536, 480, 256),
            new Shape(131_072, 480, 256),
            new Shape(131_072, 480, 1024),
            new Shape(131_072, 480, 4096),
            new Shape(131_072, 480, 32_768));

    private static final DeflateAnswer NOTHING = answer(Said.NEVER, OptionalInt.empty());
    private static final DeflateAnswer FRESH = answer(Said.ALWAYS, OptionalInt.empty());
    private static final DeflateAnswer FRESH_SMALL = answer(Said.ALWAYS, OptionalInt.of(SMALL_WINDOW));
    private static final List<Policy> POLICIES = List.of(
            new Policy("nothing", List.of(NOTHING)),
            new Policy("client_no_context_takeover", List.of(FRESH)),
            new Policy("client_max_window_bits=9", List.of(answer(Said.NEVER, OptionalInt.of(SMALL_WINDOW)))),
            new Policy("client_max_window_bits=15", List.of(answer(Said.NEVER, OptionalInt.of(LARGE_WINDOW)))),
            new Policy("client_no_context_takeover and client_max_window_bits=9", List.of(FRESH_SMALL)),
            new Policy(
                    "client_no_context_takeover and client_max_window_bits=15",
                    List.of(answer(Said.ALWAYS, OptionalInt.of(LARGE_WINDOW)))),
            new Policy("as much of 13.5 or 13.2 as the offer allows", List.of(FRESH_SMALL, FRESH, NOTHING)));

    /** RFC 7692 §6 lets an endpoint choose, message by message, whether it compresses. */
    private static final Permitted PLAIN = new Permitted(
            Behavior.INFORMATIONAL,
            Strictness.ORIGINAL,
            List.of(new Expected.Echoes(MESSAGES, Plain.ANY)),
            Permitted.Missing.NONE,
            "Not every echo is compressed, which RFC 7692 §6 leaves to the client.");

    private final Map<Sample, Windows> payloads = new EnumMap<>(Sample.class);

    /** Size of a message, before compression; limit in seconds for all; bytes of a frame. */
    private record Shape(int size, int seconds, OptionalInt fragment) {
        Shape(int size, int seconds) {
            this(size, seconds, OptionalInt.empty());
        }

        Shape(int size, int seconds, int fragment) {
            this(size, seconds, OptionalInt.of(fragment));
        }

        String describe() {
            String frames = fragment.isPresent() ? ", in frames of " + fragment.getAsInt() + " bytes" : "";
            return MESSAGES + " messages of " + size + frames;
        }
    }

    /** What the server asks of the client, by its answers to an offer, of which the first is given that it allows. */
    private record Policy(String asks, List<DeflateAnswer> answers) {}

    private static DeflateAnswer answer(Said clientNoTakeover, OptionalInt bits) {
        return new DeflateAnswer(ContextTakeover.SLIDING, clientNoTakeover, OptionalInt.empty(), bits);
    }

    List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        List<Sample> samples = List.of(Sample.values());
        for (int sample = 0; sample < samples.size(); sample++) {
            for (int shape = 0; shape < SHAPES.size(); shape++) {
                CaseId id = CaseId.of(12, sample + 1, shape + 1);
                cases.add(one(id, samples.get(sample), SHAPES.get(shape), POLICIES.getFirst()));
            }
        }
        for (int policy = 0; policy < POLICIES.size(); policy++) {
            for (int shape = 0; shape < SHAPES.size(); shape++) {
                CaseId id = CaseId.of(13, policy + 1, shape + 1);
                cases.add(one(id, Sample.JSON, SHAPES.get(shape), POLICIES.get(policy)));
            }
        }
        return cases;
    }

    private AutobahnCase one(CaseId id, Sample sample, Shape shape, Policy policy) {
        Act.LockStep lockStep = new Act.LockStep(
                sample.type(),
                MESSAGES,
                index -> windows(sample).window(index, shape.size()),
                new Act.Form.Compressed(shape.fragment()),
                Duration.ofSeconds(shape.seconds()));
        Act.Send close = new Act.Send(List.of(OutFrame.close(CloseStatus.of(Draft.NORMAL, ""))), Pace.together());
        return new AutobahnCase(
                id,
                "Compressed %s, %s; the server asks for %s.".formatted(sample.id(), shape.describe(), policy.asks()),
                "Each message comes back unchanged, and compressed as negotiated or not at all; the connection is closed cleanly.",
                policy.answers(),
                Exchange.of(lockStep, close),
                new CaseRules(
                        List.of(Permitted.ok(List.of(new Expected.Echoes(MESSAGES, Plain.NONE))), PLAIN),
                        new CloseRule.Clean(Set.of(Draft.NORMAL)),
                        Subject.COMPRESSION,
                        0));
    }

    /** Made when a case is first played, and kept for the others. */
    private synchronized Windows windows(Sample sample) {
        return payloads.computeIfAbsent(sample, one -> Windows.of(one.type(), one.make()));
    }
}
