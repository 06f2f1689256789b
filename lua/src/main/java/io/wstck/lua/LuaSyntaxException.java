package io.wstck.lua;

/** A source text that is no Lua. */
public final class LuaSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String message;

    LuaSyntaxException(String file, int line, String message, Throwable cause) {
        super(file + ":" + line + ": " + message, cause);
        this.file = file;
        this.line = line;
        this.message = message;
    }

    public String file() {
        return file;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The message without file and line. */
    public String message() {
        return message;
    }
}
