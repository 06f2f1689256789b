// Receives until the server closes, and tells why the connection has ended.
//
// Run: java -cp tck/cli/target/wstck.jar examples/java/ReceiveAll.java

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.Message;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import java.time.Duration;

public final class ReceiveAll {
    public static void main(String[] arguments) throws Exception {
        ConnectOptions options = ConnectOptions.builder()
                .header("Authorization", "Bearer my-token")
                .dialTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(30))
                .build();
        try (WebSocketClient client = WebSocketClient.create();
                Connection connection = client.connect("ws://127.0.0.1:8080/chat", options)) {
            connection.send("{\"type\":\"join\",\"room\":\"lobby\"}");

            // Returns when the connection has ended and all messages that had arrived are delivered.
            connection.messages().forEach(message -> {
                if (message instanceof Message.Text text) {
                    System.out.println(text.text());
                }
            });

            System.out.println(connection.remoteClose().map(status -> "closed with " + status.code()).orElse("lost"));
        }

        try (WebSocketClient client = WebSocketClient.create()) {
            client.connect("ws://127.0.0.1:8080/status/503", ConnectOptions.defaults());
        } catch (WebSocketException e) {
            System.out.println(e.kind() + (e.retryable() ? ", retryable" : ""));
        }
    }
}

// Output:
// {"type":"joined","room":"lobby","members":["ada","you"]}
// {"type":"message","from":"ada","text":"Welcome!"}
// {"type":"message","from":"ada","text":"See you."}
// closed with 1000
// INTERNAL, retryable
