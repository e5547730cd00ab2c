package nl.wijkhub.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.casework.UnitConflicts.Viewer;
import nl.wijkhub.household.UnitClaimStore.UnitConflict;
import nl.wijkhub.household.UnitStore;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Address;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees that two corporations say they let one address, and what becomes of it when one is confirmed. */
class UnitConflictsTest {
    private static final Viewer NOORD = seat("vb-noord", Discipline.MUNICIPALITY);
    private static final Viewer ZUID = seat("vb-zuid", Discipline.MUNICIPALITY);
    private static final Viewer OFFICER = new Viewer("privacy-demo", List.of(), true, Trace.continuing(null));

    private final TestStages hub = new TestStages();
    private final UnitStore units = hub.parts.household().units;
    private final UnitConflicts conflicts = hub.parts.casework().unitConflicts;

    @BeforeEach
    void empty() {
        TestDatabase.empty();
        both("9990AB", 12);
    }

    @Test
    void the_seat_of_the_team_that_is_drawn_for_the_address_sees_it_and_the_privacy_officer() {
        both("9991ZZ", 14);
        both("9995ZZ", 1);

        assertThat(numbers("vb-noord", NOORD)).containsExactly(12);
        assertThat(numbers("vb-zuid", ZUID)).containsExactly(14);
        assertThat(numbers("vb-noord", OFFICER)).containsExactly(12);
        assertThat(numbers("vb-zuid", OFFICER)).containsExactly(14);
        assertThat(numbers("zonder-team", OFFICER)).containsExactly(1);
    }

    @Test
    void to_anyone_else_nothing_of_it_exists() {
        UUID id = only().id();
        List<Viewer> others = List.of(
                ZUID,
                seat("vb-noord", Discipline.HOUSING),
                seat("vb-noord", Discipline.POLICE),
                seat("vb-noord", Discipline.WELFARE),
                new Viewer("beheerder-demo", List.of(), false, Trace.continuing(null)));
        for (Viewer other : others) {
            isNotFound(() -> conflicts.ofTeam("vb-noord", other, one -> true));
            isNotFound(() -> conflicts.held(id, other));
            isNotFound(() -> conflicts.confirm(id, "corporatie-demo", other));
        }
        isNotFound(() -> conflicts.ofTeam("vb-nergens", OFFICER, one -> true));
        isNotFound(() -> conflicts.held(UUID.randomUUID(), OFFICER));
        assertThat(only().isConfirmed()).isFalse();
    }

    @Test
    void whoever_is_confirmed_counts_for_every_signal_from_then_on_and_it_is_logged_who_said_so() {
        DecidedSignal signal = hub.send(
                "gemeente-demo",
                "nuisance.noise",
                "{\"household\":{\"address\":{\"postalCode\":\"9990 AB\",\"houseNumber\":12}}}");
        assertThat(hub.parts.household().unitClaims.holdersOf(List.of(signal.matched())))
                .isEmpty();

        hub.clock.pass(Duration.ofMinutes(1));
        conflicts.confirm(only().id(), "corporatie-twee", NOORD);

        assertThat(hub.parts.household().unitClaims.holdersOf(List.of(signal.matched())))
                .isEqualTo(Map.of(signal.signalId(), "corporatie-twee"));
        assertThat(only().confirmed()).isEqualTo("corporatie-twee");
        assertThat(column("select distinct name from processing_log"))
                .contains("unit-conflict-confirm", "unit-conflict-read");
        assertThat(column("select confirmed_by from unit_conflict")).containsExactly("fake-user");
    }

    @Test
    void a_partner_that_does_not_hold_the_address_cannot_be_confirmed() {
        UUID id = only().id();

        Rejected refused = catchThrowableOfType(Rejected.class, () -> conflicts.confirm(id, "politie-demo", OFFICER));

        assertThat(refused.problem()).isEqualTo(Problem.INVALID_INPUT);
        assertThat(refused.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/partner");
            assertThat(fault.code()).isEqualTo("unknown-partner");
        });
        assertThat(only().isConfirmed()).isFalse();
    }

    @Test
    void once_one_left_there_is_nothing_to_decide() {
        UUID id = only().id();
        units.remove("corporatie-twee", "E-9990AB12");

        assertThat(numbers("vb-noord", NOORD)).isEmpty();
        isNotFound(() -> conflicts.confirm(id, "corporatie-demo", NOORD));
    }

    private void both(String postalCode, int number) {
        Address address = new Address(postalCode, number, null, null, null);
        units.put("corporatie-demo", "E-" + postalCode + number, address, 9, null);
        hub.clock.pass(Duration.ofMinutes(1));
        units.put("corporatie-twee", "E-" + postalCode + number, address, 9, null);
    }

    private UnitConflict only() {
        List<UnitConflict> found = conflicts.ofTeam("vb-noord", NOORD, one -> true);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<Integer> numbers(String team, Viewer viewer) {
        return conflicts.ofTeam(team, viewer, one -> true).stream()
                .map(one -> one.address().houseNumber())
                .toList();
    }

    private List<String> column(String sql) {
        return hub.database.with(h -> h.createQuery(sql).mapTo(String.class).list());
    }

    private static void isNotFound(Runnable look) {
        assertThatThrownBy(look::run).isInstanceOfSatisfying(Rejected.class, refused -> assertThat(refused.problem())
                .isEqualTo(Problem.NOT_FOUND));
    }

    private static Viewer seat(String team, Discipline discipline) {
        return new Viewer("fake-user", List.of(new Recipient(team, discipline)), false, Trace.continuing(null));
    }
}
