package io.wstck.tck.fuzz;

import io.wstck.client.protocol.Event;
import io.wstck.client.protocol.Violation;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.Rule;
import io.wstck.server.wire.WireEvent;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same frames for the client's protocol core and the reference server, which share no code: what one reads the other reads
 * too, and what the client refuses the server notes. docs/fuzzing.md lists the differences that are intended.
 */
final class ProtocolDifferenceTarget implements FuzzTarget {
    /** Noted about a compressed message that can be read all the same; the client reads it too. */
    private static final Set<Rule> MESSAGE_STILL_READ = EnumSet.of(Rule.DEFLATE_DATA);

    /** What the server notes where the client refuses. Absent are those that the server has no rule for. */
    private static final Map<Violation, Set<Rule>> SAME = Map.ofEntries(
            Map.entry(Violation.RESERVED_BITS, EnumSet.of(Rule.RESERVED_BITS)),
            Map.entry(Violation.RESERVED_OPCODE, EnumSet.of(Rule.RESERVED_OPCODE)),
            Map.entry(Violation.LENGTH_NOT_MINIMAL, EnumSet.of(Rule.LENGTH_NOT_MINIMAL)),
            Map.entry(Violation.LENGTH_TOO_LARGE, EnumSet.of(Rule.LENGTH_TOO_LARGE)),
            // The client judges by the form of the length, before it has come.
            Map.entry(Violation.CONTROL_TOO_LONG, EnumSet.of(Rule.CONTROL_TOO_LONG, Rule.LENGTH_NOT_MINIMAL)),
            Map.entry(Violation.CONTROL_FRAGMENTED, EnumSet.of(Rule.CONTROL_FRAGMENTED)),
            Map.entry(Violation.ORPHAN_CONTINUATION, EnumSet.of(Rule.ORPHAN_CONTINUATION)),
            Map.entry(Violation.NESTED_MESSAGE, EnumSet.of(Rule.NESTED_MESSAGE)),
            Map.entry(Violation.CLOSE_PAYLOAD_TOO_SHORT, EnumSet.of(Rule.CLOSE_PAYLOAD)),
            Map.entry(Violation.CLOSE_REASON_NOT_UTF8, EnumSet.of(Rule.CLOSE_PAYLOAD)),
            Map.entry(Violation.TEXT_NOT_UTF8, EnumSet.of(Rule.TEXT_NOT_UTF8)),
            Map.entry(Violation.COMPRESSED_BIT, EnumSet.of(Rule.RESERVED_BITS)),
            Map.entry(Violation.NOT_DEFLATED, EnumSet.of(Rule.DEFLATE_DATA, Rule.DEFLATE_WINDOW, Rule.DEFLATE_TAIL)));

    @Override
    public void play(byte[] input) {
        FrameInput frames = FrameInput.of(input);
        List<Object> client = ClientFrames.read(frames, Segments.WHOLE);
        compare(client, new ServerReading(ServerFrames.read(frames, Segments.WHOLE)));
    }

    private static void compare(List<Object> client, ServerReading server) {
        for (Object outcome : client) {
            switch (outcome) {
                case Event.MessageReceived(var message) -> {
                    WireEvent.MessageRead read = server.nextMessage(MESSAGE_STILL_READ);
                    boolean text = message instanceof io.wstck.client.Message.Text;
                    Finding.unlessEqual("expected messages of one type", text, ServerReading.isText(read));
                    Finding.unlessEqual(
                            "expected equal messages",
                            Bytes.owning(message.bytes()),
                            read.message().content());
                }
                case Event.PingReceived(var payload) -> same(Opcode.PING, payload, server);
                case Event.PongReceived(var payload) -> same(Opcode.PONG, payload, server);
                case Event.CloseReceived _ -> {
                    var _ = server.nextControl(Opcode.CLOSE);
                    return;
                }
                case Violation violation -> {
                    if (SAME.containsKey(violation)) {
                        server.expectViolation(violation, SAME.get(violation));
                    }
                    return;
                }
                default -> throw new IllegalStateException("expected an event or a violation, got " + outcome);
            }
        }
        server.expectEnd();
    }

    private static void same(int opcode, ByteBuffer payload, ServerReading server) {
        Finding.unlessEqual(
                "expected equal payloads", payload, server.nextControl(opcode).buffer());
    }
}
