// Sends 100,000 messages in batches while it receives their echoes on another thread.
//
// A batch writes its messages together, with far fewer system calls than ManyMessages.java. Here the batch flushes by
// itself whenever it is full, and once more when it is closed.
//
// Run: java -cp tck/cli/target/wstck.jar examples/java/BatchedMessages.java

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.MessageBatch;
import io.wstck.client.WebSocketClient;
import java.util.concurrent.FutureTask;

public final class BatchedMessages {
    private static final int COUNT = 100_000;

    public static void main(String[] arguments) throws Exception {
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

            try (MessageBatch batch = connection.batch()) {
                for (int i = 0; i < COUNT; i++) {
                    batch.send("message " + i);
                }
            }
            System.out.println(receiver.get() + " messages received in order");
        }
    }
}

// Output:
// 100000 messages received in order
