package io.wstck.server.scenario;

import io.wstck.server.scenario.Conversation.Turn;
import io.wstck.server.wire.Deadline;
import java.util.Optional;

/** Plays {@link Step.Converse}. The player's thread only. */
final class ConversationPlayer {
    private final PlayedConnection connection;
    private final EventInbox inbox;
    private final Sender sender;
    private final SessionSignals signals;

    ConversationPlayer(PlayedConnection connection, EventInbox inbox, Sender sender, SessionSignals signals) {
        this.connection = connection;
        this.inbox = inbox;
        this.sender = sender;
        this.signals = signals;
    }

    StepResult play(Step.Converse step) throws InterruptedException {
        Conversation conversation = step.conversation();
        String lastReceived = "nothing";
        while (true) {
            Deadline quiet = Deadline.in(step.timeout());
            Optional<InboundEvent> event =
                    inbox.await(InboundEvent::concernsMessages, () -> quiet.earlier(signals.graceDeadline()));
            Turn turn;
            if (event.isPresent() && event.get() instanceof InboundEvent.ReceivedMessage data) {
                lastReceived = data.describe();
                turn = conversation.onMessage(data.message());
            } else if (event.isEmpty() && !connection.isOver() && !signals.scriptEnded()) {
                turn = conversation.onTimeout();
            } else {
                return resultOfLeaving(conversation, lastReceived, event);
            }
            if (send(turn) != SendResult.SENT) {
                return resultOfLeaving(conversation, lastReceived, Optional.empty());
            }
            switch (turn.outcome()) {
                case CONTINUE -> {}
                case DONE -> {
                    return StepResult.met(conversation.expected(), lastReceived);
                }
                case REFUSED -> {
                    return StepResult.failed(conversation.expected(), lastReceived);
                }
            }
        }
    }

    private SendResult send(Turn turn) throws InterruptedException {
        for (Step.Send send : turn.sends()) {
            SendResult written = sender.send(send);
            if (written != SendResult.SENT) {
                return written;
            }
        }
        return connection.flush();
    }

    private StepResult resultOfLeaving(Conversation conversation, String lastReceived, Optional<InboundEvent> event)
            throws InterruptedException {
        String actual = lastReceived + ", then "
                + event.map(InboundEvent::describe)
                        .orElse(signals.scriptEnded() ? "the script had ended" : "the connection had ended");
        if (event.isPresent()) {
            inbox.answerByDefault(event.get());
        }
        return conversation.onClientGone() == Conversation.TurnOutcome.DONE
                ? StepResult.metAndScenarioOver(conversation.expected(), actual)
                : StepResult.failed(conversation.expected(), actual);
    }
}
