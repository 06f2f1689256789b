package io.wstck.tck.implementation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests the PEM file of the kit's authority. */
class AuthorityFileTest {
    @Test
    void theAuthorityIsAskedOnceAndItsFileIsDeletedOnClose() {
        AtomicInteger asked = new AtomicInteger();
        Path file;
        try (AuthorityFile trust = AuthorityFile.of(() -> "certificate " + asked.incrementAndGet())) {
            file = trust.file();

            assertThat(file).hasContent("certificate 1");
            assertThat(trust.file()).isEqualTo(file);
        }
        assertThat(asked).hasValue(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void anUnusedAuthorityIsNeverAsked() {
        AtomicInteger asked = new AtomicInteger();
        AuthorityFile.of(() -> "certificate " + asked.incrementAndGet()).close();

        assertThat(asked).hasValue(0);
    }

    @Test
    void noFileIsWrittenAfterClose() {
        AuthorityFile trust = AuthorityFile.of(() -> "certificate");
        trust.close();

        assertThatThrownBy(trust::file)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
