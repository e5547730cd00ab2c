package nl.wijkhub.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import nl.wijkhub.plan.RollupPolicy.Cell;

/**
 * The counts of one gemeente on their way to publication: a row per area (gemeente, wijken, buurten), a column for the
 * total and one per class. Every cell holds distinct households, and is shown or not.
 */
final class RollupTable {
    /** The first column: whatever the class. */
    static final int TOTAL = 0;

    /**
     * A cell and the cells it is divided into.
     *
     * @param isByArea the whole is exactly the sum of its parts, because a household lives in one buurt; by class a
     *     household may stand in several parts, and the whole is at most their sum
     */
    record Division(int whole, int[] parts, boolean isByArea) {}

    private final List<String> areas = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private final List<List<Integer>> within = new ArrayList<>();
    private final List<Division> divisions = new ArrayList<>();
    private final int[] households;
    private final BitSet shown = new BitSet();

    /**
     * @param buurten of one gemeente
     * @param counted distinct households of a buurt and a class
     * @param k what is under it is not shown
     */
    RollupTable(Collection<String> buurten, Collection<String> classes, Function<Cell, Integer> counted, int k) {
        columns.add(RollupPolicy.TOTAL);
        columns.addAll(new TreeSet<>(classes));
        rows(new TreeSet<>(buurten));
        households = new int[areas.size() * columns.size()];
        count(counted);
        divide();
        for (int cell = 0; cell < households.length; cell++) {
            shown.set(cell, households[cell] >= k);
        }
    }

    /** The gemeente first, then its wijken, then its buurten: a part stands below its whole. */
    private void rows(TreeSet<String> buurten) {
        TreeSet<String> wijken = new TreeSet<>();
        buurten.forEach(buurt -> wijken.add(AreaCode.wijkOf(buurt)));
        areas.add(AreaCode.gemeenteOf(buurten.first()));
        areas.addAll(wijken);
        areas.addAll(buurten);
        areas.forEach(area -> within.add(new ArrayList<>()));
        wijken.forEach(wijk -> within.get(0).add(areas.indexOf(wijk)));
        int row = 1 + wijken.size();
        for (String buurt : buurten) {
            within.get(areas.indexOf(AreaCode.wijkOf(buurt))).add(row++);
        }
    }

    private void count(Function<Cell, Integer> counted) {
        for (int area = areas.size() - 1; area >= 0; area--) {
            for (int column = 0; column < columns.size(); column++) {
                int sum = 0;
                for (int part : within.get(area)) {
                    sum += households[cell(part, column)];
                }
                households[cell(area, column)] = AreaCode.isBuurt(areas.get(area))
                        ? counted.apply(new Cell(areas.get(area), columns.get(column)))
                        : sum;
            }
        }
    }

    private void divide() {
        for (int area = 0; area < areas.size(); area++) {
            List<Integer> parts = within.get(area);
            for (int column = 0; column < columns.size() && !parts.isEmpty(); column++) {
                int in = column;
                divisions.add(new Division(
                        cell(area, column),
                        parts.stream().mapToInt(part -> cell(part, in)).toArray(),
                        true));
            }
            int[] classes = new int[columns.size() - 1];
            for (int column = 1; column < columns.size(); column++) {
                classes[column - 1] = cell(area, column);
            }
            divisions.add(new Division(cell(area, TOTAL), classes, false));
        }
    }

    private int cell(int area, int column) {
        return area * columns.size() + column;
    }

    int size() {
        return households.length;
    }

    List<Division> divisions() {
        return divisions;
    }

    boolean isTotal(int cell) {
        return cell % columns.size() == TOTAL;
    }

    /** The total of the area a cell stands in. */
    int totalOf(int cell) {
        return cell - cell % columns.size();
    }

    int householdsOf(int cell) {
        return households[cell];
    }

    boolean isShown(int cell) {
        return shown.get(cell);
    }

    void hide(int cell) {
        shown.clear(cell);
    }

    /** Which of some shown cells is missed least: a class sooner than a total, a small area sooner than a wide one. */
    int weakest(BitSet among) {
        return among.stream()
                .boxed()
                .min(Comparator.<Integer, Boolean>comparing(this::isTotal)
                        .thenComparing(this::width)
                        .thenComparing(this::householdsOf)
                        .thenComparing(cell -> cell))
                .orElseThrow();
    }

    private int width(int cell) {
        String area = areas.get(cell / columns.size());
        return AreaCode.isBuurt(area) ? 0 : area.startsWith("WK") ? 1 : 2;
    }

    void forShown(BiConsumer<Cell, Integer> each) {
        shown.stream()
                .forEach(cell -> each.accept(
                        new Cell(areas.get(cell / columns.size()), columns.get(cell % columns.size())),
                        households[cell]));
    }
}
