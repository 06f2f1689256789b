package io.wstck.tck.fuzz;

import io.wstck.client.protocol.ProtocolEvent;
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
 * The same frames for the client's protocol core and the reference server, which share no code. Both must read the same
 * messages. For each violation of the client the server must note a rule. docs/fuzzing.md lists the intended
 * differences.
 */
final class ProtocolDifferenceTarget implements FuzzTarget {
    /** Rules about a compressed message that both can still read. */
    private static final Set<Rule> MESSAGE_STILL_READ = EnumSet.of(Rule.DEFLATE_DATA);

    /** The rules that the server notes for a violation of the client. A violation without a rule is absent. */
    private static final Map<Violation, Set<Rule>> SAME = Map.ofEntries(
            Map.entry(Violation.RESERVED_BITS, EnumSet.of(Rule.RESERVED_BITS)),
            Map.entry(Violation.RESERVED_OPCODE, EnumSet.of(Rule.RESERVED_OPCODE)),
            Map.entry(Violation.LENGTH_NOT_MINIMAL, EnumSet.of(Rule.LENGTH_NOT_MINIMAL)),
            Map.entry(Violation.LENGTH_TOO_LARGE, EnumSet.of(Rule.LENGTH_TOO_LARGE)),
            // The client checks the form of the length before it has read the length.
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
        List<Object> client = ClientFrames.read(frames, ReadSizes.WHOLE);
        compare(client, new ServerEvents(ServerFrames.read(frames, ReadSizes.WHOLE)));
    }

    private static void compare(List<Object> client, ServerEvents server) {
        for (Object outcome : client) {
            switch (outcome) {
                case ProtocolEvent.MessageReceived(var message) -> {
                    WireEvent.MessageRead read = server.nextMessage(MESSAGE_STILL_READ);
                    boolean text = message instanceof io.wstck.client.Message.Text;
                    FuzzFinding.unlessEqual("expected messages of one type", text, ServerEvents.isText(read));
                    FuzzFinding.unlessEqual(
                            "expected equal messages",
                            Bytes.owning(message.bytes()),
                            read.message().content());
                }
                case ProtocolEvent.PingReceived(var payload) -> same(Opcode.PING, payload, server);
                case ProtocolEvent.PongReceived(var payload) -> same(Opcode.PONG, payload, server);
                case ProtocolEvent.CloseReceived _ -> {
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

    private static void same(int opcode, ByteBuffer payload, ServerEvents server) {
        FuzzFinding.unlessEqual(
                "expected equal payloads", payload, server.nextControl(opcode).buffer());
    }
}
