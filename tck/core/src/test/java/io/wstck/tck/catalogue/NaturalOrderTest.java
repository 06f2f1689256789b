package io.wstck.tck.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the order of ids with numbers. */
class NaturalOrderTest {
    @Test
    void numbersAreOrderedByTheirValue() {
        assertSorted("2.1", "9.9.9", "10.1", "14.1.1", "14.1.2", "14.1.10");
        assertSorted("close.reason-limit-9", "close.reason-limit-124", "close.reason-limit-1000");
        assertSorted("2 Pings and pongs", "10 Fragmentation by size");
    }

    @Test
    void allElseIsOrderedAsText() {
        assertSorted("close.a", "close.a-2", "close.b", "close.b.1", "ping");
        assertSorted("1", "a");
    }

    @Test
    void anIdComesBeforeItsContinuation() {
        assertSorted("14", "14.1", "14.1.1");
    }

    @Test
    void numbersMayBeLongerThanAnyNumberType() {
        assertSorted("n.99999999999999999999", "n.100000000000000000000");
    }

    @Test
    void leadingZerosDoNotCountButTheTextsStayDistinct() {
        assertSorted("n.007", "n.8", "n.010");
        assertSorted("n.01", "n.1");
    }

    private static void assertSorted(String... ids) {
        assertThat(List.of(ids).reversed().stream().sorted(NaturalOrder.INSTANCE))
                .containsExactly(ids);
    }
}
