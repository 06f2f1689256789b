package io.wstck.server.wire.deflate;

/** The bytes are no DEFLATE stream; the message says what was met instead. */
final class BrokenDeflateException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenDeflateException(String problem) {
        super(problem);
    }
}
