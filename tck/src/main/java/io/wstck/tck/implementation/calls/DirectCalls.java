package io.wstck.tck.implementation.calls;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Calls to a client in this JVM; keeps its connections, to release them. Any thread. */
final class DirectCalls implements ClientCalls {
    private final CalledClient client;
    private final Set<CalledConnection> open = ConcurrentHashMap.newKeySet();

    DirectCalls(CalledClient client) {
        this.client = client;
    }

    @Override
    public CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException {
        CalledConnection connection = client.connect(call);
        open.add(connection);
        return connection;
    }

    @Override
    public void close() {
        for (CalledConnection connection : List.copyOf(open)) {
            if (open.remove(connection)) {
                connection.release();
            }
        }
    }
}
