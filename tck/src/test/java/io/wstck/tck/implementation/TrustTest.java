package io.wstck.tck.implementation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The file that tells implementations of the kit's authority. */
class TrustTest {
    @Test
    void theAuthorityIsAskedForOnceAndItsFileGoesWithItsOwner() {
        AtomicInteger asked = new AtomicInteger();
        Path file;
        try (Trust trust = Trust.in(() -> "certificate " + asked.incrementAndGet())) {
            file = trust.file();

            assertThat(file).hasContent("certificate 1");
            assertThat(trust.file()).isEqualTo(file);
        }
        assertThat(asked).hasValue(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void anAuthorityThatNobodyNeedsIsNeverAskedFor() {
        AtomicInteger asked = new AtomicInteger();
        Trust.in(() -> "certificate " + asked.incrementAndGet()).close();

        assertThat(asked).hasValue(0);
    }

    @Test
    void noFileIsWrittenWhenAllIsOver() {
        Trust trust = Trust.in(() -> "certificate");
        trust.close();

        assertThatThrownBy(trust::file)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
