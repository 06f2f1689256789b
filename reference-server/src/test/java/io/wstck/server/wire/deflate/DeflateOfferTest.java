package io.wstck.server.wire.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests permessage-deflate offers with quoted parameter values (RFC 6455 §9.1). */
class DeflateOfferTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_max_window_bits=12",
                "client_max_window_bits = 12\t",
                "client_max_window_bits=\"12\"",
                "client_max_window_bits=\"12\" ",
                "client_max_window_bits=\"1\\2\""
            })
    void aQuotedTokenIsAToken(String parameter) {
        assertThat(check(parameter)).isEmpty();
        assertThat(DeflateOffer.wellFormed(request(parameter)).getFirst().value("client_max_window_bits"))
                .contains("12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_max_window_bits=",
                "client_max_window_bits=\"12",
                "client_max_window_bits=\"12\"3",
                "client_max_window_bits=\"12\\\"",
                "client_max_window_bits=\"1 2\"",
                "client_max_window_bits=\"\"",
                "client_max_window_bits=\"",
                "client_max_window_bits=12\r"
            })
    void aQuotedValueThatIsNoTokenIsMalformed(String parameter) {
        assertThat(check(parameter)).singleElement().asString().contains("expected name or name=value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\\a", " "})
    void aValueOf60KibIsTold(String piece) {
        String value = "x=\"" + piece.repeat((60 << 10) / piece.length()) + "\"";

        assertThat(check(value)).hasSize(1);
        assertThat(DeflateParameters.fromAnswer(request(value).headers())).isPresent();
    }

    @Test
    void blanksInsideAValueOf60KibAreTold() {
        assertThat(check("x=a" + " ".repeat(60 << 10) + "b")).hasSize(1);
    }

    private static List<Violation> check(String parameter) {
        return DeflateOffer.check(request(parameter));
    }

    private static HttpRequest request(String parameter) {
        Header header = new Header("Sec-WebSocket-Extensions", "permessage-deflate; " + parameter);
        return new HttpRequest("GET / HTTP/1.1", "GET", "/", List.of(header), Optional.empty());
    }
}
