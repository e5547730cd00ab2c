package nl.wijkhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who goes with whom, and what becomes of each when a group fails. */
class TogetherTest {
    private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void who_comes_alone_goes_alone_and_at_once() {
        Together<Integer, Integer> together = new Together<>(this::doubled);
        gate.countDown();

        assertThat(together.ask(1)).isEqualTo(2);
        assertThat(together.ask(2)).isEqualTo(4);
        assertThat(groups).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void who_comes_while_something_is_on_its_way_goes_with_all_others_who_did_in_their_order() throws Exception {
        Together<Integer, Integer> together = new Together<>(this::doubled);

        List<FutureTask<Integer>> asked = askAll(together, 5);
        gate.countDown();

        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i).get()).isEqualTo(2 * i);
        }
        assertThat(groups).containsExactly(List.of(0), List.of(1, 2, 3, 4));
    }

    @Test
    void a_group_has_no_more_than_64() throws Exception {
        Together<Integer, Integer> together = new Together<>(this::doubled);

        List<FutureTask<Integer>> asked = askAll(together, 70);
        gate.countDown();

        for (FutureTask<Integer> one : asked) {
            one.get();
        }
        assertThat(groups).extracting(List::size).containsExactly(1, 64, 5);
    }

    @Test
    void a_failure_of_one_alone_is_its_own_and_who_comes_next_goes_at_once() {
        Together<Integer, Integer> together = new Together<>(all -> {
            if (all.contains(13)) {
                throw new IllegalStateException("fake");
            }
            return all;
        });

        assertThatThrownBy(() -> together.ask(13)).hasMessage("fake");
        assertThat(together.ask(1)).isEqualTo(1);
    }

    @Test
    void after_an_error_who_comes_next_goes_at_once_too() {
        Together<Integer, Integer> together = new Together<>(all -> {
            if (all.contains(13)) {
                throw new AssertionError("fake");
            }
            return all;
        });

        assertThatThrownBy(() -> together.ask(13)).hasMessage("fake");
        assertThat(together.ask(1)).isEqualTo(1);
    }

    @Test
    void when_a_group_fails_each_of_it_tries_again_alone_and_the_guilty_one_alone_fails() throws Exception {
        Together<Integer, Integer> together = new Together<>(all -> {
            List<Integer> doubled = doubled(all);
            if (all.contains(3)) {
                throw new IllegalStateException("fake");
            }
            return doubled;
        });

        List<FutureTask<Integer>> asked = askAll(together, 5);
        gate.countDown();

        for (int i : new int[] {0, 1, 2, 4}) {
            assertThat(asked.get(i).get()).isEqualTo(2 * i);
        }
        assertThatThrownBy(() -> asked.get(3).get()).hasRootCauseMessage("fake");
        assertThat(groups)
                .containsExactlyInAnyOrder(
                        List.of(0), List.of(1, 2, 3, 4), List.of(1), List.of(2), List.of(3), List.of(4));
    }

    @Test
    void what_is_away_is_away_for_all_and_nobody_tries_again() throws Exception {
        Unavailable away = new Unavailable("fake", null);
        Together<Integer, Integer> together = new Together<>(all -> {
            doubled(all);
            throw away;
        });

        List<FutureTask<Integer>> asked = askAll(together, 4);
        gate.countDown();

        for (FutureTask<Integer> one : asked) {
            assertThatThrownBy(one::get).hasCause(away);
        }
        assertThat(groups).containsExactly(List.of(0), List.of(1, 2, 3));
    }

    @Test
    void who_is_interrupted_hears_what_became_of_it_all_the_same_and_stays_interrupted() throws Exception {
        Together<Integer, Integer> together = new Together<>(this::doubled);
        askAll(together, 1);
        FutureTask<Boolean> interrupted = new FutureTask<>(() -> together.ask(7) == 14 && Thread.interrupted());
        Thread thread = start(interrupted);
        thread.interrupt();
        await().until(() -> thread.getState() == Thread.State.WAITING && !thread.isInterrupted());
        gate.countDown();

        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void many_at_once_each_get_their_own_and_never_more_than_one_group_is_on_its_way() {
        AtomicInteger onTheirWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Together<Integer, Integer> together = new Together<>(all -> {
            most.accumulateAndGet(onTheirWay.incrementAndGet(), Math::max);
            try {
                return doubled(all);
            } finally {
                onTheirWay.decrementAndGet();
            }
        });
        gate.countDown();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<CompletableFuture<Integer>> asked = IntStream.range(0, 20_000)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> together.ask(i), threads))
                    .toList();
            assertThat(asked.stream().map(CompletableFuture::join))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 20_000).mapToObj(i -> 2 * i).toList());
        } finally {
            threads.shutdown();
        }
        assertThat(most.get()).isEqualTo(1);
        assertThat(groups.stream().flatMap(List::stream)).hasSize(20_000).doesNotHaveDuplicates();
    }

    private List<Integer> doubled(List<Integer> all) {
        groups.add(all);
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return all.stream().map(i -> 2 * i).toList();
    }

    /** Asks for 0, 1, 2 and so on, each when the one before it waits. */
    private static List<FutureTask<Integer>> askAll(Together<Integer, Integer> together, int many) {
        List<FutureTask<Integer>> asked = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            int number = i;
            FutureTask<Integer> one = new FutureTask<>(() -> together.ask(number));
            start(one);
            asked.add(one);
        }
        return asked;
    }

    private static Thread start(FutureTask<?> task) {
        Thread thread = new Thread(task, "fake-asker");
        thread.setDaemon(true);
        thread.start();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }
}
