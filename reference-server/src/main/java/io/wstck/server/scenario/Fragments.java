package io.wstck.server.scenario;

import java.util.ArrayList;
import java.util.List;

/** How a message is cut into frames. */
public sealed interface Fragments {
    /** The sizes of the frames that carry {@code length} bytes; at least one. */
    List<Integer> of(int length);

    /** One frame. */
    record Whole() implements Fragments {
        @Override
        public List<Integer> of(int length) {
            return List.of(length);
        }
    }

    /** Exactly these sizes. */
    record Sizes(List<Integer> sizes) implements Fragments {
        public Sizes {
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

    /** That many bytes a frame, at least 1; the last may be shorter. */
    record Every(int bytes) implements Fragments {
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
