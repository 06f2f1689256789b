package io.wstck.server.endpoint;

import io.wstck.server.wire.Shown;

/** A parameter of an endpoint is wrong; the message is one sentence for whoever wrote it. */
final class BadQueryException extends Exception {
    private static final long serialVersionUID = 1L;

    BadQueryException(String sentence) {
        super(Shown.sentence(sentence));
    }
}
