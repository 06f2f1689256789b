package io.wstck.tck.run;

import io.wstck.server.head.HeadExcerpt;
import io.wstck.server.text.FormatWord;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.Strength;
import io.wstck.tck.judge.Witness;
import java.util.Optional;

/**
 * One row of the diagram of a case: the structured form of a transcript line, with limited size. Times are nanoseconds
 * since the server session was opened.
 */
public sealed interface TimelineEntry {
    long nanos();

    /** The side that something came from. */
    enum Side implements FormatWord {
        CLIENT("client"),
        SERVER("server");

        private final String word;

        Side(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** The form in which a payload is shown. */
    enum Form implements FormatWord {
        /** There is no payload. */
        NONE("none"),
        /** Valid UTF-8. */
        TEXT("text"),
        /** Hexadecimal digits, two per byte. */
        HEX("hex"),
        /** The code and reason of a close frame. */
        CLOSE("close");

        private final String word;

        Form(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Whether a payload is shown completely. */
    enum Extent {
        WHOLE,
        BEGINNING
    }

    /** A payload, or its beginning. */
    record Payload(Form form, String shown, Extent extent) {
        static final Payload NONE = new Payload(Form.NONE, "", Extent.WHOLE);
    }

    /**
     * A frame on the wire.
     *
     * @param connection number of the connection, from 1
     * @param fin the FIN bit
     * @param rsv the three reserved bits; RSV1 is 4
     * @param mask the masking key as eight hexadecimal digits; empty for an unmasked frame
     * @param length the length in the frame header, an unsigned 64-bit number
     * @param longerForm size of the length field in bits, 16 or 64, if a shorter one would do; 0 for the shortest form
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
            implements TimelineEntry {
        /** Creates a frame whose length has the shortest form. */
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
     * The head of a request or response.
     *
     * @param connection number of the connection, from 1
     * @param kind type of the journal entry: {@code request}, {@code response}, or the type for raw bytes that begin
     * like a head
     * @param head limited in size, without credentials
     */
    record Head(long nanos, int connection, Side from, String kind, HeadExcerpt head) implements TimelineEntry {}

    /**
     * A message that is compressed or fragmented.
     *
     * @param connection number of the connection, from 1
     * @param text its description, or the reason why it cannot be inflated
     * @param payload its inflated content
     */
    record Message(long nanos, int connection, Side from, String text, Payload payload) implements TimelineEntry {}

    /**
     * Any other journal entry: TCP, TLS, raw bytes.
     *
     * @param connection number of the connection, from 1; 0 for none
     * @param from absent if it did not come from one side
     * @param kind type of the journal entry
     */
    record Note(long nanos, int connection, Optional<Side> from, String kind, String text) implements TimelineEntry {}

    /**
     * A check by a witness: by the script, over the wire, a step of the server, or a violation that the server noted.
     *
     * @param connection number of the connection, from 1; 0 for none
     * @param at file and line; empty for checks of the server
     */
    record CheckEntry(
            long nanos,
            int connection,
            Witness by,
            Check.Outcome outcome,
            Strength strength,
            String what,
            String expected,
            String actual,
            String at)
            implements TimelineEntry {}

    /**
     * Stands for rows that were left out because there were too many.
     *
     * @param notMet number of left-out checks that were not met
     */
    record Gap(long nanos, int rows, int notMet) implements TimelineEntry {}
}
