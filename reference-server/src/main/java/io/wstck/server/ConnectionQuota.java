package io.wstck.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection limit that no single address can exhaust. An address may hold as many connections as remain for all
 * others. So one address gets half of the limit, and a second one half of the rest. An IPv6 network of 64 bits counts
 * as one address. Any thread.
 */
final class ConnectionQuota {
    private static final int NETWORK_BYTES = 8;

    private final int limit;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Address, Integer> byAddress = new HashMap<>();
    private int acquired;

    /** The part of an address that counts as one client. */
    record Address(String bytes) {
        static Address of(InetAddress address) {
            byte[] bytes = address.getAddress();
            boolean network = address instanceof Inet6Address && !address.isLoopbackAddress();
            return new Address(Arrays.toString(network ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes));
        }
    }

    ConnectionQuota(int limit) {
        this.limit = limit;
    }

    /** Acquires one connection for {@code address}. Returns false, and acquires nothing, when its quota is used up. */
    boolean tryAcquire(Address address) {
        lock.lock();
        try {
            int own = byAddress.getOrDefault(address, 0);
            if (own >= limit - acquired) {
                return false;
            }
            byAddress.put(address, own + 1);
            acquired++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Releases one connection of {@code address}. */
    void release(Address address) {
        lock.lock();
        try {
            byAddress.computeIfPresent(address, (_, own) -> own == 1 ? null : own - 1);
            acquired--;
        } finally {
            lock.unlock();
        }
    }
}
