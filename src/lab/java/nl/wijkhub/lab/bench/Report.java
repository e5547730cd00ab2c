package nl.wijkhub.lab.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import nl.wijkhub.lab.bench.Measurement.Round;

/** The table that a bench ends with. */
final class Report {
    private static final double MEGABYTE = 1024.0 * 1024;
    private static final int HEAP_LIMIT_MEGABYTES = 512;
    private static final double LEAST_RATIO = 0.60;
    private static final double MOST_CPU = 1.7;
    private static final double MOST_KILOBYTES = 1.4;
    private static final double MOST_LATENCY = 1.5;

    /** Signals per second of the bare pipeline on the machine of the peer. */
    private static final int PEER_BARE = 2_640;

    /** What was found of one target: its rounds, and milliseconds per signal at half its median rate. */
    record Found(List<Round> rounds, double[] latencies) {
        double perSecond() {
            return median(rounds, Round::perSecond);
        }
    }

    private final Found bare;
    private final Found hub;
    private final long heapPeak;
    private final long residentPeak;

    Report(Found bare, Found hub, long heapPeakBytes, long residentPeakBytes) {
        this.bare = bare;
        this.hub = hub;
        this.heapPeak = heapPeakBytes;
        this.residentPeak = residentPeakBytes;
    }

    void print() {
        line("");
        line("%-40s %10s %10s", "", "bare", "hub");
        both("signals per second, end to end", "%10.0f", Found::perSecond);
        both("  spread, percent of it", "%10.1f", f -> 100 * spread(f));
        both("CPU milliseconds per signal", "%10.2f", Report::cpu);
        both("  of it the JVM's", "%10.2f", f -> median(f.rounds(), Round::ownCpuMillisPerSignal));
        both(
                "  of it the database's",
                "%10.2f",
                f -> median(f.rounds(), r -> r.cpuMillisPerSignal() - r.ownCpuMillisPerSignal()));
        both("kilobytes on disk per signal", "%10.1f", Report::kilobytes);
        both("senders told to wait, times", "%10.0f", Report::pushedBack);
        both("at half its rate, per second", "%10.0f", f -> f.perSecond() / 2);
        both("  p50, ms from schedule to last queue", "%10.0f", f -> Statistics.percentile(f.latencies(), 0.50));
        both("  p95", "%10.0f", f -> Statistics.percentile(f.latencies(), 0.95));
        both("  p99", "%10.0f", Report::p99);
        line("");
        line(
                "hub: heap at most %.0f MB of %d MB; resident at most %.0f MB",
                heapPeak / MEGABYTE, HEAP_LIMIT_MEGABYTES, residentPeak / MEGABYTE);
        line("");
        bounds().forEach(bound -> line("%s", bound.line()));
        line("");
        line(
                "beside a peer, as an estimate: %.2f x %d = %.0f/s; NextGen Connect 4.5.0 did 266/s on its own work (HTTP JSON,"
                        + " stored, to three durable queues) on a machine of this kind where bare was %2$d/s",
                ratio(), PEER_BARE, ratio() * PEER_BARE);
        line("limit %.0f/s, achieved %.0f/s", bare.perSecond(), hub.perSecond());
    }

    /** The bounds that the hub is held to. */
    List<Bound> bounds() {
        return List.of(
                Bound.least("ratio", ratio(), LEAST_RATIO),
                Bound.most("CPU of a signal, times bare's", times(Report::cpu), MOST_CPU),
                Bound.most("kilobytes of a signal, times bare's", times(Report::kilobytes), MOST_KILOBYTES),
                Bound.most("p99 at half rate, times bare's", times(Report::p99), MOST_LATENCY),
                Bound.most("heap at most, MB", heapPeak / MEGABYTE, HEAP_LIMIT_MEGABYTES));
    }

    String lastLine() {
        return String.format(Locale.ROOT, "ratio %.2f of limit", ratio());
    }

    private double ratio() {
        return times(Found::perSecond);
    }

    /** A figure of the hub as a multiple of bare's. */
    private double times(ToDoubleFunction<Found> figure) {
        return figure.applyAsDouble(hub) / figure.applyAsDouble(bare);
    }

    private static double cpu(Found found) {
        return median(found.rounds(), Round::cpuMillisPerSignal);
    }

    private static double kilobytes(Found found) {
        return median(found.rounds(), Round::kilobytesPerSignal);
    }

    private static double p99(Found found) {
        return Statistics.percentile(found.latencies(), 0.99);
    }

    private void both(String what, String format, ToDoubleFunction<Found> figure) {
        line("%-40s " + format + " " + format, what, figure.applyAsDouble(bare), figure.applyAsDouble(hub));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Statistics.median(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    private static double spread(Found found) {
        return Statistics.spread(found.rounds().stream().map(Round::perSecond).toList());
    }

    private static double pushedBack(Found found) {
        return found.rounds().stream().mapToLong(Round::pushedBack).sum();
    }

    private static void line(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
