package io.wstck.client.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Resolves a few names of the tests' own; every other name as the platform does. */
public final class TestResolver extends InetAddressResolverProvider {
    /** Ends names whose lookup does not end until {@link #HANGING} is released; the JDK remembers each for a while. */
    static final String HANGING_SUFFIX = ".hanging.test";

    /** 127.0.0.2, then 127.0.0.1. */
    static final String NAME_OF_TWO = "two.test";

    static final Semaphore HANGING = new Semaphore(0);

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver platform = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (host.endsWith(HANGING_SUFFIX)) {
                    HANGING.acquireUninterruptibly();
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
