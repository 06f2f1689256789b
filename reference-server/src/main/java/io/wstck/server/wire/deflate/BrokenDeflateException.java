package io.wstck.server.wire.deflate;

/** Reports that the client's bytes are not a valid DEFLATE stream. The message tells the problem. */
final class BrokenDeflateException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenDeflateException(String problem) {
        super(problem);
    }
}
