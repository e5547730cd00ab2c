package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Rounds of load on one target, each counted to the last message on the last team queue. */
final class Measurement implements AutoCloseable {
    /** Enough to keep every worker thread of a door busy, as many on one target as on the other. */
    static final int CONNECTIONS = 48;

    private static final long PATIENCE_SECONDS = 60;
    private static final int SETTLE_SECONDS = 60;
    private static final long SHORTEST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    /**
     * One round at saturation.
     *
     * @param seconds from the first send until every message stood on its queue
     * @param cpuSeconds of the process and its database
     * @param ownCpuSeconds of the process alone
     * @param bytes by which the data folder grew
     * @param pushedBack how often a sender was told to wait
     * @param elsewhere the part of the machine's CPU that went to work outside this measurement
     */
    record Round(
            int signals,
            double seconds,
            double cpuSeconds,
            double ownCpuSeconds,
            long bytes,
            long pushedBack,
            double elsewhere) {
        double perSecond() {
            return signals / seconds;
        }

        double cpuMillisPerSignal() {
            return cpuSeconds * 1000 / signals;
        }

        double ownCpuMillisPerSignal() {
            return ownCpuSeconds * 1000 / signals;
        }

        double kilobytesPerSignal() {
            return bytes / 1024.0 / signals;
        }
    }

    private final Measured target;
    private final Generator generator;
    private final List<String> findings = new ArrayList<>();
    private final Thread heapWatch = new Thread(this::watchHeap, "heap-watch");
    private volatile long heapPeak;
    private long signals;

    Measurement(Measured target) {
        this.target = target;
        this.generator = new Generator(target);
        heapWatch.setDaemon(true);
        heapWatch.start();
    }

    /** As many signals as it takes, at least this many and for at least so long, and their backlog drained. */
    Round saturate(long atLeast, double seconds) throws IOException, InterruptedException {
        long before = target.sent();
        long bytes = ProcessCost.folderBytes(target.data());
        double cpu = ProcessCost.cpuSeconds(target.pid());
        double ownCpu = ProcessCost.ownCpuSeconds(target.pid());
        double foreign = foreignSeconds();
        Generator.Sent sent = generator.saturate(CONNECTIONS, atLeast, seconds);
        awaitSent(before + (long) sent.signals() * Measured.DELIVERIES);
        double took = (System.nanoTime() - sent.firstNanos()) / 1e9;
        Round round = new Round(
                sent.signals(),
                took,
                ProcessCost.cpuSeconds(target.pid()) - cpu,
                ProcessCost.ownCpuSeconds(target.pid()) - ownCpu,
                ProcessCost.folderBytes(target.data()) - bytes,
                sent.pushedBack(),
                (foreignSeconds() - foreign) / took / Runtime.getRuntime().availableProcessors());
        signals += sent.signals();
        try (TeamReaders readers = new TeamReaders(target)) {
            readers.await((long) sent.signals() * Measured.DELIVERIES, PATIENCE_SECONDS);
            // a doubled message would come after the last one
            TimeUnit.MILLISECONDS.sleep(200);
            check(sent, readers);
        }
        return round;
    }

    /** Without a break while there is room; tells of each signal when it is accepted, and returns when all are. */
    void stream(long count, Consumer<UUID> accepted, BooleanSupplier room) {
        generator.stream(CONNECTIONS, count, accepted, room);
        signals += count;
    }

    /** CPU seconds that went neither to the target nor to its load, since the machine started. */
    private double foreignSeconds() throws IOException {
        return ProcessCost.machineSeconds()
                - ProcessCost.cpuSeconds(ProcessHandle.current().pid());
    }

    /**
     * Milliseconds per signal at a fixed rate: from the moment it was to be sent until a team's system had the last of
     * its messages. First the disk gets time to finish what saturation left it; then as many go at the same rate that do
     * not count.
     */
    double[] latencies(double perSecond, long count) throws IOException, InterruptedException {
        ProcessCost.settleDisk(SETTLE_SECONDS);
        atRate(perSecond, count);
        return atRate(perSecond, count);
    }

    private double[] atRate(double perSecond, long count) throws InterruptedException {
        try (TeamReaders readers = new TeamReaders(target)) {
            Generator.Sent sent = generator.atRate(perSecond, count);
            readers.await(count * Measured.DELIVERIES, PATIENCE_SECONDS);
            TimeUnit.MILLISECONDS.sleep(200);
            signals += sent.signals();
            check(sent, readers);
            return sent.scheduledNanos().entrySet().stream()
                    .filter(signal -> readers.arrived().containsKey(signal.getKey()))
                    .mapToDouble(
                            signal -> (readers.arrived().get(signal.getKey()).lastNanos() - signal.getValue()) / 1e6)
                    .toArray();
        }
    }

    /** Asks ever more often as the end comes near, so that asking costs the target little. */
    private void awaitSent(long expected) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long first = target.sent();
        long seen = first;
        long since = start;
        long pause = SHORTEST_PAUSE_MILLIS;
        for (long sent = first; sent < expected; sent = target.sent()) {
            long now = System.nanoTime();
            if (sent != seen) {
                double perMilli = (sent - first) * 1e6 / (now - start);
                pause = Math.round((expected - sent) / perMilli / 2);
                seen = sent;
                since = now;
            } else if (now - since > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                findings.add("nothing came out any more: " + sent + " messages of " + expected);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(Math.max(SHORTEST_PAUSE_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, pause)));
        }
    }

    private void check(Generator.Sent sent, TeamReaders readers) {
        long wrong = sent.scheduledNanos().keySet().stream()
                .filter(id -> messages(readers.arrived(), id) != Measured.DELIVERIES)
                .count();
        if (wrong > 0) {
            findings.add(wrong + " signals without exactly " + Measured.DELIVERIES + " messages");
        }
        int others = readers.arrived().size() - sent.signals();
        if (others > 0) {
            findings.add(others + " signals on the queues that nobody sent");
        }
    }

    private static int messages(Map<UUID, TeamReaders.Arrived> arrived, UUID signal) {
        TeamReaders.Arrived of = arrived.get(signal);
        return of == null ? 0 : of.messages();
    }

    /** Signals sent so far, those of the warm-up among them. */
    long signals() {
        return signals;
    }

    /** What was lost or doubled so far, on the queues and in the target's own books. */
    List<String> findings() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(findings);
        all.addAll(target.findings(signals));
        return all;
    }

    /** The most bytes of heap that were seen in use; 0 when the target does not tell. */
    long heapPeak() {
        return heapPeak;
    }

    private void watchHeap() {
        try {
            while (true) {
                heapPeak = Math.max(heapPeak, target.heapUsed());
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (IOException | InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        heapWatch.interrupt();
        generator.close();
    }
}
