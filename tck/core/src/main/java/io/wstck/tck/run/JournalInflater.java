package io.wstck.tck.run;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.InflateResult;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.MessageInflater;
import io.wstck.tck.run.TimelineEntry.Extent;
import io.wstck.tck.run.TimelineEntry.Payload;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Inflates the messages of one sender again in their order, as far as the journal has their bytes. Not thread-safe. */
final class JournalInflater {
    /** The maximum inflated size of a message in bytes. Only its beginning is shown. */
    private static final int MAX_MESSAGE_BYTES = 256 << 10;

    /** The maximum inflated size of all messages in bytes. It limits the work that a client can cause. */
    private static final long MAX_TOTAL_BYTES = 2 << 20;

    private final DeflateParameters parameters;
    private MessageInflater inflater;
    /** Whether an earlier message could not be inflated. Later messages may refer to its content. */
    private boolean lacksHistory;

    private long inflatedBytes;

    JournalInflater(DeflateParameters parameters) {
        this.parameters = parameters;
        this.inflater = new MessageInflater(parameters, MAX_MESSAGE_BYTES);
    }

    InflatedMessage next(CompressedMessage message) {
        Optional<Bytes> payload = message.payload();
        if (payload.isEmpty()) {
            forgetHistory();
            return failed("compressed message, not inflated: the journal keeps only its beginning");
        }
        int length = payload.get().length();
        if (inflatedBytes > MAX_TOTAL_BYTES) {
            return failed("compressed message of " + length + " bytes, not inflated: those before it were too many");
        }
        return switch (inflater.inflate(payload.get())) {
            case InflateResult.InflatedContent whole -> {
                inflatedBytes += whole.content().length();
                yield inflated(length, whole);
            }
            case InflateResult.TooLong tooLong -> {
                forgetHistory();
                inflatedBytes += tooLong.limit();
                yield failed("compressed message of " + length + " bytes, not shown: it inflates to more than "
                        + tooLong.limit() + " bytes");
            }
            case InflateResult.InvalidDeflate _
            when lacksHistory ->
                failed("compressed message of " + length
                        + " bytes, not inflated: the journal does not keep the messages before it whole");
            case InflateResult.InvalidDeflate broken -> failed(details(broken.violations()));
        };
    }

    private void forgetHistory() {
        inflater = new MessageInflater(parameters, MAX_MESSAGE_BYTES);
        lacksHistory = true;
    }

    private static InflatedMessage inflated(int length, InflateResult.InflatedContent whole) {
        String wrong = whole.violations().isEmpty() ? "" : " (" + details(whole.violations()) + ")";
        return new InflatedMessage(
                "= compressed message of " + length + " bytes, inflated to "
                        + whole.content().length() + wrong,
                PayloadExcerpt.of(whole.content().toArray(), Extent.WHOLE));
    }

    private static String details(List<Violation> violations) {
        return violations.stream().map(Violation::detail).collect(Collectors.joining("; "));
    }

    private static InflatedMessage failed(String why) {
        return new InflatedMessage("= " + why, Payload.NONE);
    }
}
