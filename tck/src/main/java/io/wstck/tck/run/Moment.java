package io.wstck.tck.run;

import io.wstck.server.head.HeadExcerpt;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import java.util.Optional;

/**
 * One row of a case's sequence diagram: what a line of the transcript says in prose, taken apart, and bounded in size.
 * Times are nanoseconds since the server session was opened.
 */
public sealed interface Moment {
    long nanos();

    /** Which side something came from. */
    enum Side {
        CLIENT,
        SERVER
    }

    /** How the bytes of a payload are shown. */
    enum Form {
        /** There is no payload. */
        NONE,
        /** Valid UTF-8, as it is. */
        TEXT,
        /** Hexadecimal digits, two for each byte. */
        HEX,
        /** The code and reason of a close frame. */
        CLOSE
    }

    /** Whether {@code shown} is all of a payload. */
    enum Extent {
        WHOLE,
        BEGINNING
    }

    /** A payload, or its beginning. */
    record Payload(Form form, String shown, Extent extent) {
        static final Payload NONE = new Payload(Form.NONE, "", Extent.WHOLE);
    }

    /**
     * A frame as it was on the wire.
     *
     * @param connection from 1
     * @param fin the FIN bit
     * @param rsv the three reserved bits, RSV1 is 4
     * @param mask the key as eight hexadecimal digits; empty for a frame without one
     * @param length as the frame declares it, an unsigned 64-bit number
     * @param longerForm the bits that carry the length, 16 or 64, where fewer would do; 0 for the shortest form
     */
    record Frame(
            long nanos,
            int connection,
            Side from,
            int opcode,
            boolean fin,
            int rsv,
            String mask,
            String length,
            int longerForm,
            Payload payload)
            implements Moment {
        /** A frame whose length is in the shortest form. */
        public Frame(
                long nanos,
                int connection,
                Side from,
                int opcode,
                boolean fin,
                int rsv,
                String mask,
                String length,
                Payload payload) {
            this(nanos, connection, from, opcode, fin, rsv, mask, length, 0, payload);
        }
    }

    /**
     * The head of a request or of an answer.
     *
     * @param connection from 1
     * @param kind the type of the journal's entry: {@code request}, {@code response}, or one of raw bytes that begin like a head
     * @param head bounded, without credentials
     */
    record Head(long nanos, int connection, Side from, String kind, HeadExcerpt head) implements Moment {}

    /**
     * A message that is compressed, or in several frames.
     *
     * @param connection from 1
     * @param text what it is, or why a compressed one cannot be inflated
     * @param payload its content, inflated
     */
    record Message(long nanos, int connection, Side from, String text, Payload payload) implements Moment {}

    /**
     * Anything else that the journal has: TCP, TLS, raw bytes.
     *
     * @param connection from 1; 0 when it is about none
     * @param from absent when it came from neither side alone
     * @param kind the type of the journal's entry
     */
    record Note(long nanos, int connection, Optional<Side> from, String kind, String text) implements Moment {}

    /**
     * A check of a witness: the script's, one over the wire, a step of the server, or a violation that it noted.
     *
     * @param connection from 1; 0 when it is about none
     * @param at file and line; empty for the server's own
     */
    record Checked(
            long nanos,
            int connection,
            Witness by,
            Check.Outcome outcome,
            Strength strength,
            String what,
            String expected,
            String actual,
            String at)
            implements Moment {}

    /**
     * Rows that were left out here, since there were too many.
     *
     * @param notMet how many of them were checks that are not met
     */
    record Gap(long nanos, int rows, int notMet) implements Moment {}
}
