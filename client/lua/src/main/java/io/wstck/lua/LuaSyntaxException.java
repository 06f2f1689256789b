package io.wstck.lua;

/** Reports to the host program that the source text of a {@link LuaScript} is not valid Lua, with file and line. */
public final class LuaSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #file()}. */
    private final String file;
    /** The value of {@link #line()}. */
    private final int line;
    /** The value of {@link #message()}. */
    private final String message;

    LuaSyntaxException(String file, int line, String message, Throwable cause) {
        super(file + ":" + line + ": " + message, cause);
        this.file = file;
        this.line = line;
        this.message = message;
    }

    /** {@return the name of the script} */
    public String file() {
        return file;
    }

    /** {@return the line, from 1} */
    public int line() {
        return line;
    }

    /** {@return the message without file and line} */
    public String message() {
        return message;
    }
}
