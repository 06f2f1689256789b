package io.wstck.tck.autobahn.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;

/** The loopback addresses of this machine. */
public final class LoopbackAddresses {
    private LoopbackAddresses() {}

    /** 127.0.0.1, and ::1 if the machine has it, because "localhost" may mean either. */
    public static List<InetAddress> addresses() throws IOException {
        List<InetAddress> addresses = new ArrayList<>(List.of(InetAddress.ofLiteral("127.0.0.1")));
        InetAddress six = InetAddress.ofLiteral("::1");
        if (NetworkInterface.getByInetAddress(six) != null) {
            addresses.add(six);
        }
        return addresses;
    }
}
