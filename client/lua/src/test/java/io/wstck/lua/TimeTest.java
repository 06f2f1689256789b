package io.wstck.lua;

import static io.wstck.lua.Scripts.eval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
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

    @Test
    void theUnitsAreNumbersOfMilliseconds() {
        assertThat(
                        eval(
                                "return time.HOUR, time.MINUTE, time.SECOND, time.MILLISECOND, time.MICROSECOND, time.NANOSECOND * 1e6"))
                .isEqualTo("3600000,60000,1000,1,0.001,1");
        assertThat(eval("time.sleep(2 * time.MILLISECOND) return time.parse_duration(1.5 * time.SECOND)"))
                .isEqualTo("1500");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "'1m30s', 90000",
                "'1.5ms', 1.5",
                "'250us', 0.25",
                "'0', 0",
                "'1h', 3600000",
                "250, 250",
                "0.5, 0.5",
                "'2562047h', 9223369200000"
            })
    void aDurationIsParsedToMilliseconds(String duration, String milliseconds) {
        assertThat(eval("return time.parse_duration(" + duration + ")")).isEqualTo(milliseconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'soon'",
                "''",
                "-1",
                "'-1ns'",
                "0/0",
                "1/0",
                "{}",
                "nil",
                "true",
                "'2562048h'",
                "('1'):rep(200) .. 's'"
            })
    void aDurationThatIsNoneIsReturnedAsAnErrorOrRaised(String duration) {
        assertThat(eval("local d, err = time.parse_duration(" + duration + ") return d, err:kind(), err:retryable()"))
                .isEqualTo("nil,INVALID,false");
        for (String function : new String[] {"after", "sleep"}) {
            assertThat(eval("return pcall(time." + function + ", " + duration + ")"))
                    .startsWith("false,bad argument #1 to '" + function + "' (duration ");
        }
    }

    @Test
    void aTimeIsComparedAndSubtracted() {
        assertThat(
                        eval(
                                "local a = time.now() time.sleep('2ms') local b = time.now() "
                                        + "return a < b, a <= b, b < a, b <= a, a > b, a <= a, a < a, b - a >= 2, a - b <= -2, b:sub(a) == b - a, a - a"))
                .isEqualTo("true,true,false,false,false,true,false,true,true,true,0");
    }

    @Test
    void aTimeIsThatOfTheClock() {
        long before = System.currentTimeMillis();
        String[] shown =
                eval("local t = time.now() return string.format('%d', t:unix()), string.format('%d', t:unix_milli()), tostring(t)")
                        .split(",", -1);
        long after = System.currentTimeMillis();
        assertThat(Long.parseLong(shown[1])).isBetween(before, after);
        assertThat(Long.parseLong(shown[0])).isEqualTo(Long.parseLong(shown[1]) / 1000);
        assertThat(Instant.parse(shown[2]).toEpochMilli()).isEqualTo(Long.parseLong(shown[1]));
    }

    @Test
    void aTimerGivesTheTimeAtWhichItFired() {
        long before = System.currentTimeMillis();
        double fired = Double.parseDouble(eval("return string.format('%d', (time.after('1ms'):receive()))"));
        assertThat(fired).isBetween((double) before, (double) System.currentTimeMillis());
    }

    @Test
    void timersThatAreDueTogetherAllFire() {
        assertThat(
                        eval(
                                "local timers, fired = {}, 0 for i = 1, 100 do timers[i] = time.after('1ms') end "
                                        + "for i = 1, 100 do local _, ok = timers[i]:receive() if ok then fired = fired + 1 end end return fired"))
                .isEqualTo("100");
    }

    @Test
    void aTimerThatIsDueAtOnceFires() {
        assertThat(eval("local _, ok = time.after(0):receive() time.sleep(0) return ok"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time.since(1) | bad argument #1 to 'since' (time expected, got number)",
                "time.since() | bad argument #1 to 'since' (time expected, got no value)",
                "time.now() - 1 | bad argument #2 to '-' (time expected, got number)",
                "time.now() < 1 | bad argument #2 to '<' (time expected, got number)",
                "time.now():sub() | bad argument #2 to 'sub' (time expected, got no value)",
                "time.now().unix({}) | bad argument #1 to 'unix' (time expected, got table)",
                "time.after('1h'):send(1) | this channel can only be received from",
                "time.after('1h'):close() | this channel can only be received from",
            })
    void aWrongArgumentIsNamed(String call, String message) {
        assertThat(eval("return pcall(function() local x = " + call + " end)"))
                .isEqualTo("false,test.lua:1: " + message);
    }
}
