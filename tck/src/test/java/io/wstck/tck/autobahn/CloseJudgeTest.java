package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.exchange.Ending;
import io.wstck.server.exchange.Ending.First;
import io.wstck.server.exchange.Ending.Timeout;
import io.wstck.server.wire.CloseStatus;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseJudgeTest {
    @ParameterizedTest
    @ValueSource(strings = {"1.1.1", "7.7.1", "7.9.1", "7.13.1"})
    void whoAnswersTheCloseFrameAndIsSlowToEndTcpIsNotJudgedForThat(String id) {
        AutobahnCase one = AutobahnCorpus.standard().find(CaseId.parse(id)).orElseThrow();
        int code = id.equals("7.9.1") ? 1002 : 1000;
        Ending ending = new Ending(
                First.SERVER,
                Optional.of(CloseStatus.of(1000, "")),
                Optional.of(CloseStatus.of(code, "")),
                Optional.empty(),
                Timeout.TCP_END);
        assertThat(CloseJudge.judge(one.rules(), ending, Strictness.ORIGINAL)
                        .verdict()
                        .passes())
                .isTrue();
    }
}
