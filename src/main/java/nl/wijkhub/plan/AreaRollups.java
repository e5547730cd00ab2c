package nl.wijkhub.plan;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.DecisionSet;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.RollupPolicy.Cell;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.Circumstance;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.SharingFacts;
import nl.wijkhub.signal.DataClass;

/**
 * Counts of distinct households per area, class of categories and quarter, for dashboards. A quarter is published once,
 * when it is over, and never again: a signal that is withdrawn later, or a border that is drawn otherwise, gives nobody
 * two publications to subtract. What may be told is {@link RollupPolicy}; that it may be told at all is decided by the
 * sharing agreement, and logged.
 */
public final class AreaRollups {
    /** What was worked in the last moments of a quarter is committed by then. */
    private static final Duration SETTLED = Duration.ofDays(1);

    /** A quarter that nobody published within a year is not published any more. */
    private static final int LOOK_BACK = 4;

    private static final String EVALUATION = "roll-up";
    private static final Recipient DASHBOARD = new Recipient(Recipient.RecipientKind.DASHBOARD, null, null, null, null);

    private final Database database;
    private final AreaRollupStore rollups;
    private final DecisionLogStore decisionLog;
    private final AgreementInForce inForce;
    private final Set<String> buurten;
    private final SortedSet<String> classes = new TreeSet<>();
    private final Function<String, Optional<String>> buurtOf;
    private final Clock clock;

    /**
     * @param buurten the one fixed set of areas
     * @param categories every category there is
     * @param buurtOf postal code → the buurt it counts in; empty for none
     */
    public AreaRollups(
            Database database,
            AreaRollupStore rollups,
            DecisionLogStore decisionLog,
            AgreementInForce inForce,
            Set<String> buurten,
            Set<String> categories,
            Function<String, Optional<String>> buurtOf,
            Clock clock) {
        this.database = database;
        this.rollups = rollups;
        this.decisionLog = decisionLog;
        this.inForce = inForce;
        this.buurten = Set.copyOf(buurten);
        categories.forEach(category -> classes.add(category.substring(0, category.indexOf('.'))));
        this.buurtOf = buurtOf;
        this.clock = clock;
    }

    /**
     * What was published of an area.
     *
     * @param households class, or {@link RollupPolicy#TOTAL} → distinct households
     * @param isSuppressed something of it is left out
     */
    public record PublishedCounts(SortedMap<String, Integer> households, boolean isSuppressed) {}

    /** What was published of these areas; empty when the quarter is not published. */
    public Optional<Map<String, PublishedCounts>> of(Quarter quarter, Collection<String> areas) {
        return rollups.of(quarter, areas);
    }

    /** Publishes each quarter of the past year that is over and was not published yet. */
    public void publish() {
        Instant now = clock.instant();
        List<Quarter> due = new ArrayList<>();
        Quarter quarter = Quarter.at(now.minus(SETTLED));
        for (int i = 0; i < LOOK_BACK; i++) {
            quarter = quarter.before();
            if (!rollups.isPublished(quarter)) {
                due.add(quarter);
            }
        }
        due.forEach(one -> publish(one, now));
    }

    private void publish(Quarter quarter, Instant now) {
        Decision told = decide(Set.of(Circumstance.K_ANONYMOUS), now);
        SortedMap<Cell, Integer> published = told.releases()
                ? RollupPolicy.publish(buurten, classes, count(quarter), RollupPolicy.K)
                : new TreeMap<>();
        database.inTransaction(() -> {
            UUID id = Identifier.next();
            // another hub may have been first: its publication stands
            boolean isOurs =
                    !told.releases() || rollups.claim(quarter, id, classes.size() + 1, told.policyVersion(), now);
            if (isOurs) {
                rollups.insert(quarter, published);
                log(id, told, decide(Set.of(), now), now);
            }
            return isOurs;
        });
    }

    /** A household counts once in its buurt, and once per class of its signals. */
    private Map<Cell, Integer> count(Quarter quarter) {
        Map<Cell, Integer> households = new HashMap<>();
        rollups.households(
                quarter, (address, own) -> buurtOf.apply(address.postalCode()).ifPresent(buurt -> {
                    households.merge(new Cell(buurt, RollupPolicy.TOTAL), 1, Integer::sum);
                    own.forEach(one -> households.merge(new Cell(buurt, one), 1, Integer::sum));
                }));
        return households;
    }

    private Decision decide(Set<Circumstance> circumstances, Instant now) {
        return inForce.policy().decide(facts(circumstances), DASHBOARD, now);
    }

    private static SharingFacts facts(Set<Circumstance> circumstances) {
        return SharingFacts.builder()
                .from(Discipline.MUNICIPALITY)
                .classes(Set.of(DataClass.A))
                .area(true)
                .reporterAllows(true)
                .drawnFor(true)
                .circumstances(circumstances)
                .build();
    }

    /** One decision for the cells that are told, one for those that are not: neither names an area. */
    private void log(UUID id, Decision told, Decision suppressed, Instant now) {
        Trace trace = Trace.continuing(null);
        decisionLog.insert(List.of(
                logged(id, Set.of(Circumstance.K_ANONYMOUS), told, trace, now),
                logged(id, Set.of(), suppressed, trace, now)));
    }

    private static DecisionSet logged(UUID id, Set<Circumstance> known, Decision decision, Trace trace, Instant now) {
        return new DecisionSet(
                Identifier.next(),
                EVALUATION,
                trace,
                now,
                Json.write(facts(known)),
                decision.policyVersion(),
                List.of(new DecisionSet.Decided(id, Json.write(decision))));
    }
}
