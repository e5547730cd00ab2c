package nl.wijkhub.lab.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * Sends signals on kept-alive connections, the same way to whatever is measured. A sender that is told to wait (429,
 * 503 with Retry-After) waits and repeats; any other answer than 200 or 202 ends the measurement.
 */
final class Generator implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 256;

    /** After which a sender without room looks again. */
    private static final int ROOM_MILLIS = 2;

    /**
     * What was sent in one go.
     *
     * @param scheduledNanos per accepted signal, when it was to be sent
     * @param firstNanos when the first was to be sent
     * @param pushedBack how often a sender was told to wait
     */
    record Sent(Map<UUID, Long> scheduledNanos, long firstNanos, long pushedBack) {
        int signals() {
            return scheduledNanos.size();
        }
    }

    private final Measured target;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final HttpClient http;
    private final AtomicLong next = new AtomicLong();

    Generator(Measured target) {
        this.target = target;
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(target.door().getPort())
                        .setKeepAlive(true)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    }

    /** One measurement's sends: how many are out, what came back. */
    private final class Run {
        private final ObjLongConsumer<UUID> accepted;
        private final AtomicLong pushedBack = new AtomicLong();
        private final AtomicReference<String> fault = new AtomicReference<>();
        private final BooleanSupplier room;

        /**
         * @param accepted is told each signal's id, and when it was to be sent
         * @param room whether another may be sent now
         */
        Run(ObjLongConsumer<UUID> accepted, BooleanSupplier room) {
            this.accepted = accepted;
            this.room = room;
        }

        /** Sends one signal until it is accepted; succeeds when it is, or when the run has a fault. */
        Future<Void> send(long number, long scheduled) {
            return http.request(HttpMethod.POST, target.door().getPath())
                    .compose(request -> post(request, number))
                    .compose(response -> response.body().compose(body -> {
                        int status = response.statusCode();
                        if (status == 202 || status == 200) {
                            accepted.accept(idIn(body.toString()), scheduled);
                            return Future.<Void>succeededFuture();
                        }
                        String retryAfter = response.getHeader("Retry-After");
                        if ((status == 429 || status == 503) && retryAfter != null) {
                            pushedBack.incrementAndGet();
                            return vertx.timer(Long.parseLong(retryAfter), TimeUnit.SECONDS)
                                    .compose(done -> send(number, scheduled));
                        }
                        fault.compareAndSet(null, "a door answered " + status);
                        return Future.succeededFuture();
                    }))
                    .otherwise(failure -> {
                        fault.compareAndSet(null, "a request failed: " + failure);
                        return null;
                    });
        }

        private Future<HttpClientResponse> post(HttpClientRequest request, long number) {
            String token = target.token(number);
            if (token != null) {
                request.putHeader("Authorization", "Bearer " + token);
            }
            return request.putHeader("Content-Type", "application/json").send(target.body(number));
        }

        void check() {
            if (fault.get() != null) {
                throw new IllegalStateException(fault.get());
            }
        }
    }

    /** As many as it takes, on this many connections, each sending its next as soon as the last was answered. */
    Sent saturate(int connections, long atLeast, double atLeastSeconds) throws InterruptedException {
        Map<UUID, Long> scheduledNanos = new ConcurrentHashMap<>();
        Run run = new Run(scheduledNanos::put, () -> true);
        long first = System.nanoTime();
        drive(run, connections, atLeast, first + (long) (atLeastSeconds * 1e9));
        return new Sent(scheduledNanos, first, run.pushedBack.get());
    }

    /**
     * So many in the same way, no faster than they come out; keeps nothing of them.
     *
     * @param room whether another may be sent now
     */
    void stream(int connections, long signals, Consumer<UUID> accepted, BooleanSupplier room) {
        try {
            Run run = new Run((id, scheduled) -> accepted.accept(id), room);
            drive(run, connections, signals, System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void drive(Run run, int connections, long atLeast, long until) throws InterruptedException {
        long last = next.get() + atLeast;
        CountDownLatch open = new CountDownLatch(connections);
        for (int i = 0; i < connections; i++) {
            loop.runOnContext(v -> again(run, until, last, open));
        }
        open.await();
        run.check();
    }

    private void again(Run run, long until, long last, CountDownLatch open) {
        long now = System.nanoTime();
        if (run.fault.get() != null || (now >= until && next.get() >= last)) {
            open.countDown();
            return;
        }
        if (!run.room.getAsBoolean()) {
            vertx.setTimer(ROOM_MILLIS, v -> again(run, until, last, open));
            return;
        }
        run.send(next.getAndIncrement(), now).onComplete(v -> again(run, until, last, open));
    }

    /**
     * On a fixed schedule, whatever comes back: a slow answer delays no later signal, and each counts from the moment it
     * was to be sent.
     */
    Sent atRate(double perSecond, long signals) throws InterruptedException {
        Map<UUID, Long> scheduledNanos = new ConcurrentHashMap<>();
        Run run = new Run(scheduledNanos::put, () -> true);
        long first = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        CountDownLatch open = new CountDownLatch((int) signals);
        for (long i = 0; i < signals; i++) {
            long due = first + (long) (i * 1e9 / perSecond);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            long number = next.getAndIncrement();
            loop.runOnContext(v -> run.send(number, due).onComplete(done -> open.countDown()));
        }
        open.await();
        run.check();
        return new Sent(scheduledNanos, first, run.pushedBack.get());
    }

    private static UUID idIn(String answer) {
        int at = answer.indexOf("\"id\":\"") + 6;
        return UUID.fromString(answer.substring(at, at + 36));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
