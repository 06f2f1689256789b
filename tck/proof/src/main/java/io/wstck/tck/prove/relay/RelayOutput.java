package io.wstck.tck.prove.relay;

import java.io.IOException;

/** Writes to both ends of a relayed connection. Any thread. */
public interface RelayOutput {

    /** How one side ended TCP. */
    enum TcpEnding {
        FIN,
        RST
    }

    void toClient(RelayedFrame frame) throws IOException;

    void toServer(RelayedFrame frame) throws IOException;

    void bytesToClient(byte[] bytes) throws IOException;

    void bytesToServer(byte[] bytes) throws IOException;

    /** Ends the direction to the client. After FIN the other direction continues; RST ends both. */
    void endToClient(TcpEnding how) throws IOException;

    /** Ends the direction to the server, as {@link #endToClient} does for the client. */
    void endToServer(TcpEnding how) throws IOException;
}
