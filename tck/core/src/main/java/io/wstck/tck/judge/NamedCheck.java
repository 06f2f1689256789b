package io.wstck.tck.judge;

import io.wstck.server.text.FormatWord;

/**
 * The checks with a name: the functions of {@code t} and {@code w} ({@code docs/cases.md}), and the checks of the kit
 * itself. Reports use a noun if the name is known only to authors of cases.
 */
public enum NamedCheck implements CheckKind, FormatWord {
    // Checks of scripts and of both witnesses, made by prelude/script.lua and prelude/checks.lua.
    CALL("call"),
    CONNECT("connect"),
    CONTROL_CONNECTION("control connection"),
    ALIVE("alive", "echo"),
    ATTRIBUTES("attributes"),
    RETURNS("returns", "results of a call"),
    FAILS("fails", "error of a call"),
    FAILS_CONNECTION("fails_connection", "result of connect"),
    MESSAGE("message", "message received"),
    CLOSED("closed", "channel closed"),
    ATTEMPT("attempt", "result of a call"),
    TAKES("takes", "time"),
    TOOK("took", "time"),
    EQUAL("equal", "value"),
    OK("ok", "condition"),
    ACCEPT("accept", "outcome"),
    /** The script ends without an error. */
    ERROR("error"),
    /** The client does not interrupt the thread of the script. */
    INTERRUPT("interrupt"),
    /** The script ends within its limit. */
    TIME_LIMIT("time limit"),
    /** The client's session can be opened. */
    CLIENT_MADE("client made"),
    /** The client's session closes after the case. */
    CLIENT_LET_GO("client let go"),
    // Wire checks, made by prelude/wire.lua.
    CLIENT_CLOSED("client_closed", "close frame of the client"),
    RECEIVED("received", "messages of the client"),
    NO_FRAMES("no_frames", "frames of the client"),
    OFFER("offer", "offered extensions"),
    PINGS("pings", "pings of the client"),
    PONGS("pongs", "pongs of the client"),
    CONNECTIONS("connections"),
    REQUEST("request"),
    ENDED_CLEANLY("ended_cleanly", "closing handshake"),
    SERVER_ENDED_FIRST("server_ended_first"),
    ALONE("alone", "compression without earlier messages"),
    COMPRESSED("compressed", "compression"),
    /** The client has not filled the journal of the server. */
    JOURNAL("journal"),
    /** The client has connected to the servers of its case. */
    REACHED("reached");

    private final String word;
    private final String noun;

    NamedCheck(String word) {
        this(word, word);
    }

    NamedCheck(String word, String noun) {
        this.word = word;
        this.noun = noun;
    }

    @Override
    public String word() {
        return word;
    }

    /** Returns the noun for reports. */
    String noun() {
        return noun;
    }
}
