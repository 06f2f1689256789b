package io.wstck.tck.autobahn.payload;

import io.wstck.server.text.FormatWord;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import java.util.Random;

/** The payloads of the compression cases. Each has the same bytes at every call and on every machine. */
public enum SamplePayload implements FormatWord {
    /** Records of a network of sensors: 194 KB that deflate to some 4 %. */
    JSON("json", MessageType.TEXT, 6455),
    /** A picture of noisy shades of grey: 263 KB that deflate to some 85 %. */
    BITMAP("bitmap", MessageType.BINARY, 6456),
    /** Sentences, sent as bytes: 222 KB that deflate to some 39 %. */
    PROSE("prose", MessageType.BINARY, 6457),
    /** A page with a long table: 264 KB that deflate to some 5 %. Some characters take more than a byte. */
    HTML("html", MessageType.TEXT, 6458),
    /** Objects with compressed streams, as in a PDF: 1 MB that deflates to some 76 %. */
    DOCUMENT("document", MessageType.BINARY, 6459);

    private final String word;
    private final MessageType type;
    private final long seed;

    SamplePayload(String word, MessageType type, long seed) {
        this.word = word;
        this.seed = seed;
        this.type = type;
    }

    /** The type of the messages that carry it. */
    public MessageType type() {
        return type;
    }

    /** The name in descriptions of cases: {@code json}. */
    @Override
    public String word() {
        return word;
    }

    /** Generates the bytes, which takes some milliseconds. */
    public Bytes generate() {
        // The specification of Random defines its sequence.
        Random random = new Random(seed);
        return Bytes.owning(
                switch (this) {
                    case JSON -> TextGenerator.json(random);
                    case BITMAP -> FileGenerator.bitmap(random);
                    case PROSE -> TextGenerator.prose(random);
                    case HTML -> TextGenerator.html(random);
                    case DOCUMENT -> FileGenerator.document(random);
                });
    }
}
