package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CarrierYield;
import io.wstck.server.wire.Payload;
import io.wstck.server.wire.PayloadRecorder;

/**
 * A part of a payload: what one frame carries. A long one is made piece by piece, and never held whole.
 *
 * @param from inclusive
 * @param to exclusive
 */
record Stretch(PayloadSpec payload, int from, int to) {
    /** The most bytes of a piece. */
    static final int PIECE = 256 << 10;

    static Stretch all(PayloadSpec payload) {
        return new Stretch(payload, 0, payload.length());
    }

    int length() {
        return to - from;
    }

    /** All of it at once. */
    Bytes whole() {
        return length() == payload.length() ? payload.content() : payload.part(from, to);
    }

    /** The piece that begins {@code at} bytes behind the start. */
    Bytes piece(int at) {
        int begin = from + at;
        return length() <= PIECE ? whole() : payload.part(begin, Math.min(to, begin + PIECE));
    }

    Payload evidence(Payload.Digest digest) {
        PayloadRecorder recorder = new PayloadRecorder(digest);
        for (int at = 0; at < length(); at += PIECE) {
            recorder.add(piece(at));
            if (length() > PIECE) {
                // A digest waits for nothing.
                CarrierYield.letOthersRun();
            }
        }
        return recorder.finish();
    }
}
