package io.wstck.tck.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the contract of a requirement, and how binding it is in each profile. */
class ProfileContractTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MUST   | documentation, Ping; RFC 6455 §5.5.2            | API",
                "RFC    | documentation, Ping; RFC 6455 §5.5.2            | PROTOCOL",
                "SHOULD | documentation, Connection options; RFC 9110 §5.5 | API",
                "SHOULD | RFC 6455 §5.6, §8.1; documentation, Sending      | PROTOCOL",
                "SHOULD | IANA, WebSocket Close Code Number Registry       | PROTOCOL",
                "MAY    | WHATWG WebSockets, Opening handshake             | PROTOCOL",
                "MAY    | documentation, Constants                         | API",
            })
    void aRequirementBelongsToTheContractOfItsLevelOrOfItsFirstSource(Level level, String source, Contract contract) {
        assertThat(Contract.of(level, source)).isEqualTo(contract);
    }

    @ParameterizedTest
    @CsvSource({
        // contract, level, in profile api, protocol, web
        "API,      MUST,   MUST,   SHOULD, SHOULD",
        "API,      SHOULD, SHOULD, SHOULD, SHOULD",
        "API,      MAY,    MAY,    MAY,    MAY",
        "PROTOCOL, RFC,    RFC,    RFC,    RFC",
        "PROTOCOL, SHOULD, SHOULD, SHOULD, SHOULD",
        "PROTOCOL, MAY,    MAY,    MAY,    MAY",
    })
    void aRequirementThatDoesNotBindIsAtMostAShould(
            Contract contract, Level level, Level api, Level protocol, Level web) {
        assertThat(Profile.API.effectiveLevel(level, contract)).isEqualTo(api);
        assertThat(Profile.PROTOCOL.effectiveLevel(level, contract)).isEqualTo(protocol);
        assertThat(Profile.WEB.effectiveLevel(level, contract)).isEqualTo(web);
    }
}
