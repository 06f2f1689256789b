package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Time limits for the start of an agent, and the wait for its answer to {@code hello}. An agent that ends instead is
 * noticed at once.
 */
final class StartupTimeouts {
    /** Limit of the first start, which may build or install the agent. */
    static final Duration FIRST = Duration.ofMinutes(10);

    /** After this time without an answer the user gets a notice. */
    static final Duration NOTICE_AFTER = Duration.ofSeconds(15);

    /** Limit of every further start, when nothing has to be built any more. */
    static final Duration RESTART = Duration.ofMinutes(2);

    private StartupTimeouts() {}

    /** Sends {@code hello} and waits for the answer; empty if it does not come in time. */
    static Optional<Answer> awaitHello(LiveAgent agent, ObjectNode request, Duration limit, Consumer<String> notices)
            throws InterruptedException {
        LiveAgent.Call hello = agent.ask(Operation.HELLO, request);
        Optional<Answer> soon = agent.await(hello, NOTICE_AFTER);
        if (soon.isPresent()) {
            return soon;
        }
        if (limit.equals(FIRST)) {
            notices.accept(notice("has not answered `hello`"));
        }
        return agent.await(hello, limit.minus(NOTICE_AFTER));
    }

    /** The notice about an agent that is slow at its first start. */
    static String notice(String what) {
        return "the agent " + what + " within " + NOTICE_AFTER.toSeconds() + " s; it may be building, and has "
                + FIRST.toMinutes() + " min";
    }
}
