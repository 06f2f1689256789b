package io.wstck.tck.implementation;

/** The client threw while it was made: its failure, not the kit's. */
public final class ClientNotMadeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClientNotMadeException(Throwable cause) {
        super("the client could not be made: " + cause, cause);
    }
}
