package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.Fault;
import java.util.List;
import java.util.stream.Stream;

/** All kept faults, in the order of the specification. Stateless. */
public final class KeptFaults {
    private KeptFaults() {}

    public static List<Fault> all() {
        return Stream.of(
                        ModuleFaults.all(),
                        ConnectingFaults.all(),
                        HandshakeFaults.all(),
                        TlsFaults.all(),
                        OptionFaults.all(),
                        TimeoutFaults.all(),
                        DurationFaults.all(),
                        CompressionFaults.all(),
                        NegotiationFaults.all(),
                        LimitFaults.all(),
                        SendingFaults.all(),
                        PingFaults.all(),
                        ReceivingFaults.all(),
                        SelectFaults.all(),
                        ClosingFaults.all(),
                        RemoteCloseFaults.all(),
                        PermissionFaults.all(),
                        FramingFaults.all(),
                        FragmentationFaults.all(),
                        TextFaults.all(),
                        CloseFrameFaults.all(),
                        InflateFaults.all(),
                        NarrowFaults.all(),
                        LenienceFaults.all(),
                        BrokenCallFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
