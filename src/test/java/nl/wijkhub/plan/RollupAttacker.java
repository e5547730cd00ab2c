package nl.wijkhub.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.wijkhub.plan.RollupPolicy.Cell;

/**
 * Somebody with every published cell of one quarter and nothing else, who calculates: linear differencing (all
 * equations between cells, eliminated) and interval bounds drawn over the equations as they stand and as they come out.
 * Shares no code with what it attacks.
 */
final class RollupAttacker {
    private static final double NEARLY = 1e-7;
    private static final int MOST_ROUNDS = 500;

    private final Map<Cell, Integer> numbers = new HashMap<>();
    private final List<Cell> unknown = new ArrayList<>();
    private final Map<Cell, Integer> published;
    private final List<double[]> equations = new ArrayList<>();
    private final double[] least;
    private final double[] most;

    /**
     * @param buurten and classes: everybody knows which there are
     */
    RollupAttacker(Collection<String> buurten, Collection<String> classes, Map<Cell, Integer> published) {
        this.published = published;
        TreeMap<String, TreeSet<String>> parts = new TreeMap<>();
        for (String buurt : buurten) {
            String wijk = "WK" + buurt.substring(2, 8);
            parts.computeIfAbsent(wijk, w -> new TreeSet<>()).add(buurt);
            parts.computeIfAbsent("GM" + buurt.substring(2, 6), g -> new TreeSet<>())
                    .add(wijk);
        }
        TreeSet<String> areas = new TreeSet<>(buurten);
        areas.addAll(parts.keySet());
        List<Map<Cell, Integer>> found = new ArrayList<>();
        for (String area : areas) {
            Map<Cell, Integer> cover = term(area, RollupPolicy.TOTAL, 1);
            cover.put(new Cell(area, "overlap"), 1);
            for (String one : classes) {
                Map<Cell, Integer> without = term(area, RollupPolicy.TOTAL, 1);
                without.put(new Cell(area, one), -1);
                without.put(new Cell(area, "not " + one), -1);
                found.add(without);
                cover.put(new Cell(area, one), -1);
            }
            found.add(cover);
        }
        List<String> columns = new ArrayList<>(List.of(RollupPolicy.TOTAL));
        classes.forEach(one -> columns.addAll(List.of(one, "not " + one)));
        parts.forEach((whole, its) -> columns.forEach(column -> {
            Map<Cell, Integer> sum = term(whole, column, 1);
            its.forEach(part -> sum.put(new Cell(part, column), -1));
            found.add(sum);
        }));
        found.forEach(equation -> equation.keySet().stream()
                .filter(cell -> !published.containsKey(cell) && numbers.putIfAbsent(cell, unknown.size()) == null)
                .forEach(unknown::add));
        found.forEach(equation -> equations.add(row(equation)));
        least = new double[unknown.size()];
        most = new double[unknown.size()];
        Arrays.fill(most, Double.POSITIVE_INFINITY);
        List<Equation> all = Stream.concat(equations.stream(), eliminated().stream())
                .map(Equation::of)
                .toList();
        boolean tighter = true;
        for (int round = 0; tighter && round < MOST_ROUNDS; round++) {
            tighter = false;
            for (Equation one : all) {
                tighter |= draw(one);
            }
        }
    }

    private static Map<Cell, Integer> term(String area, String column, int factor) {
        return new HashMap<>(Map.of(new Cell(area, column), factor));
    }

    /** Factors of what is unknown, and what they add up to behind them. */
    private double[] row(Map<Cell, Integer> equation) {
        double[] row = new double[unknown.size() + 1];
        equation.forEach((cell, factor) -> {
            if (published.containsKey(cell)) {
                row[unknown.size()] -= factor * published.get(cell);
            } else {
                row[numbers.get(cell)] += factor;
            }
        });
        return row;
    }

    private List<double[]> eliminated() {
        List<double[]> rows =
                new ArrayList<>(equations.stream().map(double[]::clone).toList());
        List<double[]> done = new ArrayList<>();
        for (int column = 0; column < unknown.size(); column++) {
            int in = column;
            double[] pivot = rows.stream()
                    .filter(row -> Math.abs(row[in]) > NEARLY)
                    .findFirst()
                    .orElse(null);
            if (pivot != null) {
                rows.remove(pivot);
                double by = pivot[column];
                for (int i = 0; i < pivot.length; i++) {
                    pivot[i] /= by;
                }
                rows.forEach(row -> subtract(row, pivot, row[in]));
                done.forEach(row -> subtract(row, pivot, row[in]));
                done.add(pivot);
            }
        }
        return done;
    }

    private static void subtract(double[] row, double[] pivot, double times) {
        if (Math.abs(times) > NEARLY) {
            for (int i = 0; i < row.length; i++) {
                row[i] -= times * pivot[i];
            }
        }
    }

    /** The unknowns of a row by number, their factors, and what they add up to. */
    private record Equation(int[] at, double[] factors, double sum) {
        static Equation of(double[] row) {
            int[] at = IntStream.range(0, row.length - 1)
                    .filter(i -> Math.abs(row[i]) > NEARLY)
                    .toArray();
            return new Equation(at, Arrays.stream(at).mapToDouble(i -> row[i]).toArray(), row[row.length - 1]);
        }
    }

    /** Every unknown of an equation lies between what is left when all the others are least and most. */
    private boolean draw(Equation equation) {
        boolean tighter = false;
        for (int i = 0; i < equation.at().length; i++) {
            double low = equation.sum();
            double high = equation.sum();
            for (int j = 0; j < equation.at().length; j++) {
                if (j != i) {
                    double factor = equation.factors()[j];
                    double one = times(factor, least[equation.at()[j]]);
                    double other = times(factor, most[equation.at()[j]]);
                    low -= Math.max(one, other);
                    high -= Math.min(one, other);
                }
            }
            double factor = equation.factors()[i];
            tighter |= narrow(
                    equation.at()[i],
                    factor > 0 ? low / factor : high / factor,
                    factor > 0 ? high / factor : low / factor);
        }
        return tighter;
    }

    /** Nothing times infinity is nothing. */
    private static double times(double factor, double bound) {
        return bound == 0 ? 0 : factor * bound;
    }

    private boolean narrow(int number, double low, double high) {
        double up = Math.ceil(low - NEARLY);
        double down = Math.floor(high + NEARLY);
        boolean tighter = up > least[number] || down < most[number];
        least[number] = Math.max(least[number], up);
        most[number] = Math.min(most[number], down);
        return tighter;
    }

    /** The least an unpublished cell can be. */
    long least(Cell cell) {
        return Math.round(least[numbers.get(cell)]);
    }

    /** The most an unpublished cell can be. */
    long most(Cell cell) {
        return Math.round(most[numbers.get(cell)]);
    }

    /** Every cell that is not published, and the households without a signal of a class, as area and "not" class. */
    List<Cell> unpublished() {
        return unknown.stream()
                .filter(cell -> !cell.categoryClass().equals("overlap"))
                .toList();
    }
}
