package io.wstck.tck.catalogue;

import java.util.Locale;

/** Why a standard binds a client: what a verdict at the level <em>rfc</em> rests on. */
public sealed interface Basis {

    /** The section that the quote stands in, for example {@code RFC 6455 §5.1} or {@code WHATWG WebSockets, Opening handshake}. */
    String section();

    /** A sentence of the standard, or a part of one. */
    String quote();

    /** The word for the kind in clause data and on the command line. */
    String word();

    /** A MUST or MUST NOT for the client's role. */
    record ClientMust(String section, String quote) implements Basis {
        static final String WORD = "client-must";

        @Override
        public String word() {
            return WORD;
        }
    }

    /** The RFC lets a server send these bytes and gives them exactly one meaning, so the client reads that meaning. */
    record Grammar(String section, String quote) implements Basis {
        static final String WORD = "grammar";

        @Override
        public String word() {
            return WORD;
        }
    }

    /** The server breaks a rule for the sender, and the bytes have no meaning left: going on would be a guess. */
    record Meaningless(Breach breach, String section, String quote) implements Basis {
        static final String WORD = "meaningless";

        @Override
        public String word() {
            return WORD;
        }
    }

    /** The WHATWG standard demands it of a browser; for clauses of profile <em>web</em> alone. */
    record Whatwg(String section, String quote) implements Basis {
        static final String WORD = "whatwg";

        @Override
        public String word() {
            return WORD;
        }
    }

    /** The breaches that leave bytes without a meaning. The list is closed: after any other breach a client may go on. */
    enum Breach {
        LENGTH_TOP_BIT("the top bit of a 64-bit length is set"),
        CONTROL_TOO_LONG("a control frame has more than 125 bytes"),
        CONTROL_FRAGMENTED("a control frame has no FIN"),
        ORPHAN_CONTINUATION("a continuation has nothing to continue"),
        NESTED_DATA_FRAME("a data frame begins inside a fragmented message"),
        CLOSE_PAYLOAD_OF_ONE_BYTE("a close payload has one byte"),
        CLOSE_CODE_NOT_FOR_THE_WIRE("a close code is one of 0-999, 1004-1006, 1015"),
        DAMAGED_DEFLATE_DATA("compressed data are no deflate stream, or are cut"),
        FRAME_CUT_BY_END_OF_TCP("TCP ends inside a frame");

        private final String statement;

        Breach(String statement) {
            this.statement = statement;
        }

        /** The word used in clause data. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** What the server did, as a clause of a sentence. */
        public String statement() {
            return statement;
        }

        /**
         * The breach with this word.
         *
         * @throws IllegalArgumentException with a sentence, if the list does not have it
         */
        static Breach of(String word) {
            return Words.find(values(), Breach::word, "a breach out of the closed list", word);
        }
    }
}
