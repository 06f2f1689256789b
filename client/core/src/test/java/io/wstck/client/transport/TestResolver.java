package io.wstck.client.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Resolves a few names of the tests, and all other names as the platform does. */
public final class TestResolver extends InetAddressResolverProvider {
    /** Names whose lookup blocks until released. Each test has its own name, because the JDK caches a failure. */
    static final Map<String, Semaphore> HANGING = Map.of(
            "a.hanging.test", new Semaphore(0),
            "b.hanging.test", new Semaphore(0),
            "c.hanging.test", new Semaphore(0));

    /** The name that resolves to 127.0.0.2, then 127.0.0.1. */
    static final String NAME_OF_TWO = "two.test";

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver platform = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (HANGING.containsKey(host)) {
                    HANGING.get(host).acquireUninterruptibly();
                    throw new UnknownHostException(host);
                }
                return host.equals(NAME_OF_TWO)
                        ? Stream.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1"))
                        : platform.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return platform.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "names of the tests";
    }
}
