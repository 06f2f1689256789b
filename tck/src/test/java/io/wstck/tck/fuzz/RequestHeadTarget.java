package io.wstck.tck.fuzz;

import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.wire.HandshakeRules;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.RequestReader.Progress;
import io.wstck.server.wire.Violation;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The head of a client's request, read, judged and answered by the reference server. Nothing is thrown; the outcome is the same
 * whichever way the bytes are divided into reads; no byte of the request is lost, and none behind it is taken.
 */
final class RequestHeadTarget implements FuzzTarget {
    private static final int MAX_SENTENCE = 600;

    @Override
    public void play(byte[] input) {
        Segments segments = Segments.forInput(input);
        Finding.unlessEqual(
                "expected the same outcome for bytes read whole and " + segments,
                outcome(input, Segments.WHOLE),
                outcome(input, segments));
    }

    private static List<Object> outcome(byte[] wire, Segments segments) {
        RequestReader reader = new RequestReader();
        int seed = Segments.seed(wire);
        Progress progress = Progress.MORE_NEEDED;
        ByteBuffer read = ByteBuffer.wrap(wire);
        int taken = 0;
        while (progress == Progress.MORE_NEEDED && taken < wire.length) {
            progress = reader.feed(read.limit(taken + segments.next(taken, wire.length, seed)));
            taken = read.position();
        }
        if (!reader.raw().buffer().equals(ByteBuffer.wrap(wire, 0, taken))) {
            throw new Finding("expected the " + taken + " bytes that were taken, got " + reader.raw());
        }
        if (progress != Progress.COMPLETE) {
            return List.of(progress, taken);
        }
        HttpRequest request = reader.request();
        List<Violation> violations = HandshakeRules.check(request);
        violations.forEach(violation -> Sentences.check(violation.detail(), MAX_SENTENCE));
        HandshakeAnswer answer = HandshakeAnswer.accepting();
        return List.of(taken, request, violations, answer.bytesFor(request), answer.deflateFor(request));
    }
}
