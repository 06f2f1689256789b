package io.wstck.tck.catalogue;

import io.wstck.server.text.FormatWord;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A requirement of a case on the implementation, named by a word in its case file. The case is skipped if the
 * implementation does not meet it.
 */
public sealed interface Need extends FormatWord permits Capability, ConnectOption, CompressionNeed {
    /** Capabilities first, then options, then ways to compress. */
    Comparator<Need> ORDER = Comparator.comparingInt(all()::indexOf);

    /**
     * Returns the need with this word. {@code headers} and {@code compression} mean the capabilities, not the options.
     *
     * @throws IllegalArgumentException with a sentence that lists them all, if there is none
     */
    static Need of(String word) {
        return all().stream()
                .filter(need -> need.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a capability ("
                        + words(Capability.values()) + "), an option (" + words(ConnectOption.values())
                        + ") or a way to compress (" + words(CompressionNeed.values()) + "), got \"" + word + "\""));
    }

    private static List<Need> all() {
        return Stream.<Need[]>of(Capability.values(), ConnectOption.values(), CompressionNeed.values())
                .flatMap(Stream::of)
                .toList();
    }

    private static String words(Need[] needs) {
        return Stream.of(needs).map(Need::word).collect(Collectors.joining(", "));
    }
}
