package io.wstck.server.scenario;

import java.util.ArrayList;
import java.util.List;

/** The way in which a message is split into frames. */
public sealed interface Fragmentation {
    /** The sizes of the frames that carry {@code length} bytes; at least one frame. */
    List<Integer> of(int length);

    /** The message is one frame. */
    record SingleFrame() implements Fragmentation {
        @Override
        public List<Integer> of(int length) {
            return List.of(length);
        }
    }

    /** The frames have exactly these sizes. */
    record ExplicitSizes(List<Integer> sizes) implements Fragmentation {
        public ExplicitSizes {
            sizes = List.copyOf(sizes);
        }

        long sum() {
            return sizes.stream().mapToLong(Integer::longValue).sum();
        }

        @Override
        public List<Integer> of(int length) {
            return sizes;
        }
    }

    /** Each frame has {@code bytes} bytes, at least 1. The last may be shorter. */
    record EqualSizes(int bytes) implements Fragmentation {
        @Override
        public List<Integer> of(int length) {
            List<Integer> sizes = new ArrayList<>();
            int left = length;
            do {
                sizes.add(Math.min(left, bytes));
                left -= bytes;
            } while (left > 0);
            return sizes;
        }
    }
}
