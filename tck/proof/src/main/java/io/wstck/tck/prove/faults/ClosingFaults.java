package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.luaAndWire;
import static io.wstck.tck.prove.faults.FaultFactory.wire;
import static io.wstck.tck.prove.faults.FrameTamperings.sent;
import static io.wstck.tck.prove.faults.FrameTamperings.where;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Faults of client:close and of the closing handshake that the client starts. Stateless. */
final class ClosingFaults {
    private ClosingFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "close.default-1001",
                        breaks("close.default"),
                        "close() without a code sends 1001",
                        "function client:close(code, reason) return self.real:close(code or 1001, reason) end"),
                lua(
                        "close.returns-nothing",
                        breaks("close.default"),
                        "close returns nothing",
                        "function client:close(code, reason) self.real:close(code, reason) end"),
                lua(
                        "close.always-1000",
                        breaks("close.code-and-reason", "close.documented-codes", "close.application-codes"),
                        "close sends 1000 whatever code it is given",
                        "function client:close(code, reason) return self.real:close(1000, reason) end"),
                lua(
                        "close.reason-dropped",
                        breaks("close.code-and-reason"),
                        "the reason is not sent",
                        "function client:close(code) return self.real:close(code) end"),
                lua(
                                "close.reason-ascii",
                                breaks("close.code-and-reason"),
                                "characters of the reason that are not ASCII are dropped",
                                "function client:close(code, reason) return self.real:close(code, reason and reason:gsub(\"[\\128-\\255]\", \"\") or nil) end")
                        .exclusive(),
                lua(
                        "close.reason-cut-at-100",
                        breaks("close.reason-limit"),
                        "the reason ends after 100 bytes",
                        "function client:close(code, reason) return self.real:close(code, reason and reason:sub(1, 100)) end"),
                lua(
                        "close.application-codes-refused",
                        breaks("close.application-codes"),
                        "codes above 3999 are refused",
                        """
                        function client:close(code, reason)
                          if code and code > 3999 then
                            return false, errors.new { kind = errors.INVALID, message = "close code", retryable = false }
                          end
                          return self.real:close(code, reason)
                        end
                        """),
                luaAndWire(
                        "close.sends-reserved-codes",
                        breaks("close.unsendable"),
                        "1004, 1005, 1006 and 1015 are sent as they are",
                        """
                        function client:close(code, reason)
                          local reserved = code == 1004 or code == 1005 or code == 1006 or code == 1015
                          return self.real:close(reserved and code + 3000 or code, reason)
                        end
                        """,
                        sent(where(
                                frame -> frame.is(RelayedFrame.CLOSE)
                                        && frame.closeCode().orElse(0) > 4000,
                                frame -> frame.withCloseCode(frame.closeCode().orElseThrow() - 3000)))),
                luaAndWire(
                        "close.reason-too-long",
                        breaks("close.reason-limit"),
                        "a reason of more than 123 bytes is sent",
                        """
                        function client:close(code, reason)
                          if reason and #reason > 123 then return self.real:close(code, "long") end
                          return self.real:close(code, reason)
                        end
                        """,
                        sent(where(
                                frame -> frame.is(RelayedFrame.CLOSE)
                                        && reason(frame).equals("long"),
                                frame -> frame.withPayload(Arrays.copyOf(frame.payload(), 126))))),
                lua(
                        "close.earlier-channel-left-open",
                        breaks("close.channel", "receive.closed"),
                        "close() does not close a channel that the script obtained before it",
                        """
                        local close = client.close
                        function client:close(...)
                          local ok, err = close(self, ...)
                          if ok then self.closed = true end
                          return ok, err
                        end
                        -- Asking for the channel again after the close puts it right: only the earlier one is left open.
                        function client:channel()
                          self.asked = self.closed
                          self.tapped = self.tapped or kit.tap(self.real:channel(), function(real)
                            if self.closed and not self.asked then return channel.new():receive() end
                            return real:receive()
                          end)
                          return self.tapped
                        end
                        """),
                lua(
                        "close.channel-left-open",
                        breaks("close.channel", "receive.closed"),
                        "close() does not close the channel",
                        """
                        function client:close(...)
                          self.channel = function() return channel.new() end
                          return self.real:close(...)
                        end
                        function client:channel()
                          local real, this = self.real:channel(), self
                          return kit.tap(real, function()
                            if rawget(this, "channel") then return channel.new():receive() end
                            return real:receive()
                          end)
                        end
                        """),
                lua(
                        "close.no-channel-after",
                        breaks("close.channel-after"),
                        "client:channel() after close() raises",
                        """
                        local close, channel_of = client.close, client.channel
                        function client:close(...)
                          self.closed = true
                          return close(self, ...)
                        end
                        function client:channel()
                          if self.closed then error("the connection is closed") end
                          return channel_of(self)
                        end
                        """),
                lua(
                        "close.unsendable-hangs",
                        breaks("close.unanswered"),
                        "close() with a code that cannot be sent does not return",
                        """
                        function client:close(code, reason)
                          if code == 1004 or code == 1005 or code == 1006 or code == 1015 then channel.new():receive() end
                          return self.real:close(code, reason)
                        end
                        """),
                lua(
                        "close.after-remote-raises",
                        breaks("close.after-remote", "examples.chat", "examples.price-stream"),
                        "close() on a connection that the server has closed raises",
                        """
                        function client:close(...)
                          if not self.real:ping() then error("already closed") end
                          return self.real:close(...)
                        end
                        """),
                wire(
                        "close.without-frame",
                        breaks("close.default", "close.code-and-reason", "close.handshake"),
                        "close ends TCP without a close frame",
                        CloseWithoutFrame::new),
                wire(
                        "close.twice",
                        breaks("close.twice", "close.default"),
                        "two close frames are sent",
                        CloseTwice::new),
                wire(
                        "close.sends-after",
                        breaks("close.handshake"),
                        "a message follows the close frame",
                        MessageAfterClose::new),
                wire(
                        "close.pong-withheld",
                        breaks("close.handshake"),
                        "pings are not answered after the close frame",
                        NoPongAfterClose::new),
                wire(
                        "close.tcp-left-open",
                        breaks("close.unanswered"),
                        "TCP stays open when the server does not answer the close frame",
                        TcpLeftOpen::new),
                wire(
                        "close.does-not-wait",
                        breaks("close.handshake"),
                        "TCP is ended right after the close frame",
                        TcpEndAfterCloseFrame::new),
                wire(
                        "close.ends-tcp-first",
                        breaks("close.server-ends-tcp"),
                        "TCP is ended as soon as both close frames were sent",
                        TcpEndAfterBothCloses::new),
                wire(
                        "close.ends-tcp-after-answer",
                        breaks("close.server-ends-tcp"),
                        "TCP is ended right after the answer to the server's close frame",
                        TcpEndAfterCloseAnswer::new),
                wire(
                        "close.waits-for-ever-for-tcp",
                        breaks("close.server-ends-tcp"),
                        "TCP stays open when the server does not end it after both close frames",
                        TcpLeftOpenAfterBothCloses::new));
    }

    private static String reason(RelayedFrame close) {
        return close.payload().length < 2
                ? ""
                : new String(close.payload(), 2, close.payload().length - 2, StandardCharsets.UTF_8);
    }

    private static final class CloseWithoutFrame implements Tampering {
        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (frame.is(RelayedFrame.CLOSE)) {
                wire.endToServer(RelayOutput.TcpEnding.FIN);
                wire.toClient(RelayedFrame.toClient(RelayedFrame.CLOSE, frame.payload()));
            } else {
                wire.toServer(frame);
            }
        }
    }

    private static final class CloseTwice implements Tampering {
        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            wire.toServer(frame);
            if (frame.is(RelayedFrame.CLOSE)) {
                wire.toServer(frame);
            }
        }
    }

    private static final class MessageAfterClose implements Tampering {
        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            wire.toServer(frame);
            if (frame.is(RelayedFrame.CLOSE)) {
                wire.toServer(RelayedFrame.toServer(RelayedFrame.TEXT, new byte[0]));
            }
        }
    }

    private static final class NoPongAfterClose implements Tampering {
        private boolean closing;

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (closing && frame.is(RelayedFrame.PONG)) {
                return;
            }
            if (frame.is(RelayedFrame.CLOSE)) {
                closing = true;
            }
            wire.toServer(frame);
        }
    }

    private static final class TcpLeftOpen implements Tampering {
        @Override
        public void endedByClient(RelayOutput.TcpEnding how, RelayOutput wire) {
            // The server does not learn of the end.
        }
    }

    private static final class TcpEndAfterCloseAnswer implements Tampering {
        private volatile boolean answering;

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            answering |= frame.is(RelayedFrame.CLOSE);
            wire.toClient(frame);
        }

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            boolean ends = frame.is(RelayedFrame.CLOSE) && answering;
            wire.toServer(frame);
            if (ends) {
                wire.endToServer(RelayOutput.TcpEnding.FIN);
            }
        }
    }

    private static final class TcpLeftOpenAfterBothCloses implements Tampering {
        private volatile boolean closedByServer;

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            closedByServer |= frame.is(RelayedFrame.CLOSE);
            wire.toClient(frame);
        }

        @Override
        public void endedByClient(RelayOutput.TcpEnding how, RelayOutput wire) throws IOException {
            if (!closedByServer) {
                wire.endToServer(how);
            }
        }
    }

    private static final class TcpEndAfterBothCloses implements Tampering {
        private final AtomicInteger closes = new AtomicInteger();

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            wire.toClient(frame);
            count(frame, wire);
        }

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            wire.toServer(frame);
            count(frame, wire);
        }

        private void count(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (frame.is(RelayedFrame.CLOSE) && closes.incrementAndGet() == 2) {
                wire.endToServer(RelayOutput.TcpEnding.FIN);
            }
        }
    }

    private static final class TcpEndAfterCloseFrame implements Tampering {
        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            wire.toServer(frame);
            if (frame.is(RelayedFrame.CLOSE)) {
                wire.endToServer(RelayOutput.TcpEnding.FIN);
            }
        }
    }
}
