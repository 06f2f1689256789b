package io.wstck.server.scenario;

import io.wstck.server.scenario.Step.Answer;
import io.wstck.server.scenario.Step.Carriage;
import io.wstck.server.scenario.Step.CloseForm;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Coding;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.deflate.Inflated.Reach;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** Plays the steps that wait for the client. The player's thread only. */
final class Expectations {
    private final Link link;
    private final Inbox inbox;
    private final ScriptSignal script;
    /** How long the step that is played may take. */
    private Duration limit = Duration.ZERO;

    Expectations(Link link, Inbox inbox, ScriptSignal script) {
        this.link = link;
        this.inbox = inbox;
        this.script = script;
    }

    StepResult play(Step.Expectation step) throws InterruptedException {
        Deadline within = Deadline.in(step.within());
        limit = step.within();
        Inbox.Deadlines deadlines = switch (step.patience()) {
            case SCRIPT_AND_GRACE -> () -> within.earlier(script.grace());
            case OUTLASTS_SCRIPT -> () -> within;
        };
        return switch (step) {
            case Step.ExpectMessage message -> message(message, deadlines);
            case Step.ExpectPing ping -> ping(ping, deadlines);
            case Step.ExpectPong pong -> pong(pong, deadlines);
            case Step.ExpectClose close -> close(close, deadlines);
            case Step.ExpectFailed failed -> failed(failed, deadlines);
            case Step.ExpectEnd _ -> end(deadlines);
            case Step.ExpectRequest _ -> request(deadlines);
            case Step.ExpectUnread unread -> unread(unread, deadlines);
            case Step.Fence fence -> fence(fence, deadlines);
        };
    }

    /** Events of that kind, and those after which none can come. */
    private static Predicate<Inbound> kind(Class<? extends Inbound> kind) {
        return event -> kind.isInstance(event)
                || event instanceof Inbound.Close
                || event instanceof Inbound.Ended
                || event instanceof Inbound.Untaken
                || event instanceof Inbound.Broken
                || event instanceof Inbound.TooEarly
                || event instanceof Inbound.RequestTooLong;
    }

    private String describe(Optional<Inbound> event) {
        if (event.isPresent()) {
            return describe(event.get());
        }
        if (link.over()) {
            return "nothing: the connection had ended";
        }
        return script.ended() ? "nothing, and the script has ended" : "nothing within " + inWords(limit);
    }

    /** An end of TCP says whether the client had sent a close frame before it. */
    private String describe(Inbound event) {
        return event instanceof Inbound.Ended ended && link.clientClose().isPresent()
                ? ended.describeAfter(link.clientClose().get())
                : event.describe();
    }

    private static String inWords(Duration time) {
        long millis = time.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private StepResult unexpected(String expected, Optional<Inbound> event) throws InterruptedException {
        boolean overdue = event.isEmpty() && !link.over();
        StepResult result =
                overdue ? StepResult.overdue(expected, describe(event)) : StepResult.failed(expected, describe(event));
        if (event.isPresent()) {
            inbox.giveUp(event.get());
        }
        return result;
    }

    private StepResult message(Step.ExpectMessage step, Inbox.Deadlines deadlines) throws InterruptedException {
        StringJoiner expected = new StringJoiner(" ");
        expected.add("a");
        step.coding().ifPresent(coding -> expected.add(coding == Carriage.COMPRESSED ? "compressed" : "plain"));
        step.reach().ifPresent(reach -> expected.add(reach == Reach.ALONE ? "independent" : "dependent"));
        expected.add(step.type().map(type -> type.id() + " message").orElse("message"));
        step.payload().ifPresent(payload -> expected.add(payload.content().toString()));
        step.size().ifPresent(size -> expected.add("of " + size + " bytes"));
        step.sha256().ifPresent(sha256 -> expected.add("with SHA-256 " + sha256));
        Optional<Inbound> event = inbox.await(kind(Inbound.Data.class), deadlines);
        if (event.isEmpty() || !(event.get() instanceof Inbound.Data data)) {
            return unexpected(expected.toString(), event);
        }
        return matches(step, data.message())
                ? StepResult.met(expected.toString(), data.describe())
                : StepResult.failed(expected.toString(), data.describe());
    }

    private static boolean matches(Step.ExpectMessage step, Message message) {
        Bytes content = message.content();
        return step.type().map(type -> type == message.type()).orElse(true)
                && step.coding().map(coding -> coding == Carriage.of(message)).orElse(true)
                && step.reach().map(reach -> reach == reachOf(message)).orElse(true)
                && step.payload()
                        .map(payload -> payload.content().equals(content))
                        .orElse(true)
                && step.size().orElse(content.length()) == content.length()
                && step.sha256()
                        .map(sha256 -> sha256.equalsIgnoreCase(content.sha256()))
                        .orElse(true);
    }

    /** A plain message needs no other. */
    private static Reach reachOf(Message message) {
        return message.coding() instanceof Coding.Deflated deflated
                ? deflated.reach().orElse(Reach.ALONE)
                : Reach.ALONE;
    }

    private StepResult ping(Step.ExpectPing step, Inbox.Deadlines deadlines) throws InterruptedException {
        String expected =
                "a ping" + step.payload().map(payload -> " " + payload).orElse("");
        Optional<Inbound> event = inbox.await(kind(Inbound.Ping.class), deadlines);
        if (event.isEmpty() || !(event.get() instanceof Inbound.Ping ping)) {
            return unexpected(expected, event);
        }
        if (step.answer() == Answer.ANSWERED) {
            inbox.giveUp(ping);
        }
        return step.payload().map(ping.payload()::equals).orElse(true)
                ? StepResult.met(expected, ping.describe())
                : StepResult.failed(expected, ping.describe());
    }

    private StepResult pong(Step.ExpectPong step, Inbox.Deadlines deadlines) throws InterruptedException {
        String expected =
                "a pong" + step.payload().map(payload -> " " + payload).orElse("");
        Predicate<Inbound> wanted = step.payload().map(Expectations::pongOf).orElse(_ -> true);
        Optional<Inbound> event = inbox.await(kind(Inbound.Pong.class).and(wanted), deadlines);
        return event.isPresent() && event.get() instanceof Inbound.Pong pong
                ? StepResult.met(expected, pong.describe())
                : unexpected(expected, event);
    }

    private StepResult fence(Step.Fence step, Inbox.Deadlines deadlines) throws InterruptedException {
        Bytes payload = step.payload().orElseGet(Expectations::uniquePayload);
        String expected = "the pong of ping " + payload;
        Written written = link.frame(Opcode.PING, payload);
        Predicate<Inbound> own = kind(Inbound.Pong.class).and(pongOf(payload));
        Optional<Inbound> event = written == Written.SENT ? inbox.await(own, deadlines) : Optional.empty();
        return event.isPresent() && event.get() instanceof Inbound.Pong pong
                ? StepResult.met(expected, pong.describe())
                : unexpected(expected, event);
    }

    /** Leaves out pongs with other payloads: they answer other pings, or none. */
    private static Predicate<Inbound> pongOf(Bytes payload) {
        return event -> !(event instanceof Inbound.Pong pong) || pong.payload().equals(payload);
    }

    static Bytes uniquePayload() {
        return Bytes.utf8(
                "fence-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    }

    private StepResult close(Step.ExpectClose step, Inbox.Deadlines deadlines) throws InterruptedException {
        String expected = describe(step);
        Optional<Inbound> event =
                inbox.await(inbound -> inbound instanceof Inbound.Close || inbound instanceof Inbound.Ended, deadlines);
        if (event.isEmpty() || !(event.get() instanceof Inbound.Close close)) {
            return unexpected(expected, event);
        }
        if (step.answer() == Answer.ANSWERED) {
            inbox.conclude(close.status());
        }
        return matches(step, close.status())
                ? StepResult.met(expected, close.describe())
                : StepResult.failed(expected, close.describe());
    }

    private static String describe(Step.ExpectClose step) {
        StringJoiner expected = new StringJoiner(" ");
        expected.add(step.form() == CloseForm.EMPTY ? "an empty close frame" : "a close frame");
        if (!step.codes().isEmpty()) {
            expected.add("with code "
                    + String.join(
                            " or ",
                            step.codes().stream().sorted().map(String::valueOf).toList()));
        }
        step.reason().ifPresent(reason -> expected.add("with reason \"" + reason + "\""));
        return expected.toString();
    }

    private static boolean matches(Step.ExpectClose step, CloseStatus close) {
        boolean formFits = switch (step.form()) {
            case ANY -> true;
            case EMPTY -> close.payload().length() == 0;
            case WITH_CODE -> close.code().isPresent();
        };
        boolean codeFits = step.codes().isEmpty()
                || (close.code().isPresent()
                        && step.codes().contains(close.code().getAsInt()));
        return formFits
                && codeFits
                && step.reason()
                        .map(reason -> close.reason().equals(Optional.of(reason)))
                        .orElse(true);
    }

    private StepResult failed(Step.ExpectFailed step, Inbox.Deadlines deadlines) throws InterruptedException {
        String code = step.code().isPresent() ? " with code " + step.code().getAsInt() : "";
        String expected = "the connection failed by a close frame" + code + ", or on TCP, and nothing else sent";
        Optional<Inbound> event = inbox.await(this::matters, deadlines);
        if (event.isPresent() && event.get() instanceof Inbound.Close close) {
            inbox.conclude(close.status());
            return step.code().isEmpty() || step.code().equals(close.status().code())
                    ? StepResult.met(expected, close.describe())
                    : StepResult.missed(expected, close.describe());
        }
        if (event.isPresent() && event.get() instanceof Inbound.Ended ended) {
            return step.code().isEmpty()
                    ? StepResult.met(expected, describe(ended))
                    : StepResult.missed(expected, describe(ended));
        }
        return unexpected(expected, event);
    }

    /** All but what a client sends to keep its connection alive, which it may do at any time. */
    private boolean matters(Inbound event) {
        return !(event instanceof Inbound.Request) && !link.keepsAlive(event);
    }

    private StepResult end(Inbox.Deadlines deadlines) throws InterruptedException {
        String expected = "the end of TCP by the client, and no further frame";
        Optional<Inbound> event = inbox.await(this::matters, deadlines);
        return event.isPresent() && event.get() instanceof Inbound.Ended ended
                ? StepResult.met(
                        expected,
                        ended.how() == PeerEnd.ENDED
                                ? "FIN or RST"
                                : ended.how().name())
                : unexpected(expected, event);
    }

    private StepResult unread(Step.ExpectUnread step, Inbox.Deadlines deadlines) throws InterruptedException {
        String expected = "at least " + step.bytes() + " bytes of the client while the server does not read";
        inbox.idle(() -> link.unread() >= step.bytes() ? Deadline.in(Duration.ZERO) : deadlines.now());
        int unread = link.unread();
        if (unread >= step.bytes()) {
            return StepResult.met(expected, expected);
        }
        String actual = unread + " bytes";
        return link.over()
                ? StepResult.failed(expected, actual + ", and the connection had ended")
                : StepResult.overdue(expected, actual);
    }

    private StepResult request(Inbox.Deadlines deadlines) throws InterruptedException {
        String expected = "an HTTP request";
        Optional<Inbound> event = inbox.await(kind(Inbound.Request.class), deadlines);
        if (event.isEmpty() || !(event.get() instanceof Inbound.Request request)) {
            return unexpected(expected, event);
        }
        inbox.remember(request.request());
        return StepResult.met(expected, request.describe());
    }
}
