package io.wstck.benchmarks.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Random;

/** The messages that a client sends to the echo server, and how many of them are in flight. */
public enum Workload {
    /** 64 bytes of text, 64 in flight. */
    SMALL("64 B × 64", 64, 64, Layer.PLAIN),
    /** 64 bytes of text, one in flight: round trips. */
    ROUND_TRIP("64 B × 1", 64, 1, Layer.PLAIN),
    /** 1 MiB of binary, four in flight. */
    LARGE("1 MiB × 4", 1024 * 1024, 4, Layer.PLAIN),
    /** 64 bytes of text through TLS, 64 in flight. */
    TLS_SMALL("TLS, 64 B × 64", 64, 64, Layer.TLS),
    /** 1 MiB of binary through TLS, four in flight. */
    TLS_LARGE("TLS, 1 MiB × 4", 1024 * 1024, 4, Layer.TLS),
    /** 2 KiB of text through permessage-deflate with context takeover, 16 in flight. */
    DEFLATE("permessage-deflate, 2 KiB × 16", 2048, 16, Layer.DEFLATE);

    /** The layer between the messages and TCP that is measured. */
    public enum Layer {
        /** None. */
        PLAIN,
        /** TLS. */
        TLS,
        /** The extension of RFC 7692. */
        DEFLATE
    }

    private static final int SEED = 17;

    private final String title;
    private final int size;
    private final int inFlight;
    private final Layer layer;

    Workload(String title, int size, int inFlight, Layer layer) {
        this.title = title;
        this.size = size;
        this.inFlight = inFlight;
        this.layer = layer;
    }

    /** {@return the name in the table} */
    public String title() {
        return title;
    }

    /** {@return the number of messages that are sent and not yet received} */
    public int inFlight() {
        return inFlight;
    }

    /** {@return the layer between messages and TCP} */
    public Layer layer() {
        return layer;
    }

    /** {@return whether messages are text} */
    public boolean text() {
        return size < 1024 * 1024;
    }

    /** {@return a new copy of the message, always the same bytes; text is JSON in ASCII} */
    public byte[] payload() {
        Random random = new Random(SEED);
        if (!text()) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            return bytes;
        }
        StringBuilder json = new StringBuilder("{\"prices\":[");
        while (json.length() < size) {
            json.append("{\"symbol\":\"")
                    .append((char) ('A' + random.nextInt(26)))
                    .append("\",\"price\":");
            json.append(random.nextInt(100_000)).append("},");
        }
        return Arrays.copyOf(json.toString().getBytes(US_ASCII), size);
    }
}
