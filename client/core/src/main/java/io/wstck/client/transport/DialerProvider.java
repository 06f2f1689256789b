package io.wstck.client.transport;

import io.wstck.client.Connector;

/** Makes the {@link Dialer} of each client; named in {@code META-INF/services}. */
public final class DialerProvider implements Connector.Provider {
    @Override
    public Connector connector(Connector.Settings settings) {
        return new Dialer(settings, SystemTimer.SHARED);
    }
}
