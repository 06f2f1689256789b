package io.wstck.tck.autobahn.probe;

import io.wstck.tck.autobahn.exchange.Exchange;
import io.wstck.tck.autobahn.exchange.OutFrame;
import java.util.List;

/** A connection to a server, or several, before the one whose end a case judges. */
public sealed interface ServerProbe {
    /** Sends a request, reads the head of the answer, and resets TCP. The event is the answer. */
    record Request(RequestForm form) implements ServerProbe {}

    /**
     * Opens a connection, and plays an exchange on it. The events are the answer to the handshake, and if that opened
     * the connection, those of the exchange and its end.
     */
    record Conversation(RequestForm form, Exchange exchange) implements ServerProbe {}

    /** Like {@link Conversation}, but the only event is an observation of what came. */
    record Observed(RequestForm form, Exchange exchange) implements ServerProbe {}

    /** Sends the first bytes of a request and ends TCP, for each number of bytes, each on a connection. No event. */
    record CutRequests(TcpCut cut) implements ServerProbe {}

    /**
     * Opens a connection, sends the first bytes of a frame and ends TCP, for each number of bytes, each on a
     * connection. The event is the answer to a handshake that did not open its connection.
     */
    record CutFrames(OutFrame frame, TcpCut cut) implements ServerProbe {}

    /**
     * Opens a connection, sends frames, and resets TCP without reading. The event is the answer to a handshake that did
     * not open the connection.
     */
    record Abandoned(List<OutFrame> frames) implements ServerProbe {
        public Abandoned {
            frames = List.copyOf(frames);
        }
    }

    /** How a connection is cut. */
    enum TcpCut {
        FIN("FIN"),
        RST("RST");

        private final String segment;

        TcpCut(String segment) {
            this.segment = segment;
        }

        /** The kind of the segment that ends TCP, for people. */
        String segment() {
            return segment;
        }
    }
}
