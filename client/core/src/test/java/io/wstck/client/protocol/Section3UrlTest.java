package io.wstck.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.ErrorKind;
import io.wstck.client.WebSocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §3, WebSocket URIs. */
class Section3UrlTest {
    @ParameterizedTest
    @CsvSource({
        "ws://example.com, example.com, 80, example.com, /",
        "wss://example.com, example.com, 443, example.com, /",
        "WS://Example.com/A, Example.com, 80, Example.com, /A",
        "ws://example.com:80/, example.com, 80, example.com, /",
        "wss://example.com:80/, example.com, 80, example.com:80, /",
        "ws://example.com:, example.com, 80, example.com, /",
        "ws://h:9001/a/../b//c?x=%20&y=a/b?c, h, 9001, h:9001, /a/../b//c?x=%20&y=a/b?c",
        "ws://h?x=1, h, 80, h, /?x=1",
        "ws://127.0.0.1:1/, 127.0.0.1, 1, 127.0.0.1:1, /",
        "ws://[::1]/, 0:0:0:0:0:0:0:1, 80, [::1], /",
        "ws://[::1]:65535/x, 0:0:0:0:0:0:0:1, 65535, [::1]:65535, /x"
    })
    void aUrlIsTakenApartAndNotChanged(String url, String host, int port, String authority, String target)
            throws Exception {
        WebSocketUrl parsed = WebSocketUrl.parse(url);

        assertThat(parsed.host()).isEqualTo(host);
        assertThat(parsed.port()).isEqualTo(port);
        assertThat(parsed.authority()).isEqualTo(authority);
        assertThat(parsed.target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "/path",
                "//example.com",
                "http://example.com",
                "https://example.com",
                "ftp://example.com",
                "ws:example.com",
                "ws:/example.com",
                "ws://",
                "ws:///path",
                "ws://?x",
                "ws://:80/",
                "ws://h/#",
                "ws://h/a#b",
                "ws://h#b",
                "ws://h:0/",
                "ws://h:65536/",
                "ws://h:-1/",
                "ws://h:+1/",
                "ws://h:8o/",
                "ws://h:1:2/",
                "ws://user@h/",
                "ws://u:p@h/",
                "ws://[::1",
                "ws://[]/",
                "ws://[127.0.0.1]/",
                "ws://[::g]/",
                "ws://::1/",
                "ws://h\\x/",
                "ws://a%41/",
                " ws://h/",
                "ws://h/ ",
                "ws://h/a b",
                "ws://h /",
                "ws://h/\r\nX: y",
                "ws://h/\n",
                "ws://h/\0",
                "ws://h/\u007f",
                "ws://h/ü",
                "ws://ü/"
            })
    void aUrlThatIsNotAWebSocketUrlIsInvalid(String url) {
        assertThatThrownBy(() -> WebSocketUrl.parse(url)).isInstanceOfSatisfying(WebSocketException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.INVALID);
            assertThat(e.retryable()).isFalse();
            assertThat(e).hasMessageStartingWith("URL: expected");
        });
    }

    @Test
    void theSchemeSaysWhetherThereIsTls() throws Exception {
        assertThat(WebSocketUrl.parse("ws://h").scheme()).isEqualTo(WebSocketUrl.Scheme.WS);
        assertThat(WebSocketUrl.parse("WsS://h").scheme()).isEqualTo(WebSocketUrl.Scheme.WSS);
    }
}
