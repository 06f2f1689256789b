// Sends 100,000 messages on one connection while it receives their echoes on another thread.
//
// Each send is one write to the socket, and returns when its bytes are handed to the operating system.
// BatchedMessages.java sends many messages with one write.
//
// Run: java -cp tck/cli/target/wstck.jar examples/java/ManyMessages.java

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.WebSocketClient;
import java.util.concurrent.FutureTask;

public final class ManyMessages {
    private static final int COUNT = 100_000;

    public static void main(String[] arguments) throws Exception {
        // The channel holds 1,000 messages. When it is full, the client stops reading, and the server has to wait.
        ConnectOptions options = ConnectOptions.builder().channelCapacity(1_000).build();
        try (WebSocketClient client = WebSocketClient.create();
                Connection connection = client.connect("ws://127.0.0.1:8080/echo", options)) {
            FutureTask<Integer> receiver = new FutureTask<>(() -> {
                int inOrder = 0;
                for (int i = 0; i < COUNT; i++) {
                    String text = new String(connection.messages().receive().bytes());
                    inOrder += text.equals("message " + i) ? 1 : 0;
                }
                return inOrder;
            });
            Thread.ofVirtual().start(receiver);

            for (int i = 0; i < COUNT; i++) {
                connection.send("message " + i);
            }
            System.out.println(receiver.get() + " messages received in order");
        }
    }
}

// Output:
// 100000 messages received in order
