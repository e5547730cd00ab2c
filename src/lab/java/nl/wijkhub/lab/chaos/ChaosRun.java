package nl.wijkhub.lab.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the fault harness: load, kills, rest, count. Whatever goes wrong on the way, what can be counted is counted. */
final class ChaosRun {
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);
    private static final Duration REST = Duration.ofSeconds(120);
    private static final Duration LOOK = Duration.ofMillis(250);

    // the hub looks at its own work twice a second: what its gauges say may be that old
    private static final Duration GAUGES_AGE = Duration.ofSeconds(1);

    private final ChaosHub hub;
    private final Path config;
    private final ChaosLoad load;
    private final ChaosKills kills;
    private final List<String> findings = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    ChaosRun(ChaosHub hub, Path config, ChaosLoad load, ChaosKills kills) {
        this.hub = hub;
        this.config = config;
        this.load = load;
        this.kills = kills;
    }

    /**
     * @param most kills
     * @param signals stops sending after this many
     */
    ChaosFigures go(Duration time, int most, int connections, int signals) throws InterruptedException {
        ChaosCount count = null;
        if (isStarted()) {
            load.start(connections, signals);
            kill(time, most);
            boolean settled = isSettled();
            stop(settled);
            count = counted(settled);
        }
        if (load.fault() != null) {
            findings.add(load.fault());
        }
        if (load.died() != null) {
            doubts.add("a part of the load came to its end: " + load.died());
        }
        System.out.println("repeats by senders " + load.repeats() + ", never asked again " + load.forgotten());
        return new ChaosFigures(
                kills.floor(), kills.planted(), kills.made(), kills.sinceLast(), count, findings, doubts);
    }

    private boolean isStarted() throws InterruptedException {
        try {
            hub.start();
            hub.awaitReady();
            return true;
        } catch (IOException e) {
            doubts.add("at the first start: " + e.getMessage());
            return false;
        }
    }

    private void kill(Duration time, int most) throws InterruptedException {
        try {
            kills.go(time, most);
        } catch (IOException e) {
            doubts.add("after kill %d: %s".formatted(kills.made().size(), e.getMessage()));
        }
    }

    /** Whether the hub had its time: it answers, and nothing waits any more or it was waited for long enough. */
    private boolean isSettled() throws InterruptedException {
        load.stop();
        try {
            if (!Until.holds(LAST_ANSWERS, () -> !load.isSending())) {
                doubts.add("some messages were never acknowledged");
                load.abandon();
            }
            TimeUnit.MILLISECONDS.sleep(GAUGES_AGE.toMillis());
            if (!Until.holds(REST, LOOK, this::isAtRest)) {
                doubts.add("the hub did not come to rest in " + REST.toSeconds() + " s");
            }
            return !hub.metrics().isEmpty();
        } catch (IOException e) {
            doubts.add("the hub did not answer at the end");
            return false;
        }
    }

    private boolean isAtRest() throws InterruptedException {
        try {
            return hub.gauge("wijkhub_signal_age_seconds") == 0
                    && hub.gauge("wijkhub_delivery_waiting") == 0
                    && hub.gauge("wijkhub_queue_depth") == 0;
        } catch (IOException away) {
            return false;
        }
    }

    private void stop(boolean settled) throws InterruptedException {
        load.abandon();
        int exit = hub.stop();
        if (settled && exit != 0) {
            findings.add("exit " + exit + " on SIGTERM");
        }
    }

    private ChaosCount counted(boolean settled) {
        try {
            ChaosCount count = ChaosCount.of(
                    ChaosReading.of(hub.data(), config, kills.last()),
                    load.acknowledged().values(),
                    settled);
            System.out.println(count);
            return count;
        } catch (RuntimeException e) {
            doubts.add("what came out cannot be read: " + e.getMessage());
            return null;
        }
    }
}
