package io.wstck.tck.autobahn;

import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.tck.autobahn.ExpectedEvent.UncompressedEchoes;
import io.wstck.tck.autobahn.VerdictRules.Subject;
import io.wstck.tck.autobahn.exchange.Exchange;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.payload.PayloadSlices;
import io.wstck.tck.autobahn.payload.SamplePayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Sections 12 and 13: permessage-deflate with five payloads, and with seven sets of parameters (RFC 7692). */
final class CompressionCases {
    private static final int MESSAGES = 1000;
    private static final int SMALL_WINDOW = 9;
    private static final int LARGE_WINDOW = 15;
    private static final List<MessageShape> SHAPES = List.of(
            new MessageShape(16, 60),
            new MessageShape(64, 60),
            new MessageShape(256, 120),
            new MessageShape(1024, 240),
            new MessageShape(4096, 480),
            new MessageShape(8192, 480),
            new MessageShape(16_384, 480),
            new MessageShape(32_768, 480),
            new MessageShape(65_536, 480),
            new MessageShape(131_072, 480),
            new MessageShape(8192, 480, 256),
            new MessageShape(16_384, 480, 256),
            new MessageShape(32_768, 480, 256),
            new MessageShape(65_536, 480, 256),
            new MessageShape(131_072, 480, 256),
            new MessageShape(131_072, 480, 1024),
            new MessageShape(131_072, 480, 4096),
            new MessageShape(131_072, 480, 32_768));

    private static final PeerCompression NO_PARAMETERS =
            new PeerCompression(ContextTakeover.SLIDING, OptionalInt.empty());
    private static final PeerCompression NO_TAKEOVER = new PeerCompression(ContextTakeover.NONE, OptionalInt.empty());
    private static final PeerCompression NO_TAKEOVER_SMALL =
            new PeerCompression(ContextTakeover.NONE, OptionalInt.of(SMALL_WINDOW));
    private static final List<ParameterSet> PARAMETER_SETS = List.of(
            new ParameterSet("nothing", List.of(NO_PARAMETERS)),
            new ParameterSet("{peer}_no_context_takeover", List.of(NO_TAKEOVER)),
            new ParameterSet(
                    "{peer}_max_window_bits=9",
                    List.of(new PeerCompression(ContextTakeover.SLIDING, OptionalInt.of(SMALL_WINDOW)))),
            new ParameterSet(
                    "{peer}_max_window_bits=15",
                    List.of(new PeerCompression(ContextTakeover.SLIDING, OptionalInt.of(LARGE_WINDOW)))),
            new ParameterSet("{peer}_no_context_takeover and {peer}_max_window_bits=9", List.of(NO_TAKEOVER_SMALL)),
            new ParameterSet(
                    "{peer}_no_context_takeover and {peer}_max_window_bits=15",
                    List.of(new PeerCompression(ContextTakeover.NONE, OptionalInt.of(LARGE_WINDOW)))),
            new ParameterSet(
                    "as much of 13.5 or 13.2 as the offer allows",
                    List.of(NO_TAKEOVER_SMALL, NO_TAKEOVER, NO_PARAMETERS)));

    /** RFC 7692 §6 lets an endpoint choose for each message whether it compresses. */
    private static final PermittedOutcome PLAIN = new PermittedOutcome(
            AutobahnVerdict.INFORMATIONAL,
            List.of(new ExpectedEvent.Echoes(MESSAGES, UncompressedEchoes.ANY)),
            PermittedOutcome.OptionalEvents.NONE,
            "Not every echo is compressed, which RFC 7692 §6 leaves to the {peer}.");

    private final Map<SamplePayload, PayloadSlices> payloads = new EnumMap<>(SamplePayload.class);

    /** The size of a message before compression, the limit in seconds for all messages, and the bytes of a frame. */
    private record MessageShape(int size, int seconds, OptionalInt fragment) {
        MessageShape(int size, int seconds) {
            this(size, seconds, OptionalInt.empty());
        }

        MessageShape(int size, int seconds, int fragment) {
            this(size, seconds, OptionalInt.of(fragment));
        }

        String describe() {
            String frames = fragment.isPresent() ? ", in frames of " + fragment.getAsInt() + " bytes" : "";
            return MESSAGES + " messages of " + size + frames;
        }
    }

    /**
     * Parameters that the kit asks for, in the order of preference. As a server it gives the first answer that the
     * offer allows; as a client it offers all.
     */
    private record ParameterSet(String request, List<PeerCompression> choices) {}

    List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        List<SamplePayload> samples = List.of(SamplePayload.values());
        for (int sample = 0; sample < samples.size(); sample++) {
            for (int shape = 0; shape < SHAPES.size(); shape++) {
                CaseId id = CaseId.of(12, sample + 1, shape + 1);
                cases.add(compressionCase(id, samples.get(sample), SHAPES.get(shape), PARAMETER_SETS.getFirst()));
            }
        }
        for (int parameters = 0; parameters < PARAMETER_SETS.size(); parameters++) {
            for (int shape = 0; shape < SHAPES.size(); shape++) {
                CaseId id = CaseId.of(13, parameters + 1, shape + 1);
                cases.add(compressionCase(id, SamplePayload.JSON, SHAPES.get(shape), PARAMETER_SETS.get(parameters)));
            }
        }
        return cases;
    }

    private AutobahnCase compressionCase(CaseId id, SamplePayload sample, MessageShape shape, ParameterSet parameters) {
        ExchangeAction.LockStep lockStep = new ExchangeAction.LockStep(
                sample.type(),
                MESSAGES,
                index -> slices(sample).slice(index, shape.size()),
                new ExchangeAction.LockStepEncoding.Compressed(shape.fragment()),
                Duration.ofSeconds(shape.seconds()));
        return new AutobahnCase(
                id,
                "Compressed %s, %s; the {kit} asks for %s."
                        .formatted(sample.word(), shape.describe(), parameters.request()),
                "Each message comes back unchanged, and compressed as negotiated or not at all; the connection is closed cleanly.",
                parameters.choices(),
                Exchange.of(lockStep, AutobahnCaseBuilder.closing()),
                new VerdictRules(
                        List.of(
                                PermittedOutcome.ok(
                                        List.of(new ExpectedEvent.Echoes(MESSAGES, UncompressedEchoes.NONE))),
                                PLAIN),
                        new CloseRule.CleanClose(Set.of(AutobahnCaseBuilder.NORMAL)),
                        Subject.COMPRESSION,
                        0));
    }

    /** The slices of a payload, which is generated at the first use and then kept. */
    private synchronized PayloadSlices slices(SamplePayload sample) {
        return payloads.computeIfAbsent(sample, key -> PayloadSlices.of(key.type(), key.generate()));
    }
}
