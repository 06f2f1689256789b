package io.wstck.tck.fuzz;

import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.RequestReader.Progress;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.handshake.HandshakeRules;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The head of a client's request, which the reference server reads, checks and answers. Nothing is thrown. The outcome
 * does not depend on the sizes of the reads. The server reads all bytes of the request and none after it.
 */
final class RequestHeadTarget implements FuzzTarget {
    private static final int MAX_SENTENCE = 600;

    @Override
    public void play(byte[] input) {
        ReadSizes segments = ReadSizes.forInput(input);
        FuzzFinding.unlessEqual(
                "expected the same outcome for bytes read whole and " + segments,
                outcome(input, ReadSizes.WHOLE),
                outcome(input, segments));
    }

    private static List<Object> outcome(byte[] wire, ReadSizes segments) {
        RequestReader reader = new RequestReader();
        int seed = ReadSizes.seed(wire);
        Progress progress = Progress.MORE_NEEDED;
        ByteBuffer read = ByteBuffer.wrap(wire);
        int taken = 0;
        while (progress == Progress.MORE_NEEDED && taken < wire.length) {
            progress = reader.feed(read.limit(taken + segments.next(taken, wire.length, seed)));
            taken = read.position();
        }
        if (!reader.raw().buffer().equals(ByteBuffer.wrap(wire, 0, taken))) {
            throw new FuzzFinding("expected the " + taken + " bytes that were taken, got " + reader.raw());
        }
        if (progress != Progress.COMPLETE) {
            return List.of(progress, taken);
        }
        HttpRequest request = reader.request();
        List<Violation> violations = HandshakeRules.check(request);
        violations.forEach(violation -> MessageChecks.check(violation.detail(), MAX_SENTENCE));
        HandshakeAnswer answer = HandshakeAnswer.accepting();
        return List.of(taken, request, violations, answer.bytesFor(request), answer.deflateFor(request));
    }
}
