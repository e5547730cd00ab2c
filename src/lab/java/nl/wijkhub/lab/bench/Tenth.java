package nl.wijkhub.lab.bench;

import java.util.List;
import java.util.Locale;

/**
 * A tenth of a long run.
 *
 * @param seconds until the last of its signals had all its messages
 * @param cpuSeconds of the process and its database
 * @param bytes by which the data folder grew
 * @param open signals that were accepted and not at their end when it ended
 * @param heapPeak the most bytes of heap seen in use so far
 */
record Tenth(long signals, double seconds, double cpuSeconds, long bytes, int open, long heapPeak) {
    private static final double LARGEST_CHANGE = 0.10;
    private static final double BYTES_IN_GIGABYTE = 1024.0 * 1024 * 1024;

    /** A year of the whole country: an assumption. */
    private static final long YEAR = 10_000_000;

    double perSecond() {
        return signals / seconds;
    }

    String line(int number) {
        return String.format(
                Locale.ROOT,
                "tenth %2d: %d signals in %.1f s, %.0f/s, %.2f ms CPU and %.1f KB each, %d on the way, heap at most %d MB",
                number,
                signals,
                seconds,
                perSecond(),
                cpuSeconds * 1000 / signals,
                bytes / 1024.0 / signals,
                open,
                heapPeak >> 20);
    }

    /** The gain of the last over the first, as a part of the first. */
    static double change(List<Tenth> tenths) {
        return tenths.get(tenths.size() - 1).perSecond() / tenths.get(0).perSecond() - 1;
    }

    /** Whether the last is about as fast as the first; one that is faster has lost nothing. */
    static boolean isSteady(List<Tenth> tenths) {
        return change(tenths) >= -LARGEST_CHANGE;
    }

    /** A comparison of the last with the first, and an estimate for a year. */
    static List<String> conclusions(List<Tenth> tenths) {
        long signals = tenths.stream().mapToLong(Tenth::signals).sum();
        double seconds = tenths.stream().mapToDouble(Tenth::seconds).sum();
        long bytes = tenths.stream().mapToLong(Tenth::bytes).sum();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "last tenth against the first: %+.1f%% (at most %.0f%% slower): %s",
                        100 * change(tenths),
                        100 * LARGEST_CHANGE,
                        isSteady(tenths) ? "met" : "NOT MET"),
                String.format(
                        Locale.ROOT,
                        "in all: %d signals in %.0f s, %.0f/s, %.1f KB each",
                        signals,
                        seconds,
                        signals / seconds,
                        bytes / 1024.0 / signals),
                String.format(
                        Locale.ROOT,
                        "the country's year, %d signals (an assumption), at that rate: %.1f hours, %.0f GB",
                        YEAR,
                        YEAR * seconds / signals / 3600,
                        YEAR * (bytes / BYTES_IN_GIGABYTE) / signals));
    }
}
