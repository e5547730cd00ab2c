package nl.wijkhub.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import nl.wijkhub.plan.RollupTable.Division;

/**
 * What anybody can work out from the cells that are shown: the least and the most that every other cell can hold, and
 * the same of the households of an area that have no signal of a class (total minus class). Bounds are drawn from whole
 * to parts and back, by area and by class, until none gets any tighter.
 */
final class RollupBounds {
    private static final long UNBOUNDED = 1L << 40;

    /** Equal: the whole is the sum of its parts; else it is at most that. */
    private record Sum(int whole, int[] parts, boolean equal) {}

    private final RollupTable table;
    private final List<Sum> sums = new ArrayList<>();
    private final long[] least;
    private final long[] most;
    private final BitSet[] leastFrom;
    private final BitSet[] mostFrom;

    RollupBounds(RollupTable table) {
        this.table = table;
        int size = 2 * table.size();
        least = new long[size];
        most = new long[size];
        leastFrom = new BitSet[size];
        mostFrom = new BitSet[size];
        Arrays.fill(most, UNBOUNDED);
        for (int quantity = 0; quantity < size; quantity++) {
            BitSet from = new BitSet();
            if (quantity < table.size() && table.isShown(quantity)) {
                least[quantity] = table.householdsOf(quantity);
                most[quantity] = least[quantity];
                from.set(quantity);
            }
            leastFrom[quantity] = from;
            mostFrom[quantity] = from;
        }
        gather();
        boolean tightened = true;
        while (tightened) {
            tightened = false;
            for (Sum sum : sums) {
                tightened |= tighten(sum);
            }
        }
    }

    /** The quantity that is the households of an area without a signal of the class of a cell. */
    private int without(int cell) {
        return table.size() + cell;
    }

    private void gather() {
        for (Division division : table.divisions()) {
            sums.add(new Sum(division.whole(), division.parts(), division.isByArea()));
            if (division.isByArea() && !table.isTotal(division.whole())) {
                sums.add(new Sum(
                        without(division.whole()),
                        Arrays.stream(division.parts()).map(this::without).toArray(),
                        true));
            }
        }
        for (int cell = 0; cell < table.size(); cell++) {
            if (!table.isTotal(cell)) {
                sums.add(new Sum(table.totalOf(cell), new int[] {cell, without(cell)}, true));
            }
        }
    }

    private boolean tighten(Sum sum) {
        long leastOfParts = 0;
        long mostOfParts = 0;
        int open = 0;
        for (int part : sum.parts()) {
            leastOfParts += least[part];
            mostOfParts += isOpen(part) ? 0 : most[part];
            open += isOpen(part) ? 1 : 0;
        }
        int whole = sum.whole();
        boolean tightened = false;
        if (open == 0 && mostOfParts < most[whole]) {
            most[whole] = mostOfParts;
            mostFrom[whole] = from(new BitSet(), mostFrom, sum.parts(), whole);
            tightened = true;
        }
        if (sum.equal() && leastOfParts > least[whole]) {
            least[whole] = leastOfParts;
            leastFrom[whole] = from(new BitSet(), leastFrom, sum.parts(), whole);
            tightened = true;
        }
        for (int part : sum.parts()) {
            long restLeast = leastOfParts - least[part];
            if (sum.equal() && !isOpen(whole) && most[whole] - restLeast < most[part]) {
                most[part] = most[whole] - restLeast;
                mostFrom[part] = from(mostFrom[whole], leastFrom, sum.parts(), part);
                tightened = true;
            }
            boolean isRestOpen = open > (isOpen(part) ? 1 : 0);
            long restMost = mostOfParts - (isOpen(part) ? 0 : most[part]);
            if (!isRestOpen && least[whole] - restMost > least[part]) {
                least[part] = least[whole] - restMost;
                leastFrom[part] = from(leastFrom[whole], mostFrom, sum.parts(), part);
                tightened = true;
            }
        }
        return tightened;
    }

    private boolean isOpen(int quantity) {
        return most[quantity] >= UNBOUNDED;
    }

    private static BitSet from(BitSet first, BitSet[] each, int[] parts, int but) {
        BitSet from = (BitSet) first.clone();
        for (int part : parts) {
            if (part != but) {
                from.or(each[part]);
            }
        }
        return from;
    }

    /** Cells, and behind them as many quantities of households without a class. */
    int size() {
        return most.length;
    }

    /**
     * Whether somebody may know that a quantity is under k. Of a cell that is not shown nothing under k may be the
     * most, 0 no more than 9; that no household of an area is without a class may be known, because it is about all of
     * them.
     */
    boolean givesAway(int quantity, int k) {
        boolean isCell = quantity < table.size();
        return most[quantity] < k && (isCell ? !table.isShown(quantity) : most[quantity] > 0);
    }

    /** The shown cells from which its most was worked out. */
    BitSet mostFrom(int quantity) {
        return mostFrom[quantity];
    }
}
