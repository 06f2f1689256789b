package io.wstck.tck.implementation.calls;

import com.softwaremill.jox.ChannelClosed;
import com.softwaremill.jox.Select;
import io.wstck.client.CompressionMode;
import io.wstck.client.ConnectOptions;
import io.wstck.client.Connection;
import io.wstck.client.Message;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.client.security.Policy;
import io.wstck.client.security.Rule;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.PolicyRule;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The bundled client behind the interface for called clients: a client that is known to be correct. */
public final class BundledCalledClient implements CalledClient {
    private static final Duration TICK = Duration.ofMillis(1);

    @Override
    public Description description() {
        Set<Capability> capabilities =
                EnumSet.complementOf(EnumSet.of(Capability.LUA, Capability.CONSTANTS, Capability.WEB, Capability.PAGE));
        return new Description("wstck-client, called", "test", "Java", capabilities);
    }

    @Override
    public CalledConnection connect(ConnectCall call) throws CallFailedException {
        if (call.context() == Context.ABSENT) {
            throw new CallFailedException(
                    ErrorKind.INTERNAL, "no execution context", CallFailedException.Retry.USELESS);
        }
        WebSocketClient.Builder builder = WebSocketClient.builder().policy(policy(call));
        call.trust().ifPresent(builder::trustFile);
        WebSocketClient client = builder.build();
        try {
            return new BundledConnection(client, client.connect(call.url(), options(call.options())));
        } catch (WebSocketException e) {
            client.close();
            throw failed(e);
        } catch (IllegalArgumentException e) {
            client.close();
            throw new CallFailedException(ErrorKind.INVALID, e.getMessage(), CallFailedException.Retry.USELESS);
        }
    }

    private static Policy policy(ConnectCall call) {
        Policy policy = Policy.allowAll();
        for (PolicyRule rule : call.policy().orElse(java.util.List.of())) {
            policy = policy.with(new Rule(
                    Rule.Effect.valueOf(rule.effect().name()),
                    rule.action(),
                    rule.resource().orElse("*")));
        }
        return policy;
    }

    private static ConnectOptions options(CallOptions options) {
        ConnectOptions.Builder builder = ConnectOptions.builder().subprotocols(options.protocols());
        options.headers().forEach(builder::header);
        options.duration("dial_timeout").ifPresent(builder::dialTimeout);
        options.duration("read_timeout").ifPresent(builder::readTimeout);
        options.duration("write_timeout").ifPresent(builder::writeTimeout);
        options.integer("compression").ifPresent(mode -> builder.compression(mode(mode)));
        options.integer("compression_threshold").ifPresent(bytes -> builder.compressionThreshold(number(bytes)));
        options.integer("read_limit").ifPresent(bytes -> builder.readLimit(number(bytes)));
        options.integer("channel_capacity").ifPresent(messages -> builder.channelCapacity(number(messages)));
        return builder.build();
    }

    private static int number(long value) {
        if (value != (int) value) {
            throw new IllegalArgumentException("expected a number in range, got " + value);
        }
        return (int) value;
    }

    private static CompressionMode mode(long number) {
        return switch (number(number)) {
            case 0 -> CompressionMode.DISABLED;
            case 1 -> CompressionMode.CONTEXT_TAKEOVER;
            case 2 -> CompressionMode.NO_CONTEXT;
            default -> throw new IllegalArgumentException("expected a mode of compression, got " + number);
        };
    }

    private static CallFailedException failed(WebSocketException e) {
        return new CallFailedException(
                ErrorKind.valueOf(e.kind().name()),
                e.getMessage(),
                e.retryable() ? CallFailedException.Retry.WORTH_IT : CallFailedException.Retry.USELESS);
    }

    record BundledConnection(WebSocketClient client, Connection connection) implements CalledConnection {
        @Override
        public void send(Optional<MessageType> type, byte[] data) throws CallFailedException {
            attempt(() -> {
                if (type.equals(Optional.of(MessageType.BINARY))) {
                    connection.sendBinary(data);
                } else {
                    connection.sendText(data);
                }
            });
        }

        @Override
        public void ping() throws CallFailedException {
            attempt(connection::ping);
        }

        @Override
        public Received receive(Optional<Duration> wait) throws InterruptedException {
            Object taken;
            if (wait.isEmpty()) {
                taken = connection.messages().receiveOrClosed();
            } else {
                long end = System.nanoTime() + wait.get().toNanos();
                taken = look();
                while (taken.equals(TICK) && System.nanoTime() < end) {
                    Thread.sleep(TICK);
                    taken = look();
                }
            }
            return switch (taken) {
                case Message.Text text -> Received.text(text.bytes());
                case Message.Binary binary -> Received.binary(binary.bytes());
                case ChannelClosed _ -> Received.closed();
                default -> Received.nothing();
            };
        }

        private Object look() throws InterruptedException {
            return Select.<Object>selectOrClosed(
                    connection.messages().receiveClause(message -> (Object) message), Select.defaultClause(TICK));
        }

        @Override
        public void close(OptionalDouble code, Optional<String> reason) throws CallFailedException {
            double number = code.orElse(1000);
            if (number != Math.rint(number)) {
                throw new CallFailedException(
                        ErrorKind.INVALID, "expected an integer, got " + number, CallFailedException.Retry.USELESS);
            }
            attempt(() -> connection.close((int) number, reason.orElse("")));
        }

        @Override
        public void release() {
            client.close();
        }

        private interface Attempt {
            void run() throws WebSocketException;
        }

        private static void attempt(Attempt attempt) throws CallFailedException {
            try {
                attempt.run();
            } catch (WebSocketException e) {
                throw failed(e);
            }
        }
    }
}
