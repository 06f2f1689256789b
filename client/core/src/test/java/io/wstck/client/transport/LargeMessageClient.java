package io.wstck.client.transport;

import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.WebSocketClient;
import java.time.Duration;
import java.util.zip.CRC32C;

/**
 * A program for a small heap: connects, receives a large text and a large binary message, then sends one of each.
 * Arguments: URL, compression mode. Prints the checksum of each message that it has received.
 */
final class LargeMessageClient {
    static final int SIZE = 32 * 1024 * 1024;

    private LargeMessageClient() {}

    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .compression(CompressionMode.valueOf(arguments[1]))
                .readLimit(SIZE)
                .channelCapacity(1)
                .build();
        // A loaded machine may be late to answer the close.
        try (WebSocketClient client = WebSocketClient.builder()
                        .closeTimeout(Duration.ofSeconds(60))
                        .build();
                Connection connection = client.connect(arguments[0], options)) {
            System.out.println(checksum(connection.messages().receive().bytes()));
            System.out.println(checksum(connection.messages().receive().bytes()));
            connection.sendText(letters());
            connection.sendBinary(letters());
        }
    }

    /** Letters that deflate to about two thirds. */
    static byte[] letters() {
        byte[] bytes = new byte[SIZE];
        int state = 1;
        for (int index = 0; index < SIZE; index++) {
            state = state * 1_103_515_245 + 12_345;
            bytes[index] = (byte) ('A' + (state >>> 20) % 32);
        }
        return bytes;
    }

    static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
