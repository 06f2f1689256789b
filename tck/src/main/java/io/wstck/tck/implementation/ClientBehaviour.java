package io.wstck.tck.implementation;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.CompressionNeed;
import io.wstck.tck.catalogue.ConnectOption;
import io.wstck.tck.catalogue.Need;
import io.wstck.tck.catalogue.Words;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client says of its own behaviour, where a claim of a capability says too little. It binds no client to anything: cases
 * that need something else are skipped.
 *
 * @param compresses which of its messages it compresses, once {@code permessage-deflate} is agreed on
 * @param offersDeflate when it offers {@code permessage-deflate}
 * @param notSettable options of claimed capabilities that a program cannot set
 */
public record ClientBehaviour(Compresses compresses, OffersDeflate offersDeflate, Set<ConnectOption> notSettable) {
    /** A client that does what its options say: what is assumed of one that says nothing. */
    public static final ClientBehaviour BY_OPTION =
            new ClientBehaviour(Compresses.BY_OPTION, OffersDeflate.BY_OPTION, Set.of());

    private static final String OWN_OFFER = "the client says that it always offers permessage-deflate";

    public ClientBehaviour {
        notSettable = Set.copyOf(notSettable);
    }

    /** Which of its messages a client compresses. */
    public enum Compresses {
        /** As {@code compression_threshold} says. */
        BY_OPTION,
        /** Every message, whatever its length. */
        ALWAYS,
        /** None: it offers compression for what it receives (RFC 7692 leaves the choice to the sender). */
        NEVER,
        /** Those of a length that it decides by itself. */
        ABOVE_OWN_THRESHOLD;

        /** The word of the agent protocol. */
        public String word() {
            return ClientBehaviour.word(this);
        }

        /**
         * The constant with this word.
         *
         * @throws IllegalArgumentException with a sentence that lists them all, if there is none
         */
        public static Compresses of(String word) {
            return Words.find(values(), Compresses::word, "a way to compress", word);
        }
    }

    /** When a client offers {@code permessage-deflate}. */
    public enum OffersDeflate {
        /** As the option {@code compression} says. */
        BY_OPTION,
        /** In every handshake. */
        ALWAYS;

        /** The word of the agent protocol. */
        public String word() {
            return ClientBehaviour.word(this);
        }

        /**
         * The constant with this word.
         *
         * @throws IllegalArgumentException with a sentence that lists them all, if there is none
         */
        public static OffersDeflate of(String word) {
            return Words.find(values(), OffersDeflate::word, "a way to offer", word);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The same, but for which messages are compressed. */
    public ClientBehaviour compresses(Compresses other) {
        return new ClientBehaviour(other, offersDeflate, notSettable);
    }

    /** The same, but for when compression is offered. */
    public ClientBehaviour offersDeflate(OffersDeflate other) {
        return new ClientBehaviour(compresses, other, notSettable);
    }

    /** The same, with these as the options that cannot be set. */
    public ClientBehaviour notSettable(ConnectOption... options) {
        EnumSet<ConnectOption> set = EnumSet.noneOf(ConnectOption.class);
        set.addAll(Arrays.asList(options));
        return new ClientBehaviour(compresses, offersDeflate, set);
    }

    /** Why it cannot be so of a client with these capabilities, as a sentence; empty when it can. */
    Optional<String> contradiction(Set<Capability> capabilities) {
        boolean claimed = capabilities.contains(Capability.COMPRESSION);
        if (!claimed && compresses != Compresses.BY_OPTION) {
            return Optional.of(needsCompression("compresses", compresses.word()));
        }
        if (!claimed && offersDeflate != OffersDeflate.BY_OPTION) {
            return Optional.of(needsCompression("offers_deflate", offersDeflate.word()));
        }
        if (claimed && fixed(ConnectOption.COMPRESSION) && offersDeflate == OffersDeflate.BY_OPTION) {
            return Optional.of("options_not_settable: expected offers_deflate \"always\" beside the option compression,"
                    + " got \"by-option\": what cannot be set decides nothing");
        }
        if (claimed && fixed(ConnectOption.COMPRESSION_THRESHOLD) && compresses == Compresses.BY_OPTION) {
            return Optional.of("options_not_settable: expected compresses \"always\", \"never\" or"
                    + " \"above-own-threshold\" beside the option compression_threshold, got \"by-option\": what cannot"
                    + " be set decides nothing");
        }
        return capabilities.stream()
                .sorted()
                .filter(this::withoutOptions)
                .findFirst()
                .map(capability -> "options_not_settable: expected an option of the capability " + capability.word()
                        + " that can be set, since it is claimed; got all of them");
    }

    static String needsCompression(String field, String word) {
        return field + ": expected the capability compression beside \"" + word + "\", which is not claimed";
    }

    private boolean fixed(ConnectOption option) {
        return notSettable.contains(option);
    }

    /** A client that always offers compression has that capability without any option. */
    private boolean withoutOptions(Capability capability) {
        EnumSet<ConnectOption> own = EnumSet.allOf(ConnectOption.class);
        own.removeIf(option -> option.capability() != capability);
        return capability != Capability.COMPRESSION && !own.isEmpty() && notSettable.containsAll(own);
    }

    /** Why a case with this need does not apply, as a sentence; empty when it does. */
    public Optional<String> unmet(Need need) {
        return switch (need) {
            case Capability _ -> Optional.empty();
            case ConnectOption option -> fixedOption(option);
            case CompressionNeed compression -> unmet(compression);
        };
    }

    private Optional<String> unmet(CompressionNeed need) {
        return switch (need) {
            case COMPRESSES -> compresses == Compresses.NEVER ? Optional.of(ownChoice()) : Optional.empty();
            case COMPRESSES_SHORT ->
                compresses == Compresses.NEVER || compresses == Compresses.ABOVE_OWN_THRESHOLD
                        ? Optional.of(ownChoice())
                        : Optional.empty();
            case OFFER_BY_OPTION -> offersDeflate == OffersDeflate.ALWAYS ? Optional.of(OWN_OFFER) : Optional.empty();
        };
    }

    private Optional<String> fixedOption(ConnectOption option) {
        if (option == ConnectOption.COMPRESSION_THRESHOLD && compresses != Compresses.BY_OPTION) {
            return Optional.of(ownChoice());
        }
        return fixed(option)
                ? Optional.of(option.word() + ": the client says that this option cannot be set")
                : Optional.empty();
    }

    /** Why a script cannot connect to this client with this value of an option, as a sentence; empty when it can. */
    public Optional<String> refusal(ConnectOption option, JsonNode value) {
        boolean zero = value.isIntegralNumber() && value.longValue() == 0;
        boolean one = value.isIntegralNumber() && value.longValue() == 1;
        return switch (option) {
            case COMPRESSION -> {
                if (zero && offersDeflate == OffersDeflate.ALWAYS) {
                    yield Optional.of(OWN_OFFER);
                }
                yield one ? Optional.empty() : fixedOption(option);
            }
            case COMPRESSION_THRESHOLD -> zero || one ? Optional.empty() : fixedOption(option);
            default -> fixedOption(option);
        };
    }

    /** Whether the client does not get an option that a script gives, since the client decides by itself. */
    public boolean leavesOut(ConnectOption option) {
        return fixedOption(option).isPresent();
    }

    private String ownChoice() {
        return switch (compresses) {
            case BY_OPTION -> "the client says that its options decide what it compresses";
            case ALWAYS -> "the client says that it compresses every message";
            case NEVER -> "the client says that it compresses no message, which RFC 7692 leaves to the sender";
            case ABOVE_OWN_THRESHOLD ->
                "the client says that it compresses from a length on that cannot be set, which RFC 7692 leaves to the sender";
        };
    }

    @Override
    public String toString() {
        return "compresses " + compresses.word() + ", offers_deflate " + offersDeflate.word()
                + (notSettable.isEmpty()
                        ? ""
                        : ", options_not_settable "
                                + notSettable.stream()
                                        .sorted()
                                        .map(ConnectOption::word)
                                        .collect(Collectors.joining(", ")));
    }
}
