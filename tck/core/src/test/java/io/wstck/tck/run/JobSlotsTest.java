package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(30)
@Execution(ExecutionMode.CONCURRENT)
class JobSlotsTest {
    @Test
    void anIdleCaseReleasesItsSlotOnce() throws Exception {
        try (JobSlots slots = new JobSlots(2)) {
            List<JobSlots.JobSlot> taken = new ArrayList<>();
            for (int count = 0; count < 4; count++) {
                taken.add(slots.acquire(new ScriptActivity()));
            }
            taken.forEach(JobSlots.JobSlot::close);

            // Two slots are free again, not four.
            long begun = System.nanoTime();
            slots.acquire(new ScriptActivity());
            slots.acquire(new ScriptActivity());
            slots.acquire(new ScriptActivity());
            assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(250));
        }
    }

    @Test
    void anActiveCaseKeepsItsSlotUntilItIsIdle() throws Exception {
        AtomicReference<Duration> idle = new AtomicReference<>(Duration.ZERO);
        ScriptActivity active = new ScriptActivity() {
            @Override
            Duration idleTime() {
                return idle.get();
            }
        };
        try (JobSlots slots = new JobSlots(2)) {
            slots.acquire(active);
            slots.acquire(active);
            CompletableFuture<JobSlots.JobSlot> next = another(slots);
            assertThatThrownBy(() -> next.get(1500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            idle.set(Duration.ofSeconds(1));
            assertThat(next.get()).isNotNull();
        }
    }

    @Test
    void theOnlySlotIsReleasedByItsOwnerAlone() throws Exception {
        try (JobSlots slots = new JobSlots(1)) {
            JobSlots.JobSlot only = slots.acquire(new ScriptActivity());
            CompletableFuture<JobSlots.JobSlot> next = another(slots);
            assertThatThrownBy(() -> next.get(1500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            only.close();
            assertThat(next.get()).isNotNull();
        }
    }

    private static CompletableFuture<JobSlots.JobSlot> another(JobSlots slots) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return slots.acquire(new ScriptActivity());
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                Thread.ofVirtual()::start);
    }
}
