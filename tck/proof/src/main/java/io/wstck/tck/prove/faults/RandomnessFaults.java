package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Faults of a client's random values: mask keys (RFC 6455 §5.3) and the nonce of the opening handshake (§4.1).
 * Stateless.
 */
final class RandomnessFaults {
    private static final String NONCE = "rfc6455.handshake.nonce";
    private static final String MASK_KEY = "rfc6455.framing.mask-key";
    private static final int NONCE_LENGTH = 16;

    private RandomnessFaults() {}

    static List<Fault> all() {
        AtomicLong connections = new AtomicLong(ThreadLocalRandom.current().nextLong());
        return List.of(
                nonce(
                        "handshake.nonce-of-four-random-bytes",
                        "four bytes of the key are random and the others are zero",
                        () -> nonce().putInt(random())),
                nonce("handshake.nonce-repeats-four-bytes", "the key repeats four random bytes", () -> {
                    int bytes = random();
                    return nonce().putInt(bytes).putInt(bytes).putInt(bytes).putInt(bytes);
                }),
                nonce("handshake.nonce-counts", "the key is a counter of connections", () -> {
                    ByteBuffer bytes = nonce();
                    long count = connections.getAndIncrement();
                    while (bytes.hasRemaining()) {
                        bytes.put((byte) (count * (2L * bytes.position() + 1)));
                    }
                    return bytes;
                }),
                wire(
                        "masking.key-seeded-for-each-connection",
                        breaks(MASK_KEY),
                        "the keys are random, but the same in each connection",
                        SeededKeys::new),
                wire(
                        "masking.key-of-a-message",
                        breaks(MASK_KEY),
                        "messages of more than 1000 bytes are fragmented, and all their fragments have the same key",
                        FragmentsWithOneKey::new));
    }

    private static Fault nonce(String id, String statement, Supplier<ByteBuffer> nonces) {
        return wire(
                id,
                breaks(NONCE),
                statement,
                HandshakeTamperings.key(
                        () -> Base64.getEncoder().encodeToString(nonces.get().array())));
    }

    private static ByteBuffer nonce() {
        return ByteBuffer.allocate(NONCE_LENGTH);
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt();
    }

    /** Used only by the thread that reads from the client. */
    private static final class SeededKeys implements Tampering {
        private final Random keys = new Random(6455);

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            wire.toServer(frame.withKey(keys.nextInt()));
        }
    }

    private static final class FragmentsWithOneKey implements Tampering {
        private static final int LENGTH = 1000;

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            byte[] payload = frame.payload();
            if (!frame.isData()) {
                wire.toServer(frame);
                return;
            }
            for (int from = 0; from == 0 || from < payload.length; from += LENGTH) {
                int to = Math.min(payload.length, from + LENGTH);
                RelayedFrame first = from == 0
                        ? frame
                        : frame.withOpcode(RelayedFrame.CONTINUATION).withRsv(0);
                wire.toServer(first.withPayload(Arrays.copyOfRange(payload, from, to))
                        .withFin(frame.fin() && to == payload.length));
            }
        }
    }
}
