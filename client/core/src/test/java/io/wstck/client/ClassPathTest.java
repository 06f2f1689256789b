package io.wstck.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client depends neither on Lua nor on a JSON library. */
class ClassPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.luaj.vm2.LuaValue",
                "io.wstck.lua.LuaSession",
                "com.fasterxml.jackson.databind.ObjectMapper",
            })
    void isNotOnTheClassPath(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
}
