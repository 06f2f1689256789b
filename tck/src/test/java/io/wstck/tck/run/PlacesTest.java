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
class PlacesTest {
    @Test
    void whoIsIdleForLongGivesItsPlaceToAnotherAndGivesItOnce() throws Exception {
        try (Places places = new Places(2)) {
            List<Places.Place> taken = new ArrayList<>();
            for (int count = 0; count < 4; count++) {
                taken.add(places.take(new Activity()));
            }
            taken.forEach(Places.Place::close);

            // There are two again, and not four.
            long begun = System.nanoTime();
            places.take(new Activity());
            places.take(new Activity());
            places.take(new Activity());
            assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(250));
        }
    }

    @Test
    void whoGoesOnKeepsItsPlaceUntilItStandsStill() throws Exception {
        AtomicReference<Duration> idle = new AtomicReference<>(Duration.ZERO);
        Activity going = new Activity() {
            @Override
            Duration idle() {
                return idle.get();
            }
        };
        try (Places places = new Places(2)) {
            places.take(going);
            places.take(going);
            CompletableFuture<Places.Place> next = another(places);
            assertThatThrownBy(() -> next.get(1500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            idle.set(Duration.ofSeconds(1));
            assertThat(next.get()).isNotNull();
        }
    }

    @Test
    void theOnlyPlaceIsGivenBackByItsOwnerAlone() throws Exception {
        try (Places places = new Places(1)) {
            Places.Place only = places.take(new Activity());
            CompletableFuture<Places.Place> next = another(places);
            assertThatThrownBy(() -> next.get(1500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            only.close();
            assertThat(next.get()).isNotNull();
        }
    }

    private static CompletableFuture<Places.Place> another(Places places) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return places.take(new Activity());
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                Thread.ofVirtual()::start);
    }
}
