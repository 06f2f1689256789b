package io.wstck.tck.catalogue;

import io.wstck.server.text.FormatWord;

/**
 * The quoted text of a standard that makes a requirement binding for a client, and the kind of that text. Each
 * requirement at level <em>rfc</em> has such a basis.
 */
public sealed interface Basis {

    /**
     * Returns the section of the quote, for example {@code RFC 6455 §5.1} or {@code WHATWG WebSockets, Opening
     * handshake}.
     */
    String section();

    /** Returns a sentence of the standard, or a part of one. */
    String quote();

    /** Returns the word for the kind of basis in clause data and on the command line. */
    String word();

    /** A MUST or MUST NOT for the client. */
    record ClientMust(String section, String quote) implements Basis {
        static final String WORD = "client-must";

        @Override
        public String word() {
            return WORD;
        }
    }

    /**
     * The RFC allows a server to send these bytes and gives them exactly one meaning. The client must read that
     * meaning.
     */
    record Grammar(String section, String quote) implements Basis {
        static final String WORD = "grammar";

        @Override
        public String word() {
            return WORD;
        }
    }

    /**
     * The server breaks a rule for the sender, and its bytes have no meaning. A client that continued would have to
     * guess.
     */
    record MeaninglessBytes(Breach breach, String section, String quote) implements Basis {
        static final String WORD = "meaningless";

        @Override
        public String word() {
            return WORD;
        }
    }

    /** A requirement of the WHATWG standard on browsers, only for clauses of profile <em>web</em>. */
    record Whatwg(String section, String quote) implements Basis {
        static final String WORD = "whatwg";

        @Override
        public String word() {
            return WORD;
        }
    }

    /**
     * The breaches that leave bytes without a meaning. The list is closed: after any other breach a client may
     * continue.
     */
    enum Breach implements FormatWord {
        LENGTH_TOP_BIT("length-top-bit", "the top bit of a 64-bit length is set"),
        CONTROL_TOO_LONG("control-too-long", "a control frame has more than 125 bytes"),
        CONTROL_FRAGMENTED("control-fragmented", "a control frame has no FIN"),
        ORPHAN_CONTINUATION("orphan-continuation", "a continuation frame has no message to continue"),
        NESTED_DATA_FRAME("nested-data-frame", "a data frame begins inside a fragmented message"),
        CLOSE_PAYLOAD_OF_ONE_BYTE("close-payload-of-one-byte", "a close payload has one byte"),
        CLOSE_CODE_NOT_FOR_THE_WIRE("close-code-not-for-the-wire", "a close code is one of 0-999, 1004-1006, 1015"),
        DAMAGED_DEFLATE_DATA("damaged-deflate-data", "compressed data are not a deflate stream, or are truncated"),
        FRAME_CUT_BY_END_OF_TCP("frame-cut-by-end-of-tcp", "TCP ends inside a frame");

        private final String word;
        private final String statement;

        Breach(String word, String statement) {
            this.word = word;
            this.statement = statement;
        }

        @Override
        public String word() {
            return word;
        }

        /** Returns what the server did, as a clause of a sentence. */
        public String statement() {
            return statement;
        }

        /**
         * Returns the breach with this word.
         *
         * @throws IllegalArgumentException with a sentence, if the list does not have it
         */
        static Breach of(String word) {
            return FormatWord.of(Breach.class, "a breach out of the closed list", word);
        }
    }
}
