package io.wstck.tck.run;

import io.wstck.server.head.JournalHeads;
import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The compressed messages for which a journal has only frames: messages that do not inflate, and messages that a
 * scenario wrote frame by frame. For every other message the journal has a {@code message} entry with its content.
 * Immutable.
 */
final class InflatedMessages {
    private final IdentityHashMap<JournalEntry.Frame, InflatedMessage> byFrame;

    private InflatedMessages(IdentityHashMap<JournalEntry.Frame, InflatedMessage> byFrame) {
        this.byFrame = byFrame;
    }

    /** One side of a connection. */
    private record Sender(int connection, Direction direction) {
        static Sender of(JournalEntry.Traffic sent) {
            return new Sender(sent.connection(), sent.direction());
        }
    }

    static InflatedMessages of(List<JournalEntry> entries) {
        Map<Integer, DeflateParameters> negotiated = new HashMap<>();
        Map<Sender, List<CompressedMessage>> sent = new HashMap<>();
        for (JournalEntry entry : entries) {
            switch (entry) {
                case JournalEntry.ResponseSent answer ->
                    JournalHeads.deflate(answer)
                            .ifPresent(parameters -> negotiated.put(answer.connection(), parameters));
                case JournalEntry.Frame frame ->
                    frame(frame, sent.computeIfAbsent(Sender.of(frame), _ -> new ArrayList<>()));
                case JournalEntry.DataMessage message ->
                    markLast(message, sent.getOrDefault(Sender.of(message), List.of()));
                default -> {}
            }
        }
        IdentityHashMap<JournalEntry.Frame, InflatedMessage> byFrame = new IdentityHashMap<>();
        sent.forEach((sender, messages) -> {
            Optional<DeflateParameters> parameters = Optional.ofNullable(negotiated.get(sender.connection()))
                    .map(both -> sender.direction() == Direction.IN ? both : both.mirrored());
            inflate(parameters, messages, byFrame);
        });
        return new InflatedMessages(byFrame);
    }

    Optional<InflatedMessage> after(JournalEntry.Frame frame) {
        return Optional.ofNullable(byFrame.get(frame));
    }

    private static void frame(JournalEntry.Frame frame, List<CompressedMessage> messages) {
        int opcode = frame.header().opcode();
        if (Opcode.isControl(opcode)) {
            return;
        }
        boolean open = !messages.isEmpty() && messages.getLast().isOpen();
        if (opcode == Opcode.CONTINUATION) {
            if (open) {
                messages.getLast().add(frame);
            }
            return;
        }
        if (open) {
            // A message that begins inside another message ends the outer one.
            messages.removeLast();
        }
        if (frame.hasRsv1()) {
            messages.add(new CompressedMessage(frame));
        }
    }

    /** Marks the last message of the sender. The entry of a message comes directly after its last frame. */
    private static void markLast(JournalEntry.DataMessage message, List<CompressedMessage> messages) {
        if (message.coding() instanceof MessageCoding.Deflated && !messages.isEmpty()) {
            messages.getLast().markInJournal();
        }
    }

    private static void inflate(
            Optional<DeflateParameters> parameters,
            List<CompressedMessage> messages,
            IdentityHashMap<JournalEntry.Frame, InflatedMessage> byFrame) {
        List<CompressedMessage> complete =
                messages.stream().filter(message -> !message.isOpen()).toList();
        if (complete.stream().allMatch(CompressedMessage::isInJournal)) {
            return;
        }
        if (parameters.isEmpty()) {
            complete.forEach(message -> byFrame.put(
                    message.lastFrame(),
                    new InflatedMessage(
                            "= no permessage-deflate was negotiated: not inflated", TimelineEntry.Payload.NONE)));
            return;
        }
        JournalInflater replay = new JournalInflater(parameters.get());
        int last = complete.size();
        while (complete.get(last - 1).isInJournal()) {
            last--;
        }
        for (CompressedMessage message : complete.subList(0, last)) {
            InflatedMessage inflation = replay.next(message);
            if (!message.isInJournal()) {
                byFrame.put(message.lastFrame(), inflation);
            }
        }
    }
}
