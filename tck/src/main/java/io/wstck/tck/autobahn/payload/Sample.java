package io.wstck.tck.autobahn.payload;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import java.util.Locale;
import java.util.Random;

/** The payloads; each is the same bytes at every call and on every machine. */
public enum Sample {
    /** Records of a measuring network: 194 KB that deflate to some 4 %. */
    JSON(MessageType.TEXT, 6455),
    /** A picture of noisy shades of grey: 263 KB that deflate to some 85 %. */
    BITMAP(MessageType.BINARY, 6456),
    /** Sentences, sent as bytes: 222 KB that deflate to some 39 %. */
    PROSE(MessageType.BINARY, 6457),
    /** A page with a long table: 264 KB that deflate to some 5 %. Some characters take more than a byte. */
    HTML(MessageType.TEXT, 6458),
    /** Objects with compressed streams, as in a PDF: 1 MB that deflates to some 76 %. */
    DOCUMENT(MessageType.BINARY, 6459);

    private final MessageType type;
    private final long seed;

    Sample(MessageType type, long seed) {
        this.seed = seed;
        this.type = type;
    }

    /** As what it is sent. */
    public MessageType type() {
        return type;
    }

    /** For people: {@code json}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The bytes, made anew: that takes some milliseconds. */
    public Bytes make() {
        // Random's sequence is laid down by its specification.
        Random random = new Random(seed);
        return Bytes.owning(
                switch (this) {
                    case JSON -> Documents.json(random);
                    case BITMAP -> Pictures.bitmap(random);
                    case PROSE -> Documents.prose(random);
                    case HTML -> Documents.html(random);
                    case DOCUMENT -> Pictures.document(random);
                });
    }
}
