import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** An echo server with Jetty. Argument: the port, or none for a free one. */
final class EchoServer {
    /** Jetty's own default is 64 KiB. */
    private static final long LARGEST_MESSAGE = 64L << 20;

    private EchoServer() {}

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0);
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxTextMessageSize(LARGEST_MESSAGE);
            container.setMaxBinaryMessageSize(LARGEST_MESSAGE);
            container.setIdleTimeout(Duration.ofMinutes(2));
            container.addMapping("/*", (request, response, callback) -> new Echo());
        }));
        server.start();
        System.out.println("ws://127.0.0.1:" + connector.getLocalPort() + "/");
    }

    /** Sends every message back, and asks for the next one when it is sent. */
    public static final class Echo extends Session.Listener.Abstract {
        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            session.demand();
        }

        @Override
        public void onWebSocketText(String message) {
            getSession().sendText(message, demandNext());
        }

        @Override
        public void onWebSocketBinary(ByteBuffer message, Callback done) {
            getSession().sendBinary(message, Callback.from(() -> {
                done.succeed();
                getSession().demand();
            }, done::fail));
        }

        private Callback demandNext() {
            return Callback.from(getSession()::demand, failure -> {});
        }
    }
}
