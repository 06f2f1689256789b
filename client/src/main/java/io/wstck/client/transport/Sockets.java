package io.wstck.client.transport;

import java.io.IOException;
import java.net.Socket;

/** Helpers for raw sockets. */
final class Sockets {
    private Sockets() {}

    /** Closes a socket that is not to be used any more, whatever became of it. */
    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is released even so; there is nobody left whom the failure could concern.
            return;
        }
    }
}
