package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A load without a break, while the teams' systems read: whether the last tenth goes as fast as the first. A signal counts
 * when it has all its messages.
 */
final class LongRun {
    private static final int TENTHS = 10;

    /** Keeps every batch full; what is accepted faster than it is worked would be worked in the last tenth, undisturbed. */
    private static final int MOST_ON_THE_WAY = 2_000;

    private static final int STRETCH_SECONDS = 10;
    private static final long PATIENCE_SECONDS = 60;
    private static final int LOOK_MILLIS = 10;

    private final long signals;
    private final OnTheWay way = new OnTheWay();
    private final List<Tenth> tenths = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    /** @param atLeast signals, rounded up to whole tenths */
    LongRun(long atLeast) {
        this.signals = (atLeast + TENTHS - 1) / TENTHS * TENTHS;
    }

    /** The signals done and the CPU and disk spent until a moment. */
    private record Look(long nanos, long done, double cpuSeconds, long bytes) {}

    /** Measures, prints, and says whether nothing was lost and the rate held. */
    boolean measure(HubChild hub) throws IOException, InterruptedException {
        hub.start();
        try (Measurement measurement = new Measurement(hub)) {
            new Rounds(0, STRETCH_SECONDS * 4, 0).run("long", measurement);
            try (TeamReaders readers = new TeamReaders(hub, (signal, nanos) -> way.arrived(signal))) {
                CompletableFuture<Void> load = CompletableFuture.runAsync(
                        () -> measurement.stream(signals, way::accepted, () -> way.open() < MOST_ON_THE_WAY));
                watch(hub, measurement, load);
                if (tenths.size() == TENTHS) {
                    load.join();
                }
                // a doubled message would come after the last one
                TimeUnit.MILLISECONDS.sleep(200);
            }
            if (way.open() > 0) {
                findings.add(way.open() + " signals without exactly " + Measured.DELIVERIES + " messages");
            }
            findings.addAll(measurement.findings());
        }
        findings.forEach(finding -> System.out.println("FAULT: " + finding));
        if (tenths.size() < TENTHS) {
            return false;
        }
        Tenth.conclusions(tenths).forEach(System.out::println);
        return findings.isEmpty() && Tenth.isSteady(tenths);
    }

    private void watch(HubChild hub, Measurement measurement, CompletableFuture<Void> load)
            throws IOException, InterruptedException {
        Look before = look(hub);
        while (tenths.size() < TENTHS && comes(signals / TENTHS * (tenths.size() + 1), load)) {
            Look now = look(hub);
            Tenth tenth = new Tenth(
                    now.done() - before.done(),
                    (now.nanos() - before.nanos()) / 1e9,
                    now.cpuSeconds() - before.cpuSeconds(),
                    now.bytes() - before.bytes(),
                    way.open(),
                    measurement.heapPeak());
            tenths.add(tenth);
            System.out.println(tenth.line(tenths.size()));
            before = now;
        }
    }

    private Look look(HubChild hub) throws IOException {
        return new Look(
                System.nanoTime(), way.done(), ProcessCost.cpuSeconds(hub.pid()), ProcessCost.folderBytes(hub.data()));
    }

    /** Waits until so many signals are at their end; false when the load broke, or none came to its end for a while. */
    private boolean comes(long expected, CompletableFuture<Void> load) throws InterruptedException {
        long seen = -1;
        long since = System.nanoTime();
        while (way.done() < expected) {
            if (load.isCompletedExceptionally()) {
                load.join();
            }
            if (way.done() != seen) {
                seen = way.done();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                findings.add("nothing came to its end any more: " + seen + " signals of " + signals);
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }
}
