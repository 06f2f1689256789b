package io.wstck.tck.fuzz;

import io.wstck.client.protocol.ClientConnectionProtocol;
import io.wstck.client.protocol.ProtocolEvent;
import io.wstck.client.protocol.deflate.DeflateParameters;
import io.wstck.client.protocol.deflate.TakeoverMode;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads frames as the client's connections do: into one buffer that each read overwrites. */
final class ClientFrames {
    private static final int MAX_DETAIL = 300;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ClientFrames() {}

    /** Returns the events and then the violation, if there is one. Nothing is read after a close frame. */
    static List<Object> read(FrameInput input, ReadSizes segments) {
        List<Object> outcome = new ArrayList<>();
        byte[] wire = input.wire();
        int seed = ReadSizes.seed(wire);
        ByteBuffer buffer = ByteBuffer.allocate(wire.length);
        ClientConnectionProtocol protocol =
                new ClientConnectionProtocol(input.readLimit(), parameters(input), 0, RANDOM);
        try {
            int size;
            for (int at = 0; at < wire.length; at += size) {
                size = segments.next(at, wire.length, seed);
                buffer.clear().put(wire, at, size).flip();
                receive(protocol, buffer, outcome);
            }
        } finally {
            protocol.tcpEnded();
            protocol.endWriting();
        }
        return outcome;
    }

    private static void receive(ClientConnectionProtocol protocol, ByteBuffer buffer, List<Object> outcome) {
        while (true) {
            switch (protocol.receive(buffer)) {
                case ProtocolEvent.NeedData.NEED_DATA -> {
                    return;
                }
                case ProtocolEvent.ConnectionFailed(var violation, var detail) -> {
                    // Only the violation, because the detail may contain the number of bytes, which depends on the
                    // reads.
                    outcome.add(violation);
                    MessageChecks.check(detail, MAX_DETAIL);
                }
                case ProtocolEvent event -> outcome.add(event);
            }
        }
    }

    private static Optional<DeflateParameters> parameters(FrameInput input) {
        TakeoverMode window = input.contextTakeover() ? TakeoverMode.SLIDING : TakeoverMode.RESET;
        return input.deflate() ? Optional.of(new DeflateParameters(window, window)) : Optional.empty();
    }
}
