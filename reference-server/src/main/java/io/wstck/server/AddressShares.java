package io.wstck.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A limit of connections that no single address can use up. An address may hold as many connections as are left for all others:
 * one address gets half of the limit, a second one half of the rest. An IPv6 network of 64 bits counts as one address. Any thread.
 */
final class AddressShares {
    private static final int NETWORK_BYTES = 8;

    private final int limit;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Address, Integer> byAddress = new HashMap<>();
    private int held;

    /** The part of an address that is counted as one, in hex. */
    record Address(String bytes) {
        static Address of(InetAddress address) {
            byte[] bytes = address.getAddress();
            boolean network = address instanceof Inet6Address && !address.isLoopbackAddress();
            return new Address(Arrays.toString(network ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes));
        }
    }

    AddressShares(int limit) {
        this.limit = limit;
    }

    /** Whether there is room for one more connection of {@code address}; if so it is taken. */
    boolean take(Address address) {
        lock.lock();
        try {
            int own = byAddress.getOrDefault(address, 0);
            if (own >= limit - held) {
                return false;
            }
            byAddress.put(address, own + 1);
            held++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back one connection of {@code address}. */
    void give(Address address) {
        lock.lock();
        try {
            byAddress.computeIfPresent(address, (_, own) -> own == 1 ? null : own - 1);
            held--;
        } finally {
            lock.unlock();
        }
    }
}
