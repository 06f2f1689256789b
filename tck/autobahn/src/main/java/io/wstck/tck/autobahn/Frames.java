package io.wstck.tck.autobahn;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import io.wstck.tck.autobahn.exchange.OutFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Makes bytes and frames for several sections of cases. */
final class Frames {
    private Frames() {}

    static Bytes hex(String digits) {
        return Bytes.owning(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** The same byte {@code count} times. */
    static Bytes repeated(int value, int count) {
        byte[] all = new byte[count];
        Arrays.fill(all, (byte) value);
        return Bytes.owning(all);
    }

    /** The first {@code length} bytes of a repeated {@code pattern}. */
    static Bytes cycled(Bytes pattern, int length) {
        byte[] unit = pattern.toArray();
        byte[] all = new byte[length];
        for (int at = 0; at < length; at += unit.length) {
            System.arraycopy(unit, 0, all, at, Math.min(unit.length, length - at));
        }
        return Bytes.owning(all);
    }

    static Bytes joined(Bytes... parts) {
        int length = Arrays.stream(parts).mapToInt(Bytes::length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (Bytes part : parts) {
            part.buffer().get(all, at, part.length());
            at += part.length();
        }
        return Bytes.owning(all);
    }

    /** The first frame of a fragmented message. */
    static OutFrame first(MessageType type, Bytes payload) {
        return OutFrame.of(Fin.MORE, type.opcode(), payload);
    }

    static OutFrame middle(Bytes payload) {
        return OutFrame.of(Fin.MORE, Opcode.CONTINUATION, payload);
    }

    static OutFrame last(Bytes payload) {
        return OutFrame.of(Fin.LAST, Opcode.CONTINUATION, payload);
    }

    /** A message in frames with these payloads, at least two. */
    static OutFrame[] fragments(MessageType type, List<Bytes> payloads) {
        List<OutFrame> frames = new ArrayList<>();
        frames.add(first(type, payloads.getFirst()));
        payloads.subList(1, payloads.size() - 1).forEach(payload -> frames.add(middle(payload)));
        frames.add(last(payloads.getLast()));
        return frames.toArray(OutFrame[]::new);
    }

    /** The bytes of {@code whole}, one piece for each byte. */
    static List<Bytes> singly(Bytes whole) {
        List<Bytes> pieces = new ArrayList<>();
        for (int i = 0; i < whole.length(); i++) {
            pieces.add(whole.slice(i, i + 1));
        }
        return pieces;
    }
}
