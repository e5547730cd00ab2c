package nl.wijkhub.lab.bench;

import java.util.Arrays;
import java.util.List;

/** Median, spread and percentiles of what was measured. */
final class Statistics {
    private Statistics() {}

    /** The middle value; of an even number the mean of the two in the middle. */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** How far the outermost values lie apart, as a part of the median. */
    static double spread(List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return (most - least) / median(values);
    }

    /**
     * The smallest value that at least this part of all values does not exceed (nearest rank).
     *
     * @param part 0..1, e.g. 0.99
     */
    static double percentile(double[] values, double part) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
    }
}
