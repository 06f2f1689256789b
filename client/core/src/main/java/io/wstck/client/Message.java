package io.wstck.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Objects;

/** A received message, assembled from its fragments (RFC 6455 §5.4). */
public sealed interface Message {
    /** {@return the payload without a copy} The receiver owns the array. */
    byte[] bytes();

    /** A text message; its payload is valid UTF-8 (RFC 6455 §5.6). */
    final class Text implements Message {
        private final byte[] utf8;

        /**
         * Wraps the payload without a copy; it must be valid UTF-8.
         *
         * @param utf8 valid UTF-8
         */
        public Text(byte[] utf8) {
            this.utf8 = Objects.requireNonNull(utf8, "utf8");
        }

        @Override
        public byte[] bytes() {
            return utf8;
        }

        /** {@return the payload as a string; each call decodes it} */
        public String text() {
            return new String(utf8, UTF_8);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Text that && Arrays.equals(utf8, that.utf8);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(utf8);
        }

        @Override
        public String toString() {
            return "Text[" + utf8.length + " bytes]";
        }
    }

    /** A binary message. */
    final class Binary implements Message {
        private final byte[] data;

        /**
         * Wraps the payload without a copy.
         *
         * @param data the payload
         */
        public Binary(byte[] data) {
            this.data = Objects.requireNonNull(data, "data");
        }

        @Override
        public byte[] bytes() {
            return data;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary that && Arrays.equals(data, that.data);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "Binary[" + data.length + " bytes]";
        }
    }
}
