// Connects, sends a message, receives its echo, and closes.
//
// Run: java -cp tck/cli/target/wstck.jar examples/java/Connect.java

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.Message;
import io.wstck.client.WebSocketClient;

public final class Connect {
    public static void main(String[] arguments) throws Exception {
        try (WebSocketClient client = WebSocketClient.create();
                Connection connection = client.connect("ws://127.0.0.1:8080/echo", ConnectOptions.defaults())) {
            connection.send("Hello, Server!");
            connection.sendBinary(new byte[] {1, 2, 3});

            for (int i = 0; i < 2; i++) {
                switch (connection.messages().receive()) {
                    case Message.Text text -> System.out.println("text " + text.text());
                    case Message.Binary binary -> System.out.println("binary " + binary.bytes().length + " bytes");
                }
            }

            connection.close(1000, "Session ended");
            System.out.println(connection.state());
        }
    }
}

// Output:
// text Hello, Server!
// binary 3 bytes
// CLOSED
