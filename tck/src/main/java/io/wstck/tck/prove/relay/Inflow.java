package io.wstck.tck.prove.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One direction of a connection as it is read: heads first, frames after the last of them. One thread. */
final class Inflow {
    /** A longer head is no head: its bytes go through as they are. */
    private static final int MAX_HEAD = 64 << 10;

    private final Target target;
    private Stage stage = Stage.HEAD;
    private byte[] held = new byte[64 << 10];
    private int length;

    /** How far the end of the head was looked for. */
    private int searched;

    /** What comes next. */
    enum Stage {
        HEAD,
        FRAMES,
        /** Bytes that are neither: they go through. */
        BYTES
    }

    /** Where what was read goes. */
    interface Target {
        /** Something was read. */
        void heard() throws IOException;

        /** Hands on a head; returns what follows it. */
        Stage head(Head head) throws IOException;

        void frames(List<Frame> frames) throws IOException;

        void bytes(byte[] bytes) throws IOException;

        /** The end came inside a frame. */
        void cut(byte[] partial) throws IOException;
    }

    Inflow(Target target) {
        this.target = target;
    }

    void feed(byte[] chunk, int count) throws IOException {
        append(chunk, count);
        target.heard();
        if (stage == Stage.HEAD) {
            heads();
        }
        if (stage == Stage.FRAMES) {
            frames();
        }
        if (stage == Stage.BYTES && length > 0) {
            target.bytes(take(length));
        }
    }

    /** No more comes: hands on what is held. */
    void end() throws IOException {
        if (length == 0) {
            return;
        }
        byte[] rest = take(length);
        if (stage == Stage.FRAMES) {
            target.cut(rest);
        } else {
            target.bytes(rest);
        }
    }

    private void heads() throws IOException {
        int end = endOfHead();
        while (stage == Stage.HEAD && end > 0) {
            searched = 0;
            stage = target.head(Head.of(take(end)));
            end = endOfHead();
        }
        if (stage == Stage.HEAD && length > MAX_HEAD) {
            stage = Stage.BYTES;
        }
    }

    private int endOfHead() {
        for (int index = Math.max(3, searched - 3); index < length; index++) {
            if (held[index] == '\n' && held[index - 1] == '\r' && held[index - 2] == '\n' && held[index - 3] == '\r') {
                return index + 1;
            }
        }
        searched = length;
        return -1;
    }

    private void frames() throws IOException {
        List<Frame> whole = new ArrayList<>();
        int at = 0;
        FrameCodec.Read read = FrameCodec.read(held, at, length);
        while (read instanceof FrameCodec.Read.Whole(Frame frame, int bytes)) {
            whole.add(frame);
            at += bytes;
            read = FrameCodec.read(held, at, length);
        }
        take(at);
        if (!whole.isEmpty()) {
            target.frames(whole);
        }
        if (read instanceof FrameCodec.Read.TooLong) {
            stage = Stage.BYTES;
        }
    }

    private void append(byte[] chunk, int count) {
        if (length + count > held.length) {
            held = Arrays.copyOf(held, Math.max(held.length * 2, length + count));
        }
        System.arraycopy(chunk, 0, held, length, count);
        length += count;
    }

    private byte[] take(int count) {
        byte[] taken = Arrays.copyOf(held, count);
        System.arraycopy(held, count, held, 0, length - count);
        length -= count;
        return taken;
    }
}
