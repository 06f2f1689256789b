package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.EndpointRole;
import io.wstck.tck.autobahn.exchange.ExchangeEnd;
import io.wstck.tck.autobahn.exchange.ExchangeEnd.EndInitiator;
import io.wstck.tck.autobahn.exchange.ExchangeEnd.Timeout;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseJudgeTest {
    @ParameterizedTest
    @ValueSource(strings = {"1.1.1", "7.7.1", "7.9.1", "7.13.1"})
    void aSlowEndOfTcpAfterTheClosingHandshakeDoesNotCount(String id) {
        AutobahnCase testCase = AutobahnCorpus.standard().find(CaseId.parse(id)).orElseThrow();
        int code = id.equals("7.9.1") ? 1002 : 1000;
        ExchangeEnd ending = new ExchangeEnd(
                EndInitiator.KIT,
                Optional.of(CloseStatus.of(1000, "")),
                Optional.of(CloseStatus.of(code, "")),
                Optional.empty(),
                Timeout.TCP_END);
        assertThat(new CloseJudge(EndpointRole.CLIENT, Strictness.ORIGINAL)
                        .judge(testCase.rules(), ending)
                        .verdict()
                        .passes())
                .isTrue();
    }
}
