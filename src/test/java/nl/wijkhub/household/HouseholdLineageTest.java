package nl.wijkhub.household;

import static nl.wijkhub.household.HouseholdFixture.at;
import static nl.wijkhub.household.HouseholdFixture.named;
import static nl.wijkhub.household.HouseholdFixture.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.household.HouseholdChange.ChangeKind;
import nl.wijkhub.household.HouseholdChange.Former;
import nl.wijkhub.household.HouseholdChange.Said;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Households that are merged, split and left, on a real database: where what comes next belongs, and what goes back. */
class HouseholdLineageTest {
    private static final String BSN = "999990342";
    private static final Said SAID =
            new Said("Fictief: de wijkagent kent hen", "fake-user", SignalFixture.NOON.instant());
    private static final Said LATER = new Said(
            "Fictief: een vergissing", "fake-user", SignalFixture.NOON.instant().plus(Duration.ofHours(1)));

    private final HouseholdFixture hub = new HouseholdFixture();
    private final HouseholdLineage lineage = new HouseholdLineage(
            hub.signals,
            hub.households,
            hub.matches,
            new HouseholdChangeStore(hub.database, hub.vault),
            new HouseholdLineageStore(hub.database),
            hub.vault);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void what_comes_to_either_address_belongs_to_the_merged_household_and_goes_back_when_it_is_undone() {
        MatchedSignal old = hub.matched(at(11), named("Fake Bewoner", "1970-01-02"));
        MatchedSignal other = hub.matched(at(12), named("Fake Ander", "1980-01-02"));
        HouseholdChange merged = merge(other.householdId(), old.householdId());

        MatchedSignal since = hub.matched(at(12, "9999010000000012"), named("Fake Ander", "1980-01-02"));
        MatchedSignal stays = hub.matched(at(11), named("Fake Bewoner", "1970-01-02"));
        assertThat(since.householdId()).isEqualTo(old.householdId());

        Map<UUID, Integer> back = undo(merged);

        assertThat(back).containsOnlyKeys(other.signalId(), since.signalId());
        assertThat(hub.matched(at(12)).householdId()).isEqualTo(other.householdId());
        // an alias learned by what went back goes back too
        hub.matched(at(12, "9999010000000012"));
        assertThat(hub.waiting()).isEmpty();
        assertThat(hub.match.locked(since.accepted(), since.householdId()).householdId())
                .isEqualTo(other.householdId());
        assertThat(hub.match.locked(stays.accepted(), stays.householdId()).householdId())
                .isEqualTo(old.householdId());
    }

    @Test
    void what_somebody_said_in_one_household_counts_in_the_other_while_they_are_one() {
        MatchedSignal old = hub.matched(at(11));
        MatchedSignal other = hub.matched(at(12), named("Fake Ander", "1980-01-02"));
        HouseholdChange merged = merge(other.householdId(), old.householdId());

        MatchedSignal since = hub.matched(at(11), named("Fake Ander", "1980-01-02"));
        MatchedSignal again = hub.match.again(other.accepted(), other.householdId());

        assertThat(since.subjectKeys().get(0))
                .hasSize(2)
                .containsAll(other.subjectKeys().get(0))
                .containsExactlyInAnyOrderElementsOf(again.subjectKeys().get(0));
        assertThat(hub.match.apart(List.of(old.householdId(), other.householdId())))
                .isEqualTo(1);
        assertThat(hub.match.signalsOf(old.householdId(), 10))
                .containsExactlyInAnyOrder(old.signalId(), other.signalId(), since.signalId());
        // what waits goes on in the household that is left
        assertThat(hub.match.locked(other.accepted(), other.householdId()).householdId())
                .isEqualTo(old.householdId());

        undo(merged);

        assertThat(hub.match.again(other.accepted(), other.householdId()).subjectKeys())
                .isEqualTo(other.subjectKeys());
        assertThat(hub.match.apart(List.of(old.householdId(), other.householdId())))
                .isEqualTo(2);
        assertThat(hub.match.signalsOf(old.householdId(), 10))
                .containsExactlyInAnyOrder(old.signalId(), since.signalId());
    }

    @Test
    void what_waits_about_a_household_that_was_merged_waits_about_the_one_that_is_left() {
        UUID old = hub.matched(at(11)).householdId();
        UUID other = hub.matched(at(12)).householdId();
        hub.matched(at(13), named("Fake Bewoner", "1970-01-02"));
        hub.matched(at(12), named("Fake Bewoner", "1970-01-02"));
        UUID asked = hub.onlyMatch().id();

        HouseholdChange merged = merge(other, old);
        assertThat(hub.matches.held(asked).orElseThrow().household()).isEqualTo(old);

        undo(merged);
        assertThat(hub.matches.held(asked).orElseThrow().household()).isEqualTo(other);
    }

    @Test
    void whoever_moved_takes_along_what_is_about_that_person_alone() {
        MatchedSignal alone = hub.matched(at(11), numbered(BSN, "Fake Verhuizer", "1970-01-02"));
        MatchedSignal byName = hub.matched(at(11), named("Fake Verhuizer", "1970-01-02"));
        MatchedSignal together = hub.matched(at(11), numbered(BSN, null, null), named("Fake Blijver", "1980-01-02"));
        MatchedSignal house = hub.matched(at(11));
        UUID there = hub.matched(at(12), numbered(BSN, null, null)).householdId();
        HouseholdMatchStore.Match match = hub.onlyMatch();

        HouseholdLineage.Part part = lineage.ofPerson(
                match, List.of(alone.signalId(), byName.signalId(), together.signalId(), house.signalId()));

        assertThat(part.signals()).containsExactlyInAnyOrder(alone.signalId(), byName.signalId());
        HouseholdChange moved = change(ChangeKind.MOVE, match.other(), there, null);
        lineage.part(moved, none(part.signals()), part.aliases(), SAID);
        assertThat(hub.matched(null, numbered(BSN, null, null)).householdId()).isEqualTo(there);
        assertThat(hub.matched(at(11)).householdId()).isEqualTo(match.other());
        assertThat(hub.match.locked(alone.accepted(), alone.householdId()).householdId())
                .isEqualTo(there);

        undo(moved);
        assertThat(hub.matched(null, numbered(BSN, null, null)).householdId()).isEqualTo(match.other());
        assertThat(hub.match.locked(alone.accepted(), alone.householdId()).householdId())
                .isEqualTo(match.other());
    }

    @Test
    void what_is_split_off_keeps_its_place_and_its_people() {
        MatchedSignal stays = hub.matched(at(11), numbered("111222333", null, null));
        MatchedSignal goes = hub.matched(at(11), numbered(BSN, null, null), numbered("111222333", null, null));
        HouseholdLineage.Part part = lineage.ofSignals(Set.of(goes.signalId()), Set.of(stays.signalId()));
        assertThat(part.aliases()).hasSize(1);

        UUID own = hub.database.inTransaction(() -> lineage.apart(stays.householdId(), SAID));
        HouseholdChange split = change(ChangeKind.SPLIT, stays.householdId(), own, null);
        lineage.part(split, none(part.signals()), part.aliases(), SAID);

        MatchedSignal next = hub.matched(null, numbered(BSN, null, null));
        assertThat(next.householdId()).isEqualTo(own);
        assertThat(next.place().household().address()).isEqualTo(at(11));
        assertThat(hub.matched(null, numbered("111222333", null, null)).householdId())
                .isEqualTo(stays.householdId());

        assertThat(undo(split)).containsOnlyKeys(goes.signalId(), next.signalId());
        assertThat(hub.matched(null, numbered(BSN, null, null)).householdId()).isEqualTo(stays.householdId());
    }

    @Test
    void only_the_last_change_of_a_household_is_undone_and_once() {
        UUID one = hub.matched(at(11)).householdId();
        UUID two = hub.matched(at(12)).householdId();
        UUID three = hub.matched(at(13)).householdId();
        HouseholdChange first = merge(one, two);
        HouseholdChange last = merge(two, three);
        assertThat(hub.matched(at(11)).householdId()).isEqualTo(three);

        refused(first, "changed-since");
        undo(last);
        undo(first);
        refused(first, "undone-already");
        assertThat(hub.matched(at(11)).householdId()).isEqualTo(one);
    }

    @Test
    void a_household_never_becomes_part_of_what_is_part_of_it() {
        UUID one = hub.matched(at(11)).householdId();
        UUID two = hub.matched(at(12)).householdId();
        merge(one, two);

        assertThatThrownBy(() -> merge(two, one))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.faults())
                        .extracting(Fault::code)
                        .containsExactly("merged-already"));
    }

    private void refused(HouseholdChange change, String code) {
        assertThatThrownBy(() -> lineage.mayBeUndone(lineage.held(change.id()).orElseThrow()))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.faults())
                        .extracting(Fault::code)
                        .containsExactly(code));
    }

    @Test
    void of_a_merged_household_the_register_that_holds_its_address_counts_and_of_who_moved_that_of_the_new_one() {
        MatchedSignal old = hub.matched(at(11), numbered(BSN, "Fake Verhuizer", "1970-01-02"));
        MatchedSignal other = hub.matched(at(12), numbered(BSN, null, null));
        hub.units.put("corporatie-demo", "E-12", at(12), 10, null);
        assertThat(hub.claims.holdersOf(List.of(old, other))).isEqualTo(Map.of(other.signalId(), "corporatie-demo"));

        HouseholdChange merged = merge(other.householdId(), old.householdId());
        assertThat(hub.claims.holdersOf(List.of(old, other)).keySet())
                .containsExactlyInAnyOrder(old.signalId(), other.signalId());

        // what lives at addresses of two is nobody's to know
        hub.units.put("corporatie-twee", "E-11", at(11), 10, null);
        assertThat(hub.claims.holdersOf(List.of(old, other))).isEmpty();

        undo(merged);
        assertThat(hub.claims.holdersOf(List.of(old, other)))
                .isEqualTo(Map.of(old.signalId(), "corporatie-twee", other.signalId(), "corporatie-demo"));

        HouseholdChange moved = change(ChangeKind.MOVE, old.householdId(), other.householdId(), null);
        lineage.part(moved, none(Set.of(old.signalId())), Set.of(), LATER);
        assertThat(hub.claims.holdersOf(List.of(old))).containsValue("corporatie-demo");
        hub.units.remove("corporatie-demo", "E-12");
        assertThat(hub.claims.holdersOf(List.of(old))).isEmpty();
    }

    private HouseholdChange merge(UUID from, UUID to) {
        HouseholdChange change = change(ChangeKind.MERGE, from, to, new Former("PROPOSED", 1, null, null));
        lineage.merge(change, Map.of(), SAID);
        return change;
    }

    private Map<UUID, Integer> undo(HouseholdChange change) {
        return lineage.undo(lineage.held(change.id()).orElseThrow(), LATER);
    }

    private HouseholdChange change(ChangeKind kind, UUID from, UUID to, Former former) {
        return new HouseholdChange(
                Identifier.next(), kind, from, to, null, plan(from), plan(to), former, SAID.at(), false);
    }

    private static Map<UUID, Integer> none(Set<UUID> signals) {
        Map<UUID, Integer> none = new LinkedHashMap<>();
        signals.forEach(signal -> none.put(signal, null));
        return none;
    }

    /** A plan that is closed: what becomes of it is shown elsewhere. */
    private UUID plan(UUID household) {
        UUID plan = UUID.randomUUID();
        hub.database.with(h -> h.execute(
                "insert into plan (plan_id, household_id, team_id, state, opened_at, outcome, closed_at)"
                        + " values (?, ?, 'vb-noord', 'CLOSED', now(), 'PREVENTED', now())",
                plan,
                household));
        return plan;
    }
}
