package io.wstck.server.endpoint;

import io.wstck.server.wire.PrintableExcerpt;

/**
 * Reports that a request for an endpoint has a wrong query parameter. The message is a sentence for the user who wrote
 * the URL.
 */
final class BadQueryException extends Exception {
    private static final long serialVersionUID = 1L;

    BadQueryException(String sentence) {
        super(PrintableExcerpt.sentence(sentence));
    }
}
