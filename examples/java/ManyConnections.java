// Holds 2,000 connections open at the same time, with one virtual thread for each.
//
// Run: java -cp tck/cli/target/wstck.jar examples/java/ManyConnections.java

import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.WebSocketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

public final class ManyConnections {
    private static final int COUNT = 2_000;

    public static void main(String[] arguments) throws Exception {
        // At most 50 dials at a time: the queue of a server for new connections is short.
        Semaphore dials = new Semaphore(50);
        try (WebSocketClient client = WebSocketClient.create();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Connection>> connecting = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                connecting.add(threads.submit(() -> {
                    dials.acquire();
                    try {
                        return client.connect("ws://127.0.0.1:8080/echo", ConnectOptions.defaults());
                    } finally {
                        dials.release();
                    }
                }));
            }
            List<Connection> connections = new ArrayList<>();
            for (Future<Connection> dial : connecting) {
                connections.add(dial.get());
            }
            System.out.println(connections.size() + " connections are open");

            List<Future<String>> echoes = new ArrayList<>();
            for (Connection connection : connections) {
                echoes.add(threads.submit(() -> {
                    connection.send("hello");
                    return new String(connection.messages().receive().bytes());
                }));
            }
            int received = 0;
            for (Future<String> echo : echoes) {
                received += echo.get().equals("hello") ? 1 : 0;
            }
            System.out.println(received + " echoes received");
        }
        // Closing the client has closed all connections.
    }
}

// Output:
// 2000 connections are open
// 2000 echoes received
