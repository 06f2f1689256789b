package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** How long an agent may take to start; one that ends instead is noticed at once. */
final class Starts {
    /** The first start may build or install all that it needs. */
    static final Duration FIRST = Duration.ofMinutes(10);

    /** Whoever takes longer than that to start is said to. */
    static final Duration SOON = Duration.ofSeconds(15);

    /** What had to be built is there then. */
    static final Duration ANOTHER = Duration.ofMinutes(2);

    private Starts() {}

    /** Asks who the agent is; empty when it has not answered in time. */
    static Optional<Answer> awaitHello(LiveAgent agent, ObjectNode request, Duration limit, Consumer<String> notices)
            throws InterruptedException {
        LiveAgent.Call hello = agent.ask(Operation.HELLO, request);
        Optional<Answer> soon = agent.await(hello, SOON);
        if (soon.isPresent()) {
            return soon;
        }
        if (limit.equals(FIRST)) {
            notices.accept(notice("has not answered `hello`"));
        }
        return agent.await(hello, limit.minus(SOON));
    }

    /** What is said of an agent that has not done something soon after its first start. */
    static String notice(String what) {
        return "the agent " + what + " within " + SOON.toSeconds() + " s; it may be building, and has "
                + FIRST.toMinutes() + " min";
    }
}
