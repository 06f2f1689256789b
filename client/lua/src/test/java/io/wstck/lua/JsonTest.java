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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | 0",
                "-0 | 0",
                "1e0 | 1",
                "1E2 | 100",
                "-1.5e-3 | -0.0015",
                "9007199254740993 | 9.007199254741e+15",
                "1e400 | inf",
                "1e-400 | 0",
                "123456789012345678901234567890 | 1.2345678901235e+29",
                "0.1 | 0.1",
                "[] | []",
                "[1] | [1]",
                "[null] | {}",
                "[[],{}] | [[],{}]",
                "true | true",
                "  [ 1 , 2 ]  | [1,2]",
                "{\"b\":1,\"a\":2} | {\"a\":2,\"b\":1}",
                "{\"a\":1,\"a\":2} | {\"a\":2}",
                "{\"\":1} | {\"\":1}",
                "{\"1\":1} | {\"1\":1}",
                "{\"a\":null} | {}",
            })
    void textsAreDecodedAndEncodedAgain(String text, String shown) {
        assertThat(eval("local v = json.decode('" + text + "') "
                        + "if type(v) == 'table' then return json.encode(v) end return v"))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\\u0041 | A",
                "\\u00e4 | ä",
                "\\u20AC | €",
                "\\uD83D\\uDE00 | 😀",
                "\\u0000 | \\0",
                "\\b\\f\\n\\r\\t | \\b\\f\\n\\r\\t",
                "\\/\\\\\\\" | /\\\\\\\"",
                "ä€😀 | ä€😀",
            })
    void escapesStandForTheirCharacters(String escaped, String lua) {
        assertThat(eval("return json.decode([==[\"" + escaped + "\"]==]) == \"" + lua + "\""))
                .isEqualTo("true");
    }

    @Test
    void controlCharactersAreEscaped() {
        assertThat(eval("return json.encode('\\0\\1\\31\\b\\f\\n\\r\\t\\127/\"\\\\')"))
                .isEqualTo("\"\\u0000\\u0001\\u001F\\b\\f\\n\\r\\t\u007f/\\\"\\\\\"");
        assertThat(eval("local all = {} for i = 0, 127 do all[#all + 1] = string.char(i) end all = table.concat(all) "
                        + "return json.decode(json.encode(all)) == all"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1 2]",
                "[,1]",
                "[1,,2]",
                "{a:1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{1:2}",
                "]",
                "}",
                "\"",
                "\"a",
                "tru",
                "TRUE",
                "None",
                "undefined",
                "+1",
                "-",
                ".5",
                "1.",
                "1e",
                "0x10",
                "Infinity",
                "-Infinity",
                "1 2",
                "[1]]",
                "/* c */ 1",
                "// c",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "\"a\tb\"",
                "\ufeff1"
            })
    void aTextThatIsAlmostJsonIsAnError(String text) {
        assertThat(eval("local v, err = json.decode([==[" + text
                        + "]==]) return v, err:kind(), err:retryable(), #err:message() > 0"))
                .isEqualTo("nil,INVALID,false,true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\192\\128", "\\237\\160\\128", "\\244\\144\\128\\128", "\\195", "\\128", "\\240\\159\\152"})
    void textThatIsNoUtf8IsNeitherReadNorWritten(String bytes) {
        assertThat(eval("local v, err = json.decode('\"" + bytes + "\"') return v, err:kind(), err:message()"))
                .isEqualTo("nil,INVALID,JSON must be valid UTF-8");
        assertThat(eval("local s, err = json.encode('" + bytes + "') return s, err:kind(), err:message()"))
                .isEqualTo("nil,INVALID,a string that is not valid UTF-8 cannot be written as JSON");
    }

    @Test
    void anErrorOfDecodeTellsThePlace() {
        assertThat(eval("local v, err = json.decode('[1,\\n 2,\\n x]') return err:message()"))
                .endsWith("(line 3, column 2)");
        assertThat(eval("local v, err = json.decode('[1, 2') return err:message()"))
                .isEqualTo(
                        "Unexpected end-of-input: expected close marker for Array (start marker at line: 1, column: 1)"
                                + " (line 1, column 6)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2^53 | 9007199254740992",
                "-2^53 | -9007199254740992",
                "2^53 * 4 | 3.602879701896397E16",
                "1e100 | 1.0E100",
                "-1.5 | -1.5",
                "1/3 | 0.3333333333333333",
                "0 | 0",
                "5e-324 | 4.9E-324",
            })
    void numbersAreWrittenSoThatTheyAreReadAsTheSame(String number, String text) {
        assertThat(eval("local n = " + number + " return json.encode(n), json.decode(json.encode(n)) == n"))
                .isEqualTo(text + ",true");
    }

    @Test
    void keysAreWrittenInTheirOrder() {
        assertThat(eval("return json.encode { b = 1, a = 2, ['10'] = 3, ['9'] = 4, [''] = 5, B = 6 }"))
                .isEqualTo("{\"\":5,\"10\":3,\"9\":4,\"B\":6,\"a\":2,\"b\":1}");
    }

    @Test
    void nullLeavesAGapAndTheNullOfTheModuleFillsIt() {
        assertThat(eval("local v = json.decode('[1,null,3]') return v[1], v[2], v[3]"))
                .isEqualTo("1,nil,3");
        assertThat(
                        eval(
                                "return json.encode { a = json.null, b = { json.null } }, json.encode(json.null), tostring(json.null)"))
                .isEqualTo("{\"a\":null,\"b\":[null]},null,null");
        assertThat(eval("local s, err = json.encode { 1, nil, 3 } return s, err:message()"))
                .startsWith("nil,")
                .endsWith("cannot be written as JSON");
    }

    @Test
    void anArrayStaysOneWhileItIsEmpty() {
        assertThat(
                        eval(
                                "local v = json.decode('{\"a\":[]}') v.a[1] = 'x' local full = json.encode(v) v.a[1] = nil return full, json.encode(v)"))
                .isEqualTo("{\"a\":[\"x\"]},{\"a\":[]}");
        assertThat(
                        eval(
                                "local t = {} return json.array(t) == t, json.encode(t), getmetatable(t), (pcall(json.array, 1))"))
                .isEqualTo("true,[],false,false");
    }

    @Test
    void metamethodsAreNotCalled() {
        assertThat(
                        eval(
                                "return json.encode(setmetatable({ a = 1 }, { __index = { b = 2 }, __pairs = error, __tostring = error }))"))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void theSameTableMayStandTwiceInAText() {
        assertThat(eval("local t = { 1 } return json.encode { t, t }")).isEqualTo("[[1],[1]]");
    }

    @Test
    void aMissingOrWrongArgumentIsRaised() {
        assertThat(eval("return pcall(json.decode)"))
                .isEqualTo("false,bad argument #1 to 'decode' (string expected, got no value)");
        assertThat(eval("return pcall(json.decode, {})"))
                .isEqualTo("false,bad argument #1 to 'decode' (string expected, got table)");
        assertThat(eval("return pcall(json.encode)")).isEqualTo("false,bad argument #1 to 'encode' (value expected)");
        assertThat(eval("return json.decode(12), json.encode(nil)")).isEqualTo("12,null");
    }

    @Test
    void asManyValuesAsAllowedAreRead() {
        // The array is a value too.
        assertThat(eval("return #json.decode('[' .. ('1,'):rep(999998) .. '1]')"))
                .isEqualTo("999999");
    }
}
