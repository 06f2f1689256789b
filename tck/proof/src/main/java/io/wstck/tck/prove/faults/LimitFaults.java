package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.luaAndWire;
import static io.wstck.tck.prove.faults.FaultFactory.refused;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** Faults of read_limit and channel_capacity. Stateless. */
final class LimitFaults {
    private LimitFaults() {}

    static List<Fault> all() {
        return Stream.of(readLimit(), capacity()).flatMap(List::stream).toList();
    }

    private static List<Fault> readLimit() {
        String moved = RelayedOption.number("read_limit");
        return List.of(
                lua(
                        "read-limit.ignored",
                        breaks("options.read-limit.exceeded", "options.read-limit.early"),
                        "read_limit is ignored",
                        connecting("options.read_limit = nil")),
                lua(
                        "read-limit.one-less",
                        breaks("options.read-limit.within"),
                        "a message of exactly the limit is too big",
                        connecting(
                                "if (options.read_limit or 0) > 1 then options.read_limit = options.read_limit - 1 end")),
                lua(
                                "read-limit.one-less-plain",
                                breaks("options.read-limit.within"),
                                "without compression a message of exactly the limit is too big",
                                connecting("""
                                if (options.read_limit or 0) > 1 and not options.compression then
                                  options.read_limit = options.read_limit - 1
                                end
                                """))
                        .exclusive(),
                lua(
                        "read-limit.one-more",
                        breaks("options.read-limit.exceeded", "options.read-limit.early"),
                        "a message of one byte more than the limit is delivered",
                        connecting("options.read_limit = options.read_limit and options.read_limit + 1")),
                lua(
                                "read-limit.one-more-inflated",
                                breaks("options.read-limit.exceeded"),
                                "with compression a message of one byte more than the limit is delivered",
                                connecting("""
                                if options.read_limit and (options.compression or 0) > 0 then
                                  options.read_limit = options.read_limit + 1
                                end
                                """))
                        .exclusive(),
                luaAndWire(
                        "read-limit.of-compressed-size",
                        breaks("options.read-limit.exceeded", "rfc7692.inflate.bomb"),
                        "read_limit is compared with the compressed size of a message",
                        moved,
                        () -> new RelayedReadLimit(Measure.MESSAGE)),
                luaAndWire(
                        "read-limit.of-each-fragment",
                        breaks("options.read-limit.exceeded", "options.read-limit.early"),
                        "read_limit is compared with the size of each fragment",
                        moved,
                        () -> new RelayedReadLimit(Measure.FRAME)),
                luaAndWire(
                        "read-limit.late",
                        breaks("options.read-limit.early"),
                        "read_limit is checked only when a message is complete",
                        moved,
                        () -> new RelayedReadLimit(Measure.WHOLE_MESSAGE)),
                wire(
                        "read-limit.of-lower-half",
                        breaks("options.read-limit.exceeded"),
                        "only the lower 32 bits of a length are read and compared with read_limit",
                        () -> new TruncatedLength(_ -> true)),
                lua(
                        "read-limit.at-most-32-mib",
                        breaks("options.read-limit.large"),
                        "a read_limit above 32 MiB is reduced to 32 MiB",
                        connecting(
                                "options.read_limit = options.read_limit and math.min(options.read_limit, 33554432)")),
                refused(
                                "read-limit.128-mb-refused",
                                "options.read-limit.large",
                                "a read_limit of 128 MB is refused",
                                "(options.read_limit or 0) >= 128000000")
                        .exclusive());
    }

    private static List<Fault> capacity() {
        String clause = "options.channel-capacity";
        return List.of(
                lua(
                        "channel-capacity.unbounded",
                        breaks("options.channel-capacity.backpressure"),
                        "the channel holds any number of messages",
                        connecting("options.channel_capacity = 10000")),
                lua(
                        "channel-capacity.drops",
                        breaks(clause),
                        "messages that arrive while the channel is full are lost",
                        filling("if #queue < capacity then queue[#queue + 1] = r.value end")),
                lua(
                        "channel-capacity.reorders",
                        breaks(clause),
                        "messages that arrive while the channel is full are delivered first",
                        filling("table.insert(queue, #queue < capacity and #queue + 1 or 1, r.value)")),
                refused(
                        "channel-capacity.1-refused",
                        clause,
                        "a channel_capacity of 1 is refused",
                        "options.channel_capacity == 1"),
                refused(
                                "channel-capacity.10000-refused",
                                clause,
                                "a channel_capacity of 10000 is refused",
                                "options.channel_capacity == 10000")
                        .exclusive());
    }

    /**
     * A fault script that fills its own channel from an unlimited one. The argument runs when a message arrives;
     * {@code r.value} has the message.
     */
    private static String filling(String arrived) {
        return """
                local capacities, queues, connect = {}, {}, module.connect
                function module.connect(url, given)
                  if type(given) ~= "table" or not given.channel_capacity then return connect(url, given) end
                  local options = {}
                  for name, value in pairs(given) do options[name] = value end
                  options.channel_capacity = 10000
                  local made, err = connect(url, options)
                  if made then
                    capacities[made.real:channel()], queues[made.real:channel()] = given.channel_capacity, {}
                  end
                  return made, err
                end
                local function receive(real)
                  local capacity, queue = capacities[real], queues[real]
                  local r = { default = not capacity }
                  while not r.default do
                    r = channel.select { real:case_receive(), default = true }
                    if r.default or not r.ok then break end
                    ARRIVED
                  end
                  if queue and #queue > 0 then return table.remove(queue, 1), true end
                  return real:receive()
                end
                function client:channel() return kit.tap(self.real:channel(), receive) end
                """.replace("ARRIVED", arrived);
    }

    /** The size that is compared with the limit. */
    private enum Measure {
        /** The message so far, at each of its frames. */
        MESSAGE,
        /** Each frame by itself. */
        FRAME,
        /** The complete message. */
        WHOLE_MESSAGE
    }

    /** Applies the read limit in the relay, on the bytes on the wire (see {@link RelayedOption}). */
    private static final class RelayedReadLimit implements Tampering {
        private static final short MESSAGE_TOO_BIG = 1009;

        private final Measure measure;

        /** Written with the request and read after its response. The server's response orders the two threads. */
        private volatile double limit = Double.MAX_VALUE;

        /** The number of bytes of the message so far. Used only by the thread that reads from the server. */
        private long length;

        RelayedReadLimit(Measure measure) {
            this.measure = measure;
        }

        @Override
        public HttpHead request(HttpHead head) {
            limit = RelayedOption.value(head).orElse(Double.MAX_VALUE);
            return RelayedOption.without(head);
        }

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (frame.isData() && exceeded(frame)) {
                byte[] code = ByteBuffer.allocate(2).putShort(MESSAGE_TOO_BIG).array();
                wire.toServer(RelayedFrame.toServer(RelayedFrame.CLOSE, code));
                wire.endToServer(RelayOutput.TcpEnding.FIN);
                wire.endToClient(RelayOutput.TcpEnding.FIN);
            } else {
                wire.toClient(frame);
            }
        }

        private boolean exceeded(RelayedFrame frame) {
            length = frame.is(RelayedFrame.CONTINUATION) ? length + frame.payload().length : frame.payload().length;
            return switch (measure) {
                case MESSAGE -> length > limit;
                case FRAME -> frame.payload().length > limit;
                case WHOLE_MESSAGE -> frame.fin() && length > limit;
            };
        }
    }
}
