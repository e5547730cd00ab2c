package nl.wijkhub.app.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import nl.wijkhub.app.bench.Measurement.Round;

/** The table that a bench ends with. */
final class Report {
    private static final double MEGABYTE = 1024.0 * 1024;
    private static final int HEAP_LIMIT_MEGABYTES = 512;

    private final List<Round> bare;
    private List<Round> hub = List.of();
    private double[] latencies = {};
    private long heapPeak;
    private long residentPeak;

    Report(List<Round> bare) {
        this.bare = bare;
    }

    void hub(List<Round> rounds) {
        hub = rounds;
    }

    void latencies(double[] millis) {
        latencies = millis;
    }

    void memory(long heapPeakBytes, long residentPeakBytes) {
        heapPeak = heapPeakBytes;
        residentPeak = residentPeakBytes;
    }

    /** Signals per second, end to end. */
    double achieved() {
        return median(hub, Round::perSecond);
    }

    private double limit() {
        return median(bare, Round::perSecond);
    }

    void print() {
        line("");
        line("%-34s %10s %10s", "", "bare", "hub");
        both("signals per second, end to end", "%10.0f", Round::perSecond);
        line("%-34s %9.1f%% %9.1f%%", "spread of it", 100 * spread(bare), 100 * spread(hub));
        both("CPU milliseconds per signal", "%10.2f", Round::cpuMillisPerSignal);
        both("kilobytes on disk per signal", "%10.1f", Round::kilobytesPerSignal);
        line("%-34s %10d %10d", "senders told to wait", pushedBack(bare), pushedBack(hub));
        line("");
        line("at half the achieved rate (%.0f/s), scheduled send to last team queue:", achieved() / 2);
        line(
                "p50 %.0f ms   p95 %.0f ms   p99 %.0f ms   (%d signals)",
                Statistics.percentile(latencies, 0.50),
                Statistics.percentile(latencies, 0.95),
                Statistics.percentile(latencies, 0.99),
                latencies.length);
        line(
                "heap at most %.0f MB of %d MB; resident at most %.0f MB",
                heapPeak / MEGABYTE, HEAP_LIMIT_MEGABYTES, residentPeak / MEGABYTE);
        line("limit %.0f/s, achieved %.0f/s", limit(), achieved());
    }

    String lastLine() {
        return String.format(Locale.ROOT, "ratio %.2f of limit", achieved() / limit());
    }

    private void both(String what, String format, ToDoubleFunction<Round> figure) {
        line("%-34s " + format + " " + format, what, median(bare, figure), median(hub, figure));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Statistics.median(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    private static double spread(List<Round> rounds) {
        return Statistics.spread(rounds.stream().map(Round::perSecond).toList());
    }

    private static long pushedBack(List<Round> rounds) {
        return rounds.stream().mapToLong(Round::pushedBack).sum();
    }

    private static void line(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
