package io.wstck.tck.implementation.agent;

import io.wstck.server.text.FormatWord;

/** The operations of the agent protocol. */
enum Operation implements FormatWord {
    HELLO("hello"),
    CONNECT("connect"),
    SEND("send"),
    PING("ping"),
    PARALLEL("parallel"),
    RECEIVE("receive"),
    ECHO("echo"),
    CLOSE("close"),
    ATTRIBUTES("attributes"),
    CONSTANTS("constants"),
    SCRIPT("script"),
    NOOP("noop"),
    END("end");

    private final String word;

    Operation(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
