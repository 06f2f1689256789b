package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.wstck.server.head.JournalHeads;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The compressed messages that a journal has only as frames: those that do not inflate, and those that a scenario wrote frame by frame.
 * Of every other one the journal has a {@code message} entry with its content. Immutable.
 */
final class Inflations {
    private static final int CONTROL = 8;

    private final IdentityHashMap<JsonNode, Inflation> byFrame;

    private Inflations(IdentityHashMap<JsonNode, Inflation> byFrame) {
        this.byFrame = byFrame;
    }

    /** What one side of a connection has sent. */
    private record Sender(int connection, String direction) {}

    static Inflations of(List<JsonNode> entries) {
        Map<Integer, DeflateParameters> negotiated = new HashMap<>();
        Map<Sender, List<CompressedMessage>> sent = new HashMap<>();
        for (JsonNode entry : entries) {
            int connection = entry.path("connection").asInt();
            Sender sender = new Sender(connection, entry.path("direction").asText());
            switch (entry.path("type").asText()) {
                case "response" ->
                    JournalHeads.deflate(entry).ifPresent(parameters -> negotiated.put(connection, parameters));
                case "frame" -> frame(entry, sent.computeIfAbsent(sender, _ -> new ArrayList<>()));
                case "message" -> told(entry, sent.getOrDefault(sender, List.of()));
                default -> {}
            }
        }
        IdentityHashMap<JsonNode, Inflation> byFrame = new IdentityHashMap<>();
        sent.forEach((sender, messages) -> {
            Optional<DeflateParameters> parameters = Optional.ofNullable(negotiated.get(sender.connection()))
                    .map(both -> sender.direction().equals("in") ? both : swapped(both));
            inflate(parameters, messages, byFrame);
        });
        return new Inflations(byFrame);
    }

    Optional<Inflation> after(JsonNode frame) {
        return Optional.ofNullable(byFrame.get(frame));
    }

    private static void frame(JsonNode entry, List<CompressedMessage> messages) {
        int opcode = entry.path("opcode").asInt();
        if (opcode >= CONTROL) {
            return;
        }
        if (opcode != 0) {
            // A message that begins inside another one ends that.
            if (!messages.isEmpty() && messages.getLast().isOpen()) {
                messages.removeLast();
            }
            if (PayloadWords.isCompressed(entry)) {
                messages.add(new CompressedMessage());
            }
        }
        if (!messages.isEmpty() && messages.getLast().isOpen()) {
            messages.getLast().add(entry);
        }
    }

    /** The entry of a message stands right behind its last frame. */
    private static void told(JsonNode entry, List<CompressedMessage> messages) {
        if (entry.path("compressed").asBoolean() && !messages.isEmpty()) {
            messages.getLast().markTold();
        }
    }

    private static void inflate(
            Optional<DeflateParameters> parameters,
            List<CompressedMessage> messages,
            IdentityHashMap<JsonNode, Inflation> byFrame) {
        List<CompressedMessage> complete =
                messages.stream().filter(message -> !message.isOpen()).toList();
        if (complete.stream().allMatch(CompressedMessage::isTold)) {
            return;
        }
        if (parameters.isEmpty()) {
            complete.forEach(message -> byFrame.put(
                    message.lastFrame(),
                    new Inflation("= no permessage-deflate was negotiated: not inflated", Moment.Payload.NONE)));
            return;
        }
        MessageReplay replay = new MessageReplay(parameters.get());
        int last = complete.size();
        while (complete.get(last - 1).isTold()) {
            last--;
        }
        for (CompressedMessage message : complete.subList(0, last)) {
            Inflation inflation = replay.next(message);
            if (!message.isTold()) {
                byFrame.put(message.lastFrame(), inflation);
            }
        }
    }

    /** For an inflater that is made for what the client sends. */
    private static DeflateParameters swapped(DeflateParameters both) {
        return new DeflateParameters(
                both.clientTakeover(), both.serverTakeover(), both.clientWindowBits(), both.serverWindowBits());
    }
}
