package io.wstck.lua;

import static io.wstck.lua.Scripts.eval;
import static org.assertj.core.api.Assertions.assertThat;

import com.softwaremill.jox.Channel;
import io.wstck.lua.channel.LuaChannels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
}
