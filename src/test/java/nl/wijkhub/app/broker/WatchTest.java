package nl.wijkhub.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import nl.wijkhub.kernel.Unavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private final AtomicReference<Runnable> answer = new AtomicReference<>(() -> {});
    private final AtomicInteger freed = new AtomicInteger();
    private final Watch watch = new Watch("fake", () -> answer.get().run(), PATIENCE, Duration.ofMillis(20))
            .freeing(Duration.ofMillis(600), freed::incrementAndGet);

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void who_says_that_it_is_away_is_away_until_it_answers() {
        watch.start();
        answer.set(() -> {
            throw new Unavailable("fake", null);
        });
        await().until(watch::isAway);

        answer.set(() -> {});

        await().until(() -> !watch.isAway());
        assertThat(freed).hasValue(0);
    }

    @Test
    void who_fails_otherwise_is_away_too() {
        watch.start();
        answer.set(() -> {
            throw new IllegalStateException("fake");
        });

        await().until(watch::isAway);
    }

    @Test
    void who_says_nothing_is_away_and_whoever_waits_for_it_is_freed() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        watch.start();
        answer.set(() -> {
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        await().until(watch::isAway);
        await().untilAsserted(() -> assertThat(freed).hasPositiveValue());
        answer.set(() -> {});
        silence.countDown();

        await().until(() -> !watch.isAway());
    }

    @Test
    void somebody_else_may_find_out_first() {
        watch.foundAway();

        assertThat(watch.isAway()).isTrue();
    }
}
