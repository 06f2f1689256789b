package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.luaAndWire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Faults of the three timeouts. Stateless. */
final class TimeoutFaults {
    private static final List<String> DIAL = breaks("options.dial-timeout");
    private static final List<String> READ = breaks("options.read-timeout");
    private static final List<String> WRITE = breaks("options.write-timeout");

    private TimeoutFaults() {}

    static List<Fault> all() {
        return Stream.of(dial(), read(), write()).flatMap(List::stream).toList();
    }

    private static List<Fault> dial() {
        return List.of(
                lua("dial-timeout.ignored", DIAL, "dial_timeout is ignored", connecting("options.dial_timeout = nil")),
                lua(
                        "dial-timeout.tcp-only",
                        DIAL,
                        "dial_timeout limits only the TCP connect",
                        waitsOn("err:message():find(\"opening handshake\") or err:message():find(\"TLS handshake\")")),
                lua(
                        "dial-timeout.tcp-unbounded",
                        DIAL,
                        "dial_timeout starts when TCP is connected",
                        waitsOn("err:message():find(\"TCP connect\") or err:message():find(\"name lookup\")")),
                lua(
                        "dial-timeout.tls-unbounded",
                        DIAL,
                        "dial_timeout does not limit the TLS handshake",
                        waitsOn("err:message():find(\"TLS handshake\")")),
                lua(
                        "dial-timeout.early",
                        DIAL,
                        "dial_timeout fires after a quarter of its time",
                        early("dial_timeout")),
                lua(
                        "dial-timeout.goes-on",
                        DIAL,
                        "dial_timeout keeps running after connecting and ends the connection",
                        """
                        local ends = {}
                        local connect = module.connect
                        function module.connect(url, options)
                          local after = options and options.dial_timeout and time.after(options.dial_timeout)
                          local made, err = connect(url, options)
                          if made and after then ends[made.real:channel()] = { after = after, made = made } end
                          return made, err
                        end
                        local function receive(real)
                          local limit = ends[real]
                          if not limit then return real:receive() end
                          local r = channel.select { real:case_receive(), limit.after:case_receive() }
                          if r.channel == real then return r.value, r.ok end
                          limit.made.real:close()
                          return nil, false
                        end
                        function client:channel() return kit.tap(self.real:channel(), receive) end
                        """),
                lua("dial-timeout.not-retryable", DIAL, "a dial that takes too long is not worth a retry", """
                        kit.failures(function(err)
                          if not err:message():find("dial timeout") then return err end
                          return errors.new { kind = err:kind(), message = err:message(), retryable = false }
                        end)
                        """)
                        .exclusive());
    }

    /** A fault script in which a connect ignores its timeout if the error names this stage. */
    private static String waitsOn(String stage) {
        return """
                local connect = module.connect
                function module.connect(...)
                  local made, err = connect(...)
                  if not made and err and (err:message():find("dial timeout") or err:message():find("timed out")) and (STAGE) then
                    channel.select { time.after("1h"):case_receive() }
                  end
                  return made, err
                end
                """.replace("STAGE", stage);
    }

    private static List<Fault> read() {
        String moved = RelayedOption.duration("read_timeout");
        return List.of(
                lua("read-timeout.ignored", READ, "read_timeout is ignored", connecting("options.read_timeout = nil")),
                lua(
                        "read-timeout.early",
                        READ,
                        "read_timeout fires after a quarter of its time",
                        early("read_timeout")),
                lua(
                        "read-timeout.by-default",
                        READ,
                        "without the option an idle connection is closed after 1.8 s",
                        connecting("options.read_timeout = options.read_timeout or 1800")),
                luaAndWire(
                        "read-timeout.never-restarted",
                        READ,
                        "read_timeout counts from the beginning of the connection",
                        moved,
                        () -> new RelayedReadTimeout(_ -> false)),
                luaAndWire(
                        "read-timeout.restarted-by-pings",
                        READ,
                        "only pings restart read_timeout",
                        moved,
                        () -> new RelayedReadTimeout(frame -> frame.is(RelayedFrame.PING))),
                luaAndWire(
                                "read-timeout.counts-while-full",
                                READ,
                                "read_timeout counts while the channel is full",
                                moved,
                                () -> new RelayedReadTimeout(_ -> true))
                        .exclusive());
    }

    private static List<Fault> write() {
        return List.of(
                lua(
                        "write-timeout.ignored",
                        WRITE,
                        "write_timeout is ignored",
                        connecting("options.write_timeout = nil")),
                lua(
                        "write-timeout.early",
                        WRITE,
                        "write_timeout fires after a quarter of its time",
                        early("write_timeout")),
                lua(
                        "write-timeout.by-default",
                        WRITE,
                        "without the option a send times out after half a second",
                        connecting("options.write_timeout = options.write_timeout or 500")),
                lua("write-timeout.counts-when-idle", WRITE, "write_timeout counts while nothing is sent", """
                        local connect = module.connect
                        function module.connect(url, options)
                          local made, err = connect(url, options)
                          if made and options and options.write_timeout then
                            made.limit, made.last = time.parse_duration(options.write_timeout), time.now()
                          end
                          return made, err
                        end
                        function client:send(...)
                          if self.limit and time.since(self.last) > self.limit then
                            return false, errors.new { kind = errors.INTERNAL, message = "write timeout", retryable = true }
                          end
                          self.last = self.limit and time.now()
                          return self.real:send(...)
                        end
                        """),
                lua("write-timeout.says-true", WRITE, "a send that could not be written in time returns true", """
                        function client:send(...)
                          local ok, err = self.real:send(...)
                          if not ok and err:message():find("write timeout") then return true end
                          return ok, err
                        end
                        """),
                lua("write-timeout.forgotten", WRITE, "after a write timeout later sends are accepted", """
                        function client:send(...)
                          if self.late then return true end
                          local ok, err = self.real:send(...)
                          self.late = not ok and err:message():find("write timeout")
                          return ok, err
                        end
                        """)
                        .exclusive());
    }

    private static String early(String option) {
        return connecting("""
                if options.OPTION ~= nil then
                  local whole = time.parse_duration(options.OPTION)
                  options.OPTION = whole and whole / 4 or options.OPTION
                end
                """.replace("OPTION", option));
    }

    /**
     * Applies the read timeout in the relay (see {@link RelayedOption}). An arriving frame restarts it even if the
     * client does not read.
     */
    private static final class RelayedReadTimeout implements Tampering {
        private final Predicate<RelayedFrame> restarts;

        /** Written with the request and read after its response. The server's response orders the two threads. */
        private volatile Optional<ResetTimer> timer = Optional.empty();

        private volatile Optional<Duration> timeout = Optional.empty();

        /**
         * @param restarts whether a frame restarts the timeout
         */
        RelayedReadTimeout(Predicate<RelayedFrame> restarts) {
            this.restarts = restarts;
        }

        @Override
        public HttpHead request(HttpHead head) {
            timeout = RelayedOption.value(head).map(millis -> Duration.ofNanos(Math.round(millis * 1e6)));
            return RelayedOption.without(head);
        }

        @Override
        public void requestSent(RelayOutput wire) {
            timer = timeout.map(time -> ResetTimer.start(time, wire));
        }

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (restarts.test(frame)) {
                timer.ifPresent(ResetTimer::restart);
            }
            wire.toClient(frame);
        }

        @Override
        public void close() {
            timer.ifPresent(ResetTimer::close);
        }
    }
}
