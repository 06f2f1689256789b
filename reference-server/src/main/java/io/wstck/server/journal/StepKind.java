package io.wstck.server.journal;

import io.wstck.server.text.FormatWord;

/** The kinds of scenario step, each with its {@code op} in scenarios and journals ({@code docs/scenarios.md}). */
public enum StepKind implements FormatWord {
    SEND_MESSAGE("send-message"),
    SEND_UNTIL_BLOCKED("send-until-blocked"),
    SEND_BYTES_UNTIL_BLOCKED("send-bytes-until-blocked"),
    SEND_FRAME("send-frame"),
    SEND_PING("send-ping"),
    SEND_PONG("send-pong"),
    SEND_CLOSE("send-close"),
    SEND_BYTES("send-bytes"),
    DRIP("drip"),
    EXPECT_MESSAGE("expect-message"),
    EXPECT_PING("expect-ping"),
    EXPECT_PONG("expect-pong"),
    EXPECT_CLOSE("expect-close"),
    EXPECT_FAILED("expect-failed"),
    EXPECT_END("expect-end"),
    EXPECT_REQUEST("expect-request"),
    EXPECT_UNREAD("expect-unread"),
    FENCE("fence"),
    ECHO("echo"),
    CONVERSE("converse"),
    TELL("tell"),
    PAUSE("pause"),
    SIGNAL("signal"),
    AWAIT("await"),
    STOP_READING("stop-reading"),
    RESUME_READING("resume-reading"),
    END_TCP("end-tcp"),
    HANG("hang");

    private final String word;

    StepKind(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** Whether the step names something that it expects of the client. */
    public boolean isExpectation() {
        return switch (this) {
            case EXPECT_MESSAGE,
                    EXPECT_PING,
                    EXPECT_PONG,
                    EXPECT_CLOSE,
                    EXPECT_FAILED,
                    EXPECT_END,
                    EXPECT_REQUEST,
                    EXPECT_UNREAD -> true;
            case SEND_MESSAGE,
                    SEND_UNTIL_BLOCKED,
                    SEND_BYTES_UNTIL_BLOCKED,
                    SEND_FRAME,
                    SEND_PING,
                    SEND_PONG,
                    SEND_CLOSE,
                    SEND_BYTES,
                    DRIP,
                    FENCE,
                    ECHO,
                    CONVERSE,
                    TELL,
                    PAUSE,
                    SIGNAL,
                    AWAIT,
                    STOP_READING,
                    RESUME_READING,
                    END_TCP,
                    HANG -> false;
        };
    }
}
