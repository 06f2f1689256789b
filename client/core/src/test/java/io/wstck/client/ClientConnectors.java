package io.wstck.client;

/** Builds clients whose connections are made by a provider of the test. */
public final class ClientConnectors {
    private ClientConnectors() {}

    /** Returns a client with the settings of the builder. */
    public static WebSocketClient build(WebSocketClient.Builder builder, Connector.Provider connectors) {
        return builder.build(connectors);
    }
}
