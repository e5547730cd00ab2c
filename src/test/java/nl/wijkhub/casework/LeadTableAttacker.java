package nl.wijkhub.casework;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nl.wijkhub.casework.LeadTablePolicy.Figures;

/**
 * A lead who read the table of another seat for thirty days, and knows on which of them a signal was sent. It has seen many
 * seats of the same kind of which it knew what they got, and weighs from those whatever it finds in the tables: how each figure
 * stood before and after, how it moved on the days after, how it moved on each Monday, and whether there was a row.
 */
final class LeadTableAttacker {
    private static final int[][] STRETCHES = {{0, 6}, {6, 7}, {7, 9}, {9, 13}, {13, 20}, {20, 30}};
    private static final List<String> BANDS = List.of("0-4", "5-9", "10-19", "20+");
    private static final int FIGURES = 6;
    private static final int NO_ROW = -1;
    private static final int ROUNDS = 12;

    /**
     * What it read.
     *
     * @param days one per day; the signal was sent before the seventh was told
     * @param firstMonday which of the days is the first Monday
     */
    record Read(List<Figures> days, int firstMonday) {}

    private final double[] mean;
    private final double[] spread;
    private final double[] weights;
    private double bias;

    /** Learns from tables of which it is known whether the signal was released there. */
    LeadTableAttacker(List<Read> tables, boolean[] released, Random random) {
        double[][] found = tables.stream().map(LeadTableAttacker::found).toArray(double[][]::new);
        int size = found[0].length;
        mean = new double[size];
        spread = new double[size];
        weights = new double[size];
        for (int j = 0; j < size; j++) {
            int column = j;
            mean[j] = Arrays.stream(found).mapToDouble(f -> f[column]).average().orElse(0);
            spread[j] = 0.05
                    + Math.sqrt(Arrays.stream(found)
                            .mapToDouble(f -> (f[column] - mean[column]) * (f[column] - mean[column]))
                            .average()
                            .orElse(0));
        }
        double step = 0.004;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < found.length; i++) {
                int one = random.nextInt(found.length);
                double missed = (released[one] ? 1 : 0) - 1 / (1 + Math.exp(-weight(found[one])));
                for (int j = 0; j < size; j++) {
                    weights[j] += step * (missed * (found[one][j] - mean[j]) / spread[j] - 1e-4 * weights[j]);
                }
                bias += step * missed;
            }
            step *= 0.7;
        }
    }

    /** Whether it believes that the signal was released there. */
    boolean guess(Read table) {
        return weight(found(table)) > 0;
    }

    private double weight(double[] found) {
        double weight = bias;
        for (int j = 0; j < found.length; j++) {
            weight += weights[j] * (found[j] - mean[j]) / spread[j];
        }
        return weight;
    }

    private static double[] found(Read table) {
        List<Double> found = new ArrayList<>();
        for (int figure = 0; figure <= FIGURES; figure++) {
            int[] days = new int[table.days().size()];
            for (int day = 0; day < days.length; day++) {
                days[day] = value(table.days().get(day), figure);
            }
            stretches(days, found);
            moves(days, table.firstMonday(), found);
        }
        found.add((double) table.firstMonday());
        return found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** As a number; the last of them is whether there is a row. */
    private static int value(Figures day, int figure) {
        boolean isRow = day.waiting() != null;
        return switch (figure) {
            case 0 -> band(day.waiting());
            case 1 -> band(day.late());
            case 2 -> band(day.takenUp());
            case 3 -> band(day.unanswered());
            case 4 -> isRow ? weeks(day.oldestWeeks()) : NO_ROW;
            case 5 -> isRow ? weeks(day.silentWeeks()) : NO_ROW;
            default -> isRow ? 1 : 0;
        };
    }

    private static int band(String told) {
        return told == null ? NO_ROW : BANDS.contains(told) ? BANDS.indexOf(told) : Integer.parseInt(told);
    }

    private static int weeks(Integer told) {
        return told == null ? 0 : 1 + Math.min(4, told);
    }

    private static void stretches(int[] days, List<Double> found) {
        for (int[] stretch : STRETCHES) {
            int[] read = Arrays.stream(days, stretch[0], stretch[1])
                    .filter(value -> value != NO_ROW)
                    .toArray();
            found.add(Arrays.stream(read).average().orElse(0));
            found.add((double) Arrays.stream(read).max().orElse(0));
        }
    }

    private static void moves(int[] days, int firstMonday, List<Double> found) {
        for (int day = 6; day < 9; day++) {
            found.add((double) move(days, day));
        }
        int monday = firstMonday < 6 ? firstMonday + 7 : firstMonday;
        for (int week = 0; week < 3; week++) {
            int move = move(days, monday + 7 * week);
            found.add(move > 0 ? 1.0 : 0);
            found.add(move < 0 ? 1.0 : 0);
        }
    }

    private static int move(int[] days, int day) {
        return days[day] == NO_ROW || days[day - 1] == NO_ROW ? 0 : Integer.signum(days[day] - days[day - 1]);
    }
}
