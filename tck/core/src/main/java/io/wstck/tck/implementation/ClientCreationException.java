package io.wstck.tck.implementation;

/** The client's own code threw while the client was created. It counts as a failure of the client, not of the kit. */
public final class ClientCreationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClientCreationException(Throwable cause) {
        super("the client could not be made: " + cause, cause);
    }
}
