package io.wstck.tck.implementation.calls;

import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A client in this JVM, judged through the documented calls. */
public final class CalledImplementation implements Implementation {
    private final CalledClient client;
    private final Trust trust;

    /**
     * Takes the client over, and closes it.
     *
     * @param trust must stay open as long as this implementation
     */
    public CalledImplementation(CalledClient client, Trust trust) {
        this.client = client;
        this.trust = trust;
    }

    @Override
    public Description description() {
        return client.description();
    }

    @Override
    public ImplementationSession open(Map<String, URI> urls) {
        // The kit's authority comes into being when it is first asked for: most sessions have no server with TLS.
        boolean tls = urls.values().stream().anyMatch(url -> url.getScheme().equals("wss"));
        Optional<Path> trusted = tls ? Optional.of(trust.file()) : Optional.empty();
        return new CalledSession(urls, trusted, new DirectCalls(client), Optional.empty());
    }

    @Override
    public void close() {
        client.close();
    }
}
