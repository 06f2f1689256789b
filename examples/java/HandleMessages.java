// Counts with the server: a handler answers each echo with the next number, on the thread that reads.
//
// Run: java -cp tck/cli/target/wstck.jar examples/java/HandleMessages.java

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.Message;
import io.wstck.client.WebSocketClient;

public final class HandleMessages {
    private static final int COUNT = 10_000;

    public static void main(String[] arguments) throws Exception {
        try (WebSocketClient client = WebSocketClient.create();
                Connection connection = client.connect(
                        "ws://127.0.0.1:8080/echo", ConnectOptions.defaults(), HandleMessages::answer)) {
            connection.send("1");

            // No message goes to the channel. It is done when the connection ends.
            connection.messages().receiveOrClosed();
        }
    }

    private static void answer(Connection connection, Message message) throws Exception {
        int number = Integer.parseInt(new String(message.bytes()));
        if (number < COUNT) {
            connection.send(String.valueOf(number + 1));
        } else {
            System.out.println("the last number is " + number);
            connection.close(1000, "counted");
        }
    }
}

// Output:
// the last number is 10000
