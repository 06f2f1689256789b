package io.wstck.lua;

import static io.wstck.lua.Scripts.eval;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The module json. */
class JsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ type = 'join', room = 7 } | {\"room\":7,\"type\":\"join\"}",
                "{ 1, 2, 3 } | [1,2,3]",
                "{} | {}",
                "json.array() | []",
                "{ a = json.array {} } | {\"a\":[]}",
                "{ 1, json.null, 3 } | [1,null,3]",
                "nil | null",
                "true | true",
                "1e15 | 1000000000000000",
                "3.5 | 3.5",
                "-0.1 | -0.1",
                "3.0 | 3",
                "'a\"\\n\\0' | \"a\\\"\\n\\u0000\"",
                "'\\240\\159\\152\\128' | \"😀\"",
            })
    void valuesAreEncoded(String lua, String json) {
        assertThat(eval("return json.encode(" + lua + ")")).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "print",
                "{ 1, x = 2 }",
                "{ [1] = 1, [3] = 3 }",
                "{ [1.5] = 1 }",
                "0/0",
                "1/0",
                "'\\255'",
                "{ [true] = 1 }",
                "{ ['\\255'] = 1 }",
                "channel.new()"
            })
    void whatHasNoJsonIsAnError(String lua) {
        assertThat(eval("local s, err = json.encode(" + lua + ") return s, err:kind(), err:retryable()"))
                .isEqualTo("nil,INVALID,false");
    }

    @Test
    void circlesAreAnError() {
        assertThat(eval("local t = {} t.t = t local s, err = json.encode(t) return s, err:kind()"))
                .isEqualTo("nil,INVALID");
        assertThat(
                        eval(
                                "local t = {} for i = 1, 50 do t = { t, t } end local s, err = json.encode(t) return s, err:kind()"))
                .isEqualTo("nil,INVALID");
    }

    @Test
    void jsonIsDecoded() {
        assertThat(eval("local v = json.decode('{\"a\":[1,2.5,\"x\",true,null],\"b\":{},\"c\":12345678901}') "
                        + "return v.a[1], v.a[2], v.a[3], v.a[4], v.a[5], type(v.b), v.c"))
                .isEqualTo("1,2.5,x,true,nil,table,12345678901");
        assertThat(eval("return json.encode(json.decode('[]')), json.encode(json.decode('{}')), json.decode('null')"))
                .isEqualTo("[],{},nil");
        assertThat(eval("return json.decode('\"\\\\ud83d\\\\ude00\"')")).isEqualTo("😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{} x", "'a'", "nul", "01", "\\255", "\"\\255\"", "NaN"})
    void whatIsNoJsonIsAnError(String text) {
        assertThat(eval("local v, err = json.decode([==[" + text.replace("\\255", "]==] .. '\\255' .. [==[")
                        + "]==]) return v, err:kind()"))
                .isEqualTo("nil,INVALID");
    }

    @Test
    void longTextsAreKept() {
        assertThat(eval(
                        "local s = ('\"\\n\u00e9\ud83d\ude00'):rep(5e4) local t = json.decode(json.encode { s, { [s:sub(1, 900)] = s } }) "
                                + "return #s, t[1] == s, t[2][s:sub(1, 900)] == s"))
                .isEqualTo("400000,true,true");
    }

    @Test
    void aNameThatIsTooLongIsAnError() {
        assertThat(eval("local v, err = json.decode('{\"' .. ('x'):rep(2e7) .. '\":1}') return v, err:kind()"))
                .isEqualTo("nil,INVALID");
    }

    @Test
    void tooManyValuesAreAnError() {
        assertThat(eval("local v, err = json.decode('[' .. ('1,'):rep(1e6) .. '1]') return v, err:kind()"))
                .isEqualTo("nil,INVALID");
    }

    @Test
    void depthIsBounded() {
        assertThat(eval("local v, err = json.decode(('['):rep(1e6)) return v, err:kind()"))
                .isEqualTo("nil,INVALID");
    }
}
