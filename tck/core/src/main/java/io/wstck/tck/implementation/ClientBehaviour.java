package io.wstck.tck.implementation;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.text.FormatWord;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.CompressionNeed;
import io.wstck.tck.catalogue.ConnectOption;
import io.wstck.tck.catalogue.Need;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A client's declaration of when it offers and uses compression, and of which options a program cannot set. Cases that
 * need another behaviour are skipped.
 *
 * @param compresses which messages the client compresses after {@code permessage-deflate} was negotiated
 * @param offersDeflate when the client offers {@code permessage-deflate}
 * @param notSettable options of claimed capabilities that a program cannot set
 */
public record ClientBehaviour(
        MessageCompression compresses, CompressionOffer offersDeflate, Set<ConnectOption> notSettable) {
    /** The default: a client that follows its options. */
    public static final ClientBehaviour BY_OPTION =
            new ClientBehaviour(MessageCompression.BY_OPTION, CompressionOffer.BY_OPTION, Set.of());

    private static final String OWN_OFFER = "the client says that it always offers permessage-deflate";

    public ClientBehaviour {
        notSettable = Set.copyOf(notSettable);
    }

    /** Which of its messages a client compresses. */
    public enum MessageCompression implements FormatWord {
        /** The option {@code compression_threshold} decides. */
        BY_OPTION("by-option"),
        /** Every message, of any length. */
        ALWAYS("always"),
        /** No message. The client offers compression only to receive; RFC 7692 leaves the choice to the sender. */
        NEVER("never"),
        /** Messages from a length on that the client sets and no option changes. */
        ABOVE_OWN_THRESHOLD("above-own-threshold");

        private final String word;

        MessageCompression(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }

        /**
         * The constant for a word.
         *
         * @throws IllegalArgumentException if no constant has this word; the message lists all words
         */
        public static MessageCompression of(String word) {
            return FormatWord.of(MessageCompression.class, "a way to compress", word);
        }
    }

    /** When a client offers {@code permessage-deflate}. */
    public enum CompressionOffer implements FormatWord {
        /** The option {@code compression} decides. */
        BY_OPTION("by-option"),
        /** In every handshake. */
        ALWAYS("always");

        private final String word;

        CompressionOffer(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }

        /**
         * The constant for a word.
         *
         * @throws IllegalArgumentException if no constant has this word; the message lists all words
         */
        public static CompressionOffer of(String word) {
            return FormatWord.of(CompressionOffer.class, "a way to offer", word);
        }
    }

    /** A copy with another choice of the messages that are compressed. */
    public ClientBehaviour compresses(MessageCompression other) {
        return new ClientBehaviour(other, offersDeflate, notSettable);
    }

    /** A copy with another rule for the offer of compression. */
    public ClientBehaviour offersDeflate(CompressionOffer other) {
        return new ClientBehaviour(compresses, other, notSettable);
    }

    /** A copy with these options as the ones that cannot be set. */
    public ClientBehaviour notSettable(ConnectOption... options) {
        EnumSet<ConnectOption> set = EnumSet.noneOf(ConnectOption.class);
        set.addAll(Arrays.asList(options));
        return new ClientBehaviour(compresses, offersDeflate, set);
    }

    /** Why this behaviour contradicts these capabilities, as a sentence; empty if it does not. */
    Optional<String> contradiction(Set<Capability> capabilities) {
        boolean claimed = capabilities.contains(Capability.COMPRESSION);
        if (!claimed && compresses != MessageCompression.BY_OPTION) {
            return Optional.of(needsCompression("compresses", compresses.word()));
        }
        if (!claimed && offersDeflate != CompressionOffer.BY_OPTION) {
            return Optional.of(needsCompression("offers_deflate", offersDeflate.word()));
        }
        if (claimed && isFixed(ConnectOption.COMPRESSION) && offersDeflate == CompressionOffer.BY_OPTION) {
            return Optional.of("options_not_settable: expected offers_deflate \"always\" beside the option compression,"
                    + " got \"by-option\": an option that cannot be set cannot decide");
        }
        if (claimed && isFixed(ConnectOption.COMPRESSION_THRESHOLD) && compresses == MessageCompression.BY_OPTION) {
            return Optional.of("options_not_settable: expected compresses \"always\", \"never\" or"
                    + " \"above-own-threshold\" beside the option compression_threshold, got \"by-option\": an option"
                    + " that cannot be set cannot decide");
        }
        return capabilities.stream()
                .sorted()
                .filter(this::hasNoSettableOption)
                .findFirst()
                .map(capability -> "options_not_settable: expected an option of the capability " + capability.word()
                        + " that can be set, since it is claimed; got all of them");
    }

    static String needsCompression(String field, String word) {
        return field + ": expected the capability compression beside \"" + word + "\", which is not claimed";
    }

    private boolean isFixed(ConnectOption option) {
        return notSettable.contains(option);
    }

    /**
     * Whether no option of the capability can be set. A client that always offers compression needs no option for it.
     */
    private boolean hasNoSettableOption(Capability capability) {
        EnumSet<ConnectOption> own = EnumSet.allOf(ConnectOption.class);
        own.removeIf(option -> option.capability() != capability);
        return capability != Capability.COMPRESSION && !own.isEmpty() && notSettable.containsAll(own);
    }

    /** Why a case with this need does not apply, as a sentence; empty if it applies. */
    public Optional<String> unmetReason(Need need) {
        return switch (need) {
            case Capability _ -> Optional.empty();
            case ConnectOption option -> fixedOption(option);
            case CompressionNeed compression -> unmetReason(compression);
        };
    }

    private Optional<String> unmetReason(CompressionNeed need) {
        return switch (need) {
            case COMPRESSES -> compresses == MessageCompression.NEVER ? Optional.of(ownChoice()) : Optional.empty();
            case COMPRESSES_SHORT ->
                compresses == MessageCompression.NEVER || compresses == MessageCompression.ABOVE_OWN_THRESHOLD
                        ? Optional.of(ownChoice())
                        : Optional.empty();
            case OFFER_BY_OPTION ->
                offersDeflate == CompressionOffer.ALWAYS ? Optional.of(OWN_OFFER) : Optional.empty();
        };
    }

    private Optional<String> fixedOption(ConnectOption option) {
        if (option == ConnectOption.COMPRESSION_THRESHOLD && compresses != MessageCompression.BY_OPTION) {
            return Optional.of(ownChoice());
        }
        return isFixed(option)
                ? Optional.of(option.word() + ": the client says that this option cannot be set")
                : Optional.empty();
    }

    /** Why this client cannot connect with this value of the option, as a sentence; empty if it can. */
    public Optional<String> refusalReason(ConnectOption option, JsonNode value) {
        boolean zero = value.isIntegralNumber() && value.longValue() == 0;
        boolean one = value.isIntegralNumber() && value.longValue() == 1;
        return switch (option) {
            case COMPRESSION -> {
                if (zero && offersDeflate == CompressionOffer.ALWAYS) {
                    yield Optional.of(OWN_OFFER);
                }
                yield one ? Optional.empty() : fixedOption(option);
            }
            case COMPRESSION_THRESHOLD -> zero || one ? Optional.empty() : fixedOption(option);
            default -> fixedOption(option);
        };
    }

    /** Whether the option is not passed to the client, because the client does not let a program set it. */
    public boolean isDecidedByClient(ConnectOption option) {
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
