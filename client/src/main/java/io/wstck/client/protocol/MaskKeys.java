package io.wstck.client.protocol;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** A fresh, unpredictable key for every frame (RFC 6455 §5.3). For one thread at a time. */
public final class MaskKeys {
    /** Bytes fetched at once: a call of the generator costs more than the frame it is for. */
    private static final int BULK = 1024;

    private final SecureRandom random;
    private final ByteBuffer keys = ByteBuffer.allocate(BULK).limit(0);

    /** @param random where the keys come from; may be shared */
    public MaskKeys(SecureRandom random) {
        this.random = random;
    }

    int next() {
        if (!keys.hasRemaining()) {
            random.nextBytes(keys.array());
            keys.clear();
        }
        return keys.getInt();
    }
}
