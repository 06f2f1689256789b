package io.wstck.tck.run;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.Inflated;
import io.wstck.server.wire.deflate.MessageInflater;
import io.wstck.tck.run.Moment.Extent;
import io.wstck.tck.run.Moment.Payload;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Inflates the messages of one sender once more, in their order, as far as a journal has their bytes. One thread. */
final class MessageReplay {
    /** The most bytes that a message may inflate to: only the beginning of it is shown. */
    private static final int LIMIT = 256 << 10;

    /** The most bytes that all messages may inflate to, so that a client cannot keep the kit busy. */
    private static final long MOST_BYTES = 2 << 20;

    private final DeflateParameters parameters;
    private MessageInflater inflater;
    /** Whether a message could not be inflated to which later ones may refer. */
    private boolean lacksHistory;

    private long inflatedBytes;

    MessageReplay(DeflateParameters parameters) {
        this.parameters = parameters;
        this.inflater = new MessageInflater(parameters, LIMIT);
    }

    Inflation next(CompressedMessage message) {
        Optional<Bytes> payload = message.payload();
        if (payload.isEmpty()) {
            forget();
            return failed("compressed message, not inflated: the journal keeps only its beginning");
        }
        int length = payload.get().length();
        if (inflatedBytes > MOST_BYTES) {
            return failed("compressed message of " + length + " bytes, not inflated: those before it were too many");
        }
        return switch (inflater.inflate(payload.get())) {
            case Inflated.Whole whole -> {
                inflatedBytes += whole.content().length();
                yield inflated(length, whole);
            }
            case Inflated.TooLong tooLong -> {
                forget();
                inflatedBytes += tooLong.limit();
                yield failed("compressed message of " + length + " bytes, not shown: it inflates to more than "
                        + tooLong.limit() + " bytes");
            }
            case Inflated.Broken _
            when lacksHistory ->
                failed("compressed message of " + length
                        + " bytes, not inflated: the journal does not keep the messages before it whole");
            case Inflated.Broken broken -> failed(details(broken.violations()));
        };
    }

    private void forget() {
        inflater = new MessageInflater(parameters, LIMIT);
        lacksHistory = true;
    }

    private static Inflation inflated(int length, Inflated.Whole whole) {
        String wrong = whole.violations().isEmpty() ? "" : " (" + details(whole.violations()) + ")";
        return new Inflation(
                "= compressed message of " + length + " bytes, inflated to "
                        + whole.content().length() + wrong,
                MessagePayload.of(whole.content().toArray(), Extent.WHOLE));
    }

    private static String details(List<Violation> violations) {
        return violations.stream().map(Violation::detail).collect(Collectors.joining("; "));
    }

    private static Inflation failed(String why) {
        return new Inflation("= " + why, Payload.NONE);
    }
}
