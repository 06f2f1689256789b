package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CarrierYield;
import io.wstck.server.wire.PayloadRecorder;
import io.wstck.server.wire.RecordedPayload;

/**
 * The part of a payload that one frame carries. A long one is generated in pieces and never held whole.
 *
 * @param from inclusive
 * @param to exclusive
 */
record PayloadRange(PayloadSpec payload, int from, int to) {
    /** The size of a piece, in bytes. */
    static final int PIECE_BYTES = 256 << 10;

    static PayloadRange all(PayloadSpec payload) {
        return new PayloadRange(payload, 0, payload.length());
    }

    int length() {
        return to - from;
    }

    /** The whole range. */
    Bytes whole() {
        return length() == payload.length() ? payload.content() : payload.part(from, to);
    }

    /** The piece that begins {@code at} bytes after the start. */
    Bytes piece(int at) {
        int begin = from + at;
        return length() <= PIECE_BYTES ? whole() : payload.part(begin, Math.min(to, begin + PIECE_BYTES));
    }

    RecordedPayload evidence(RecordedPayload.DigestMode digest) {
        PayloadRecorder recorder = new PayloadRecorder(digest);
        for (int at = 0; at < length(); at += PIECE_BYTES) {
            recorder.add(piece(at));
            if (length() > PIECE_BYTES) {
                // Computing a digest never waits.
                CarrierYield.letOthersRun();
            }
        }
        return recorder.finish();
    }
}
