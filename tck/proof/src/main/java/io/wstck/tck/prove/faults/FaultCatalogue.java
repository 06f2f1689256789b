package io.wstck.tck.prove.faults;

import io.wstck.tck.prove.Fault;
import java.util.List;
import java.util.stream.Stream;

/** All faults: first those whose calls do not return, then the others in the order of the specification. Stateless. */
public final class FaultCatalogue {
    private FaultCatalogue() {}

    public static List<Fault> all() {
        return Stream.of(
                        // These take longest and use almost no processor time, so they start first.
                        BrokenCallFaults.all(),
                        ModuleFaults.all(),
                        ConnectingFaults.all(),
                        RedirectFaults.all(),
                        HandshakeFaults.all(),
                        ResponseHeadFaults.all(),
                        TlsFaults.all(),
                        OptionFaults.all(),
                        TimeoutFaults.all(),
                        DurationFaults.all(),
                        CompressionFaults.all(),
                        NegotiationFaults.all(),
                        LimitFaults.all(),
                        SendingFaults.all(),
                        PingFaults.all(),
                        WritingFaults.all(),
                        ParallelFaults.all(),
                        ReceivingFaults.all(),
                        SelectFaults.all(),
                        ClosingFaults.all(),
                        RemoteCloseFaults.all(),
                        PermissionFaults.all(),
                        FramingFaults.all(),
                        FirstFrameFaults.all(),
                        RandomnessFaults.all(),
                        FragmentationFaults.all(),
                        TextFaults.all(),
                        CloseFrameFaults.all(),
                        InflateFaults.all(),
                        ExclusiveFaults.all(),
                        LenientArgumentFaults.all(),
                        WebFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
