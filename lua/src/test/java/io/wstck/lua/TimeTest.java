package io.wstck.lua;

import static io.wstck.lua.Scripts.eval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The module time, and durations. */
@Timeout(60)
class TimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "time.after('50ms'):receive()",
                "time.sleep('50ms')",
                "time.sleep(50)",
                "channel.select { time.after('1h'):case_receive(), time.after('50ms'):case_receive() }"
            })
    void timeIsNeverEarly(String wait) {
        long start = System.nanoTime();
        eval(wait);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(50), Duration.ofSeconds(20));
    }

    @Test
    void aTimerFiresOnce() {
        assertThat(eval("local t = time.after(1) local _, ok = t:receive() "
                        + "local r = channel.select { t:case_receive(), default = true } return ok, r.default"))
                .isEqualTo("true,true");
    }

    @Test
    void selectTellsWhichTimerHasFired() {
        assertThat(eval("local late, soon = time.after('1h'), time.after('10ms') "
                        + "local r = channel.select { late:case_receive(), soon:case_receive() } "
                        + "return r.channel == soon"))
                .isEqualTo("true");
    }

    @Test
    void timersThatHaveNotFiredAreBounded() {
        assertThat(eval("return pcall(function() while true do time.after('1h') end end)"))
                .contains("timers that have not fired");
    }

    @Test
    void theClockTellsElapsedMilliseconds() {
        assertThat(eval("local t = time.now() time.sleep(20) local u = time.now() "
                        + "return u - t >= 20, u:sub(t) < 20000, time.since(t) >= 20, t < u, t:unix() > 1.6e9"))
                .isEqualTo("true,true,true,true,true");
    }

    @ParameterizedTest
    @CsvSource({
        "5s, PT5S",
        "1m30s, PT1M30S",
        "1.5h, PT1H30M",
        "100ms, PT0.1S",
        "250us, PT0.00025S",
        "250µs, PT0.00025S",
        "250μs, PT0.00025S",
        "7ns, PT0.000000007S",
        "0, PT0S",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "+2s, PT2S",
        "0s, PT0S",
        "1h1m1s1ms1us1ns, PT1H1M1.001001001S",
        "0.1s, PT0.1S",
        "-0s, PT0S"
    })
    void goDurationsAreRead(String text, Duration expected) {
        assertThat(LuaDuration.parse(LuaStrings.of(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "abc", "", "-1s", "1s ", "1 s", "s", "1.2.3s", ".s", "1S", "1e3s", "9999999h", "٣s"})
    void whatIsNoDurationIsNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LuaDuration.parse(LuaStrings.of(text)))
                .withMessageContaining('"' + text + '"')
                .withMessageContaining("expected");
    }

    @Test
    void numbersAreMilliseconds() {
        assertThat(LuaDuration.parse(LuaValue.valueOf(1500))).isEqualTo(Duration.ofMillis(1500));
        assertThat(LuaDuration.parse(LuaValue.valueOf(0.5))).isEqualTo(Duration.ofNanos(500_000));
        for (LuaValue bad : new LuaValue[] {
            LuaValue.valueOf(-1),
            LuaValue.valueOf(Double.NaN),
            LuaValue.valueOf(1e300),
            new LuaTable(),
            LuaValue.TRUE,
            LuaValue.NIL
        }) {
            assertThatIllegalArgumentException().isThrownBy(() -> LuaDuration.parse(bad));
        }
    }

    @Test
    void aBadDurationIsAnArgumentError() {
        assertThat(eval("return pcall(time.after, 'soon')")).contains("bad argument #1 to 'after'", "\"soon\"");
        assertThat(eval("local d, err = time.parse_duration('soon') return d, err:kind(), time.parse_duration('1.5s')"))
                .isEqualTo("nil,INVALID,1500");
    }
}
