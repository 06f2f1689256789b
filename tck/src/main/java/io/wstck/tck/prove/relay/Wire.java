package io.wstck.tck.prove.relay;

import java.io.IOException;

/** Both ends of a relayed connection, as a tampering writes to them. Any thread. */
public interface Wire {

    /** How one side ended TCP. */
    enum End {
        FIN,
        RST
    }

    void toClient(Frame frame) throws IOException;

    void toServer(Frame frame) throws IOException;

    void bytesToClient(byte[] bytes) throws IOException;

    void bytesToServer(byte[] bytes) throws IOException;

    /** Ends this direction: FIN lets the other go on, RST ends both. */
    void endToClient(End how) throws IOException;

    /** See {@link #endToClient}. */
    void endToServer(End how) throws IOException;
}
