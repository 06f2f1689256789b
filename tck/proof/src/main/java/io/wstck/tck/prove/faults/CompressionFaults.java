package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.refused;
import static io.wstck.tck.prove.faults.FaultFactory.wire;
import static io.wstck.tck.prove.faults.FrameTamperings.sent;
import static io.wstck.tck.prove.faults.FrameTamperings.where;

import io.wstck.server.wire.FrameHeader;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Faults of the compression modes, of the threshold, and of the choice of messages that a client compresses. Stateless.
 */
final class CompressionFaults {
    private static final String TAKEOVER = "options.compression.context-takeover";
    private static final String NO_CONTEXT = "options.compression.no-context";
    private static final String THRESHOLD = "options.compression-threshold";

    private CompressionFaults() {}

    static List<Fault> all() {
        return Stream.of(modes(), declined(), threshold(), deflate())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Fault> modes() {
        return List.of(
                lua(
                        "compression.offered-in-mode-0",
                        breaks("options.compression.disabled"),
                        "permessage-deflate is offered in mode 0 too",
                        connecting("if options.compression == 0 then options.compression = 1 end")),
                wire(
                                "compression.older-extension-offered",
                                breaks("options.compression.disabled"),
                                "without compression the older x-webkit-deflate-frame is offered",
                                HandshakeTamperings.request(head -> head.value(ExtensionHeaderTamperings.HEADER)
                                                .isEmpty()
                                        ? head.withAdded(ExtensionHeaderTamperings.HEADER, "x-webkit-deflate-frame")
                                        : head))
                        .exclusive(),
                lua(
                        "compression.mode-1-without-context",
                        breaks(TAKEOVER),
                        "mode 1 does what mode 2 does",
                        connecting("if options.compression == 1 then options.compression = 2 end")),
                wire(
                                "compression.mode-1-offers-no-context",
                                breaks(TAKEOVER),
                                "mode 1 offers client_no_context_takeover",
                                HandshakeTamperings.request(head -> head.value(ExtensionHeaderTamperings.HEADER)
                                        .filter("permessage-deflate"::equals)
                                        .map(offer -> head.with(
                                                ExtensionHeaderTamperings.HEADER,
                                                offer + "; client_no_context_takeover"))
                                        .orElse(head)))
                        .exclusive(),
                wire(
                        "compression.window-forgotten",
                        breaks(TAKEOVER),
                        "each message is compressed without the window of earlier messages",
                        () -> new ClientMessageTampering() {
                            @Override
                            RelayedFrame changed(DataMessage message) {
                                if (!message.compressed()) {
                                    return message.plain(message.payload());
                                }
                                deflating.resetWindow();
                                return message.compressed(deflating.deflate(
                                        inflating.inflate(message.payload()).data()));
                            }
                        }),
                wire(
                        "compression.never",
                        breaks(TAKEOVER, NO_CONTEXT, THRESHOLD),
                        "compression is offered, and no message is compressed",
                        () -> new ClientMessageTampering() {
                            @Override
                            RelayedFrame changed(DataMessage message) {
                                return message.plain(
                                        message.compressed()
                                                ? inflating
                                                        .inflate(message.payload())
                                                        .data()
                                                : message.payload());
                            }
                        }),
                lua(
                        "compression.mode-2-with-context",
                        breaks(NO_CONTEXT),
                        "mode 2 does what mode 1 does",
                        connecting("if options.compression == 2 then options.compression = 1 end")),
                wire(
                                "compression.mode-2-offers-nothing",
                                breaks(NO_CONTEXT),
                                "mode 2 offers permessage-deflate without a parameter",
                                HandshakeTamperings.request(head -> head.value(ExtensionHeaderTamperings.HEADER)
                                                .isPresent()
                                        ? head.with(ExtensionHeaderTamperings.HEADER, "permessage-deflate")
                                        : head))
                        .exclusive());
    }

    private static List<Fault> declined() {
        String declined = "options.compression.declined";
        return List.of(
                wire(
                        "compression.declined-refused",
                        breaks(declined),
                        "a server that does not accept the offer is refused",
                        HandshakeTamperings.response(ExtensionHeaderTamperings::refused)),
                wire(
                        "compression.though-declined",
                        breaks(declined),
                        "messages are compressed although the server does not accept the offer",
                        () -> new ClientMessageTampering() {
                            @Override
                            RelayedFrame changed(DataMessage message) {
                                return declined()
                                        ? message.compressed(deflating.deflate(message.payload()))
                                        : message.compressed()
                                                ? message.compressed(message.payload())
                                                : message.plain(message.payload());
                            }
                        }));
    }

    private static List<Fault> threshold() {
        String range = "options.compression-threshold.range";
        return List.of(
                lua(
                                "compression-threshold.one-more",
                                breaks(THRESHOLD),
                                "with a threshold above 50 a message of exactly this length is not compressed",
                                connecting("if (options.compression_threshold or 0) > 50 then"
                                        + " options.compression_threshold = options.compression_threshold + 1 end"))
                        .exclusive(),
                lua(
                        "compression-threshold.one-less",
                        breaks(THRESHOLD),
                        "a message one byte shorter than the threshold is compressed",
                        connecting("options.compression_threshold = options.compression_threshold"
                                + " and math.max(0, options.compression_threshold - 1)")),
                lua(
                        "compression-threshold.ignored",
                        breaks(THRESHOLD),
                        "compression_threshold is ignored",
                        connecting("options.compression_threshold = nil")),
                lua(
                        "compression-threshold.always-0",
                        breaks(THRESHOLD),
                        "every message is compressed, whatever the threshold",
                        connecting("if options.compression_threshold then options.compression_threshold = 0 end")),
                refused(
                        "compression-threshold.0-refused",
                        range,
                        "a compression_threshold of 0 is refused",
                        "options.compression_threshold == 0"),
                refused(
                        "compression-threshold.100-mb-refused",
                        range,
                        "a compression_threshold of 100 MB is refused",
                        "options.compression_threshold == 100000000"));
    }

    private static List<Fault> deflate() {
        String client = "rfc7692.deflate.client";
        return List.of(
                wire(
                        "deflate.tail-kept",
                        breaks(client),
                        "the bytes 00 00 ff ff at the end of a compressed message are sent",
                        sent(where(
                                frame -> frame.fin() && (frame.rsv() & FrameHeader.RSV1) != 0,
                                frame -> frame.withPayload(withTail(frame.payload()))))),
                wire(
                        "deflate.client-bits-ignored",
                        breaks(client),
                        "client_max_window_bits is offered, but the largest window is always used",
                        ClientBitsIgnored::new),
                wire(
                        "deflate.rsv1-on-pings",
                        breaks("rfc7692.frames.rsv1-first"),
                        "pings are sent with RSV1",
                        sent(where(frame -> frame.is(RelayedFrame.PING), frame -> frame.withRsv(FrameHeader.RSV1)))));
    }

    private static byte[] withTail(byte[] payload) {
        byte[] longer = Arrays.copyOf(payload, payload.length + 4);
        longer[longer.length - 2] = (byte) 0xff;
        longer[longer.length - 1] = (byte) 0xff;
        return longer;
    }

    /** Removes the parameter from the server's response, because the bundled client cannot offer a window. */
    private static final class ClientBitsIgnored implements Tampering {
        private static final String PARAMETER = "; client_max_window_bits";

        @Override
        public HttpHead request(HttpHead head) {
            return head.withChanged(
                    ExtensionHeaderTamperings.HEADER,
                    offer -> offer.startsWith("permessage-deflate") ? offer + PARAMETER : offer);
        }

        @Override
        public HttpHead response(HttpHead head) {
            return head.withChanged(
                    ExtensionHeaderTamperings.HEADER, answer -> answer.replaceAll(PARAMETER + "=\\d+", ""));
        }
    }
}
