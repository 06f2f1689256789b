package io.wstck.tck.autobahn;

import com.softwaremill.jox.ChannelClosed;
import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.Message;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import java.net.URI;

/** The bundled client as a driver: it echoes each message with its type until the connection ends. */
final class EchoClient {
    private static final ConnectOptions PLAIN = ConnectOptions.builder().build();
    private static final ConnectOptions COMPRESSING = ConnectOptions.builder()
            .compression(CompressionMode.CONTEXT_TAKEOVER)
            .compressionThreshold(0)
            .clientWindowBits(15)
            .build();

    private EchoClient() {}

    static ConnectOptions compressing() {
        return COMPRESSING;
    }

    static ConnectOptions plain() {
        return PLAIN;
    }

    static void echo(WebSocketClient client, URI url, ConnectOptions options)
            throws WebSocketException, InterruptedException {
        try (Connection connection = client.connect(url.toString(), options)) {
            while (true) {
                Object next = connection.messages().receiveOrClosed();
                if (next instanceof ChannelClosed) {
                    return;
                }
                send(connection, (Message) next);
            }
        }
    }

    private static void send(Connection connection, Message message) {
        try {
            switch (message) {
                case Message.Text text -> connection.sendText(text.bytes());
                case Message.Binary binary -> connection.sendBinary(binary.bytes());
            }
        } catch (WebSocketException ended) {
            // The server has closed in the meantime, so the echo fails.
        }
    }
}
