package nl.wijkhub.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import nl.wijkhub.plan.RollupTable.Division;

/**
 * Which counts of an area may be told. A count is told from k distinct households on, and only where it does not give
 * away another one that is not told.
 *
 * <p>Against whom: somebody who has every published cell of every quarter, knows these rules and can calculate, but has
 * no other source. What such a person tries, and what stands in the way:
 * <ul>
 *   <li>reading a small cell: it is not told. 0 is as little told as 9.
 *   <li>subtracting areas (wijk minus its told buurten, gemeente minus its told wijken): what is left over is as large
 *       as k, or the smallest told one is left out too. Never is exactly one left out.
 *   <li>subtracting classes: total minus one class is the households that have no signal of that class, exactly; total
 *       minus all told classes is the least of the rest. Neither is 1 to k - 1; an area without a total has no classes.
 *   <li>bounding: drawing the least and the most of every cell from all the others ({@link RollupBounds}). As long as
 *       what is not told can be shown to be under k, the weakest cell that shows it is left out too.
 *   <li>subtracting moments: a quarter is published once, when it is over, and never again ({@link AreaRollups}).
 *   <li>subtracting borders: there is one set of areas, without overlap, and one kind of period.
 * </ul>
 * Which of the cells that are left out were small cannot be seen. Source: docs/neighbourhoods.md.
 */
public final class RollupPolicy {
    /** Distinct households; fewer is nobody's to count. Source: docs/sharing.md, row 1. */
    public static final int K = 10;

    /** In the place of a class: whatever the class. */
    public static final String TOTAL = "total";

    /**
     * @param area a BU, WK or GM code
     * @param categoryClass the part of a category before the dot, or {@link #TOTAL}
     */
    public record Cell(String area, String categoryClass) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell other) {
            int byArea = area.compareTo(other.area);
            return byArea != 0 ? byArea : categoryClass.compareTo(other.categoryClass);
        }
    }

    private RollupPolicy() {}

    /**
     * @param buurten every buurt of the fixed set, also those without households
     * @param classes every class there is
     * @param households distinct households per buurt and class, and per buurt whatever the class; absent is 0
     * @return what is told, of buurten, wijken and gemeenten; what is not in it is suppressed
     */
    public static SortedMap<Cell, Integer> publish(
            Collection<String> buurten, Collection<String> classes, Map<Cell, Integer> households, int k) {
        SortedMap<String, SortedSet<String>> ofGemeente = new TreeMap<>();
        buurten.forEach(buurt -> ofGemeente
                .computeIfAbsent(AreaCode.gemeenteOf(buurt), gemeente -> new TreeSet<>())
                .add(buurt));
        SortedMap<Cell, Integer> published = new TreeMap<>();
        for (SortedSet<String> own : ofGemeente.values()) {
            RollupTable table = new RollupTable(own, classes, cell -> households.getOrDefault(cell, 0), k);
            suppress(table, k);
            table.forShown(published::put);
        }
        return published;
    }

    private static void suppress(RollupTable table, int k) {
        boolean isChanged = true;
        while (isChanged) {
            isChanged = hideClassesWithoutTotal(table)
                    || hideBesideTheOnlyOne(table)
                    || hideBesideSmallRests(table, k)
                    || hideWhatGivesAway(table, k);
        }
    }

    private static boolean hideClassesWithoutTotal(RollupTable table) {
        boolean isChanged = false;
        for (int cell = 0; cell < table.size(); cell++) {
            if (table.isShown(cell) && !table.isShown(table.totalOf(cell))) {
                table.hide(cell);
                isChanged = true;
            }
        }
        return isChanged;
    }

    /** Where exactly one part is hidden the smallest other one goes too; of an only part, its whole. */
    private static boolean hideBesideTheOnlyOne(RollupTable table) {
        boolean isChanged = false;
        for (Division division : table.divisions()) {
            BitSet told = told(table, division);
            boolean isOne = division.parts().length - told.cardinality() == 1;
            if (isOne && !told.isEmpty()) {
                table.hide(table.weakest(told));
                isChanged = true;
            } else if (isOne && table.isShown(division.whole())) {
                table.hide(division.whole());
                isChanged = true;
            }
        }
        return isChanged;
    }

    /** Households that can only have signals of hidden classes: the total minus all told classes, at the least. */
    private static boolean hideBesideSmallRests(RollupTable table, int k) {
        boolean isChanged = false;
        for (Division division : table.divisions()) {
            BitSet told = told(table, division);
            int rest = table.householdsOf(division.whole())
                    - told.stream().map(table::householdsOf).sum();
            boolean isTold = table.isShown(division.whole()) && !told.isEmpty();
            if (!division.isByArea() && isTold && rest > 0 && rest < k) {
                table.hide(table.weakest(told));
                isChanged = true;
            }
        }
        return isChanged;
    }

    /** As long as anybody can work out that something is under k, the weakest cell it is worked out from goes. */
    private static boolean hideWhatGivesAway(RollupTable table, int k) {
        RollupBounds bounds = new RollupBounds(table);
        BitSet gone = new BitSet();
        for (int quantity = 0; quantity < bounds.size(); quantity++) {
            BitSet from = bounds.mostFrom(quantity);
            if (bounds.givesAway(quantity, k) && !from.intersects(gone)) {
                int weakest = table.weakest(from);
                table.hide(weakest);
                gone.set(weakest);
            }
        }
        return !gone.isEmpty();
    }

    private static BitSet told(RollupTable table, Division division) {
        BitSet told = new BitSet();
        Arrays.stream(division.parts()).filter(table::isShown).forEach(told::set);
        return told;
    }
}
