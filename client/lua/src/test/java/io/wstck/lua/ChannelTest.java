package io.wstck.lua;

import static io.wstck.lua.Scripts.eval;
import static org.assertj.core.api.Assertions.assertThat;

import com.softwaremill.jox.Channel;
import io.wstck.lua.channel.ChannelFiller;
import io.wstck.lua.channel.LuaChannels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaValue;

/** The module channel. */
@Timeout(60)
class ChannelTest {
    @Test
    void valuesComeOutInOrder() {
        assertThat(eval("local c = channel.new(3) c:send(1) c:send('x') c:send(nil) "
                        + "local a, ok = c:receive() return a, ok, c:receive()"))
                .isEqualTo("1,true,x,true");
    }

    @Test
    void aClosedChannelIsDrainedAndThenReportsClosedEveryTime() {
        assertThat(eval("local c = channel.new(2) c:send(1) local first, again = c:close(), c:close() "
                        + "local a, aok = c:receive() local b, bok = c:receive() local d, dok = c:receive() "
                        + "return first, again, a, aok, b, bok, d, dok"))
                .isEqualTo("true,false,1,true,nil,false,nil,false");
    }

    @Test
    void sendingToAClosedChannelReturnsAnError() {
        assertThat(eval("local c = channel.new(1) c:close() local ok, err = c:send(1) return ok, err:kind()"))
                .isEqualTo("false,INVALID");
    }

    @Test
    void selectTellsChannelValueAndOk() {
        assertThat(eval("local a, b = channel.new(1), channel.new(1) b:send('v') "
                        + "local r = channel.select { a:case_receive(), b:case_receive() } "
                        + "return r.channel == b, r.channel == a, r.value, r.ok, r.default"))
                .isEqualTo("true,false,v,true,nil");
        assertThat(eval("local a, b = channel.new(1), channel.new(1) b:close() "
                        + "local r = channel.select { a:case_receive(), b:case_receive() } "
                        + "return r.channel == b, r.value, r.ok"))
                .isEqualTo("true,nil,false");
    }

    @Test
    void selectSendsWhenThereIsRoom() {
        assertThat(eval("local a, b = channel.new(1), channel.new(1) a:send(0) "
                        + "local r = channel.select { a:case_send(1), b:case_send(2) } "
                        + "return r.channel == b, r.ok, b:receive()"))
                .isEqualTo("true,true,2,true");
    }

    @Test
    void selectMayAskOneChannelForSeveralThings() {
        assertThat(eval("local c = channel.new(0) "
                        + "local t = time.after('1ms') "
                        + "local r = channel.select { c:case_receive(), c:case_send(1), c:case_receive(), t:case_receive() } "
                        + "return r.channel == t"))
                .isEqualTo("true");
    }

    @Test
    void selectWithADefaultReturnsAtOnce() {
        assertThat(eval("local r = channel.select { channel.new():case_receive(), default = true } "
                        + "return r.default, r.ok, r.channel"))
                .isEqualTo("true,false,nil");
        assertThat(eval("local c = channel.new(1) c:send(1) "
                        + "local r = channel.select { c:case_receive(), default = true } return r.default, r.value"))
                .isEqualTo("nil,1");
    }

    @Test
    void selectIsFairToChannelsThatAreAllReady() {
        assertThat(eval("local chans, cases, seen = {}, {}, {} "
                        + "for i = 1, 3 do chans[i] = channel.new(300) cases[i] = chans[i]:case_receive() seen[i] = 0 "
                        + "for n = 1, 300 do chans[i]:send(i) end end "
                        + "for n = 1, 300 do local r = channel.select(cases) seen[r.value] = seen[r.value] + 1 end "
                        + "return seen[1], seen[2], seen[3]"))
                .isEqualTo("100,100,100");
    }

    @Test
    void aClosedChannelDoesNotStarveOneWithValues() {
        assertThat(eval("local closed, open = channel.new(1), channel.new(10) closed:close() "
                        + "for i = 1, 10 do open:send(i) end local values = 0 "
                        + "for i = 1, 20 do local r = channel.select { closed:case_receive(), open:case_receive() } "
                        + "if r.ok then values = values + 1 end end return values"))
                .isEqualTo("10");
    }

    @Test
    void aSelectWithoutCasesIsAnError() {
        assertThat(eval("return pcall(channel.select, {})"))
                .startsWith("false,")
                .contains("at least one case");
        assertThat(eval("return pcall(channel.select, { 1 })"))
                .startsWith("false,")
                .contains("must be a case");
    }

    @Test
    void aJavaChannelIsAlwaysTheSameLuaValue() throws Exception {
        Channel<String> source = Channel.newBufferedChannel(2);
        source.send("hello");
        source.done();
        try (LuaSession session = Scripts.HOST.open()) {
            session.globals().set("a", LuaChannels.wrap(session, source, LuaStrings::of));
            session.globals().set("b", LuaChannels.wrap(session, source, LuaStrings::of));
            assertThat(eval(
                            session,
                            "local r = channel.select { a:case_receive() } "
                                    + "return a == b, r.channel == a, r.value, a:receive()"))
                    .isEqualTo("true,true,hello,nil,false");
            assertThat(eval(session, "return pcall(a.send, a, 1)"))
                    .isEqualTo("false,this channel can only be received from");
        }
    }

    @Test
    void aValueFromAnotherThreadWakesASelect() throws Exception {
        Channel<Integer> source = Channel.newRendezvousChannel();
        try (LuaSession session = Scripts.HOST.open()) {
            session.globals().set("numbers", LuaChannels.wrap(session, source, LuaValue::valueOf));
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    source.send(42);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(eval(
                            session,
                            "local r = channel.select { channel.new():case_receive(), numbers:case_receive() } "
                                    + "return r.value"))
                    .isEqualTo("42");
            sender.join();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-1 | bad argument #1 to 'new' (capacity must be 0 to 1000000, got -1)",
                "1000001 | bad argument #1 to 'new' (capacity must be 0 to 1000000, got 1000001)",
                "'x' | bad argument #1 to 'new' (number expected, got string)",
                "{} | bad argument #1 to 'new' (number expected, got table)",
            })
    void aCapacityOutsideItsRangeIsRefused(String capacity, String message) {
        assertThat(eval("return pcall(channel.new, " + capacity + ")")).isEqualTo("false," + message);
    }

    @Test
    void aBufferedChannelTakesAsManyValuesAsItsCapacity() {
        assertThat(eval("local c, sent = channel.new(3), 0 while true do "
                        + "local r = channel.select { c:case_send(sent), default = true } if r.default then break end sent = sent + 1 end "
                        + "local first = c:receive() local again = channel.select { c:case_send('last'), default = true } "
                        + "return sent, first, again.ok, again.default, c:receive(), c:receive(), (c:receive())"))
                .isEqualTo("3,0,true,nil,1,2,last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel.new()", "channel.new(0)", "channel.new(nil)"})
    void aChannelWithoutBufferTakesNoValueUntilSomebodyReceives(String channel) {
        assertThat(eval("local c = " + channel + " local s = channel.select { c:case_send(1), default = true } "
                        + "local r = channel.select { c:case_receive(), default = true } return s.default, r.default"))
                .isEqualTo("true,true");
    }

    @Test
    void valuesOfEveryTypePassUnchanged() {
        assertThat(eval("local c, t, f = channel.new(10), {}, function() end "
                        + "for _, v in ipairs { t, f, 1.5, 'a\\0b', true, false, c, coroutine.create(f) } do c:send(v) assert((c:receive()) == v) end "
                        + "c:send(nil) c:send() return select('#', c:receive()), c:receive()"))
                .isEqualTo("2,nil,true");
    }

    @Test
    void sendingReturnsTrueAndClosingWhetherTheChannelWasOpen() {
        assertThat(eval("local c = channel.new(1) return c:send(1), c:close(), c:close(), (c:send(2))"))
                .isEqualTo("true,true,false,false");
        assertThat(eval("local c = channel.new(1) c:close() local _, err = c:send(1) "
                        + "return err:kind(), err:message(), err:retryable()"))
                .isEqualTo("INVALID,the channel is closed,false");
    }

    @Test
    void aSelectOfAClosedChannelIsReadyAndNotOk() {
        assertThat(eval("local c = channel.new(2) c:send('left') c:close() local results = {} "
                        + "for i = 1, 3 do local r = channel.select { c:case_receive(), default = true } "
                        + "results[i] = tostring(r.value) .. ' ' .. tostring(r.ok) .. ' ' .. tostring(r.default) .. ' ' .. tostring(r.channel == c) end "
                        + "return unpack(results)"))
                .isEqualTo("left true nil true,nil false nil true,nil false nil true");
        assertThat(
                        eval(
                                "local c = channel.new(1) c:close() "
                                        + "local r = channel.select { c:case_send(1), time.after('1h'):case_receive() } return r.channel == c, r.ok, r.value"))
                .isEqualTo("true,false,nil");
    }

    @Test
    void aSelectThatSendsGivesNoValue() {
        assertThat(eval("local c = channel.new(1) local r = channel.select { c:case_send('out') } "
                        + "return r.channel == c, r.value, r.ok, r.default, (c:receive())"))
                .isEqualTo("true,nil,true,nil,out");
    }

    @Test
    void aTimerEndsASelectInWhichNothingArrives() {
        assertThat(eval("local c, timer = channel.new(), time.after('5ms') "
                        + "local r = channel.select { c:case_receive(), c:case_send(1), timer:case_receive() } "
                        + "return r.channel == timer, r.ok, type(r.value), r.default"))
                .isEqualTo("true,true,number,nil");
    }

    @Test
    void aDefaultThatIsFalseIsNone() {
        assertThat(
                        eval(
                                "local timer = time.after('1ms') "
                                        + "local r = channel.select { timer:case_receive(), default = false } return r.channel == timer, r.default"))
                .isEqualTo("true,nil");
    }

    @Test
    void aSelectWithNothingButADefaultTakesIt() {
        assertThat(eval("local r = channel.select { default = true } return r.default, r.ok"))
                .isEqualTo("true,false");
    }

    @Test
    void aSelectHasAThousandCasesAtMost() {
        String cases =
                "local c, cases = channel.new(1), {} c:send('v') for i = 1, n do cases[i] = c:case_receive() end ";
        assertThat(eval("local n = 1000 " + cases + "return channel.select(cases).value"))
                .isEqualTo("v");
        assertThat(eval("local n = 1001 " + cases + "return pcall(channel.select, cases)"))
                .isEqualTo("false,bad argument #1 to 'select' (at most 1000 cases expected, got 1001)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "channel.select() | bad argument #1 to 'select' (table expected, got no value)",
                "channel.select { channel.new() } | bad argument #1 to 'select' (entry 1 must be a case such as ch:case_receive(), got userdata)",
                "channel.new():case_send() | bad argument #2 to 'case_send' (value expected)",
                "channel.new().receive() | bad argument #1 to 'receive' (channel expected, got no value)",
                "channel.new().send({}, 1) | bad argument #1 to 'send' (channel expected, got table)",
                "channel.new().close(errors.new('x')) | bad argument #1 to 'close' (channel expected, got userdata)",
                "channel.new().case_receive(1) | bad argument #1 to 'case_receive' (channel expected, got number)",
            })
    void aWrongArgumentIsNamed(String call, String message) {
        assertThat(eval("return pcall(function() local x = " + call + " end)"))
                .isEqualTo("false,test.lua:1: " + message);
    }

    @Test
    void aChannelHasATextOfItsOwn() {
        assertThat(
                        eval(
                                "local c, d = channel.new(), channel.new() "
                                        + "return tostring(c):match('^channel: 0x%x+$') ~= nil, tostring(c) == tostring(c), tostring(c) == tostring(d)"))
                .isEqualTo("true,true,false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return source:receive()",
                "local r = channel.select { source:case_receive(), time.after('1h'):case_receive() } return r.value, r.ok, r.channel == source",
                "local r = channel.select { channel.new():case_receive(), source:case_receive() } return r.value, r.ok, r.channel == source"
            })
    void aScriptThatIsBlockedHearsThatTheChannelIsClosed(String wait) throws Exception {
        Channel<Integer> source = Channel.newRendezvousChannel();
        try (LuaSession session = Scripts.HOST.open()) {
            session.globals().set("source", LuaChannels.wrap(session, source, LuaValue::valueOf));
            FutureTask<String> script = new FutureTask<>(() -> eval(session, wait));
            Thread thread = Thread.ofPlatform().start(script);
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            source.done();
            assertThat(script.get()).startsWith("nil,false");
        }
    }

    @Test
    void valuesThatCameBeforeTheCloseOfAJavaChannelAreReceivedFirst() throws Exception {
        Channel<Integer> source = Channel.newBufferedChannel(3);
        source.send(1);
        source.send(2);
        source.done();
        try (LuaSession session = Scripts.HOST.open()) {
            session.globals().set("source", LuaChannels.wrap(session, source, LuaValue::valueOf));
            assertThat(eval(
                            session,
                            "local a, aok = source:receive() local r = channel.select { source:case_receive() } "
                                    + "local b, bok = source:receive() return a, aok, r.value, r.ok, b, bok"))
                    .isEqualTo("1,true,2,true,nil,false");
            assertThat(eval(session, "return pcall(source.close, source), pcall(source.case_send, source, 1)"))
                    .startsWith("false,true,");
        }
    }

    @Test
    void aChannelThatIsFilledOnDemandIsAskedByReceiveAndBySelect() {
        Channel<Integer> source = Channel.newBufferedChannel(10);
        List<String> asked = new ArrayList<>();
        ChannelFiller filler = new ChannelFiller() {
            @Override
            public void request() {
                asked.add("request");
                fill();
            }

            @Override
            public void poll() {
                asked.add("poll");
            }

            private void fill() {
                try {
                    source.send(asked.size());
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
        try (LuaSession session = Scripts.HOST.open()) {
            session.globals().set("source", LuaChannels.wrap(session, source, LuaValue::valueOf, filler));
            assertThat(
                            eval(
                                    session,
                                    "local a = source:receive() local b = channel.select { source:case_receive() }.value "
                                            + "local c = channel.select { source:case_receive(), default = true } return a, b, c.default"))
                    .isEqualTo("1,2,true");
        }
        assertThat(asked).containsExactly("request", "request", "poll");
    }
}
