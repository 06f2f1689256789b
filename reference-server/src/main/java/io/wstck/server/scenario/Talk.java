package io.wstck.server.scenario;

import io.wstck.server.scenario.Conversation.Turn;
import io.wstck.server.wire.Deadline;
import java.util.Optional;

/** Plays {@link Step.Converse}. The player's thread only. */
final class Talk {
    private final Link link;
    private final Inbox inbox;
    private final Sender sender;
    private final ScriptSignal script;

    Talk(Link link, Inbox inbox, Sender sender, ScriptSignal script) {
        this.link = link;
        this.inbox = inbox;
        this.sender = sender;
        this.script = script;
    }

    StepResult play(Step.Converse step) throws InterruptedException {
        Conversation conversation = step.conversation();
        String said = "nothing";
        while (true) {
            Deadline quiet = Deadline.in(step.quiet());
            Optional<Inbound> event = inbox.await(Inbound::concernsMessages, () -> quiet.earlier(script.grace()));
            Turn turn;
            if (event.isPresent() && event.get() instanceof Inbound.Data data) {
                said = data.describe();
                turn = conversation.onMessage(data.message());
            } else if (event.isEmpty() && !link.over() && !script.ended()) {
                turn = conversation.onQuiet();
            } else {
                return left(conversation, said, event);
            }
            if (say(turn) != Written.SENT) {
                return left(conversation, said, Optional.empty());
            }
            switch (turn.next()) {
                case GO_ON -> {}
                case DONE -> {
                    return StepResult.met(conversation.expected(), said);
                }
                case REFUSED -> {
                    return StepResult.failed(conversation.expected(), said);
                }
            }
        }
    }

    private Written say(Turn turn) throws InterruptedException {
        for (Step.Send send : turn.sends()) {
            Written written = sender.send(send);
            if (written != Written.SENT) {
                return written;
            }
        }
        return link.flush();
    }

    private StepResult left(Conversation conversation, String said, Optional<Inbound> event)
            throws InterruptedException {
        String actual = said + ", then "
                + event.map(Inbound::describe)
                        .orElse(script.ended() ? "the script had ended" : "the connection had ended");
        if (event.isPresent()) {
            inbox.giveUp(event.get());
        }
        return conversation.onLeaving() == Conversation.Next.DONE
                ? StepResult.metAndOver(conversation.expected(), actual)
                : StepResult.failed(conversation.expected(), actual);
    }
}
