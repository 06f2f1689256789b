package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.Fault;
import java.util.List;
import java.util.stream.Stream;

/** All kept faults: those of calls that do not return, and then the others in the order of the specification. Stateless. */
public final class KeptFaults {
    private KeptFaults() {}

    public static List<Fault> all() {
        return Stream.of(
                        // They take longest, and cost next to no processor: the others are played meanwhile.
                        BrokenCallFaults.all(),
                        ModuleFaults.all(),
                        ConnectingFaults.all(),
                        RedirectFaults.all(),
                        HandshakeFaults.all(),
                        AnswerHeadFaults.all(),
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
                        NarrowFaults.all(),
                        LenienceFaults.all(),
                        WebFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
