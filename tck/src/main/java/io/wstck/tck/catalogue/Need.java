package io.wstck.tck.catalogue;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a case needs of an implementation, by a word of its case file; an implementation without it skips the case. */
public sealed interface Need permits Capability, ConnectOption, CompressionNeed {
    /** Capabilities first, then options, then what concerns compression. */
    Comparator<Need> ORDER = Comparator.comparingInt(all()::indexOf);

    /** The word used in case files. */
    String word();

    /**
     * The need with this word. {@code headers} and {@code compression} are the capabilities, not the options.
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
