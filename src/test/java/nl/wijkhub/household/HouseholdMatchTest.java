package nl.wijkhub.household;

import static nl.wijkhub.household.HouseholdFixture.at;
import static nl.wijkhub.household.HouseholdFixture.named;
import static nl.wijkhub.household.HouseholdFixture.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.household.HouseholdMatchStore.Decision;
import nl.wijkhub.household.HouseholdMatchStore.Match;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes a household the same one again, what makes it doubtful, and what never joins it. */
class HouseholdMatchTest {
    private static final String BAG = "9999010000000012";
    private static final String BSN = "999990342";
    private static final String OTHER_BSN = "111222333";

    private final HouseholdFixture hub = new HouseholdFixture();

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @ParameterizedTest(name = "letter {0} addition {1} is the household of 12 B 2")
    @CsvSource({"B, 2", "b, ' 2 '", ", B2", ", 'b-2'", ", 'B/2'", ", 'B.2'", "B, II"})
    void spellings_of_one_address_meet(String letter, String addition) {
        UUID first = hub.matched(new Address("9990AB", 12, "B", "2", null)).householdId();

        UUID second = hub.matched(
                        new Address("9990AB", 12, Address.normalPart(letter), Address.normalPart(addition), null))
                .householdId();

        assertThat(second).isEqualTo(first);
        assertThat(hub.matched(at(12)).householdId()).isNotEqualTo(first);
        assertThat(hub.waiting()).isEmpty();
    }

    @Test
    void a_bag_id_with_two_addresses_is_proposed_once_and_joins_nothing() {
        UUID first = hub.matched(at(12, BAG)).householdId();
        UUID second = hub.matched(at(14)).householdId();

        MatchedSignal doubtful = hub.matched(at(14, BAG));
        hub.matched(at(14, BAG));

        assertThat(second).isNotEqualTo(first);
        assertThat(doubtful.householdId()).isEqualTo(second);
        assertThat(hub.waiting()).containsExactly("BAG");
        Match match = hub.onlyMatch();
        assertThat(match.household()).isEqualTo(second);
        assertThat(match.other()).isEqualTo(first);
    }

    @Test
    void at_a_collective_address_the_person_is_the_household() {
        hub.collective.mark(at(20), "Fictief: opvanglocatie", "fake-lead");
        hub.collective.mark(at(20), "Fictief: nog eens", "fake-lead");

        UUID one = hub.matched(at(20, BAG), named("Fake Eén", "1970-01-02")).householdId();
        UUID other = hub.matched(at(20, BAG), named("Fake Twee", "1980-03-04")).householdId();
        UUID again = hub.matched(at(20), named("fake  eén", "1970-01-02")).householdId();
        UUID nameless = hub.matched(at(20)).householdId();
        UUID namelessToo = hub.matched(at(20), named("Fake Eén", null)).householdId();

        assertThat(again).isEqualTo(one);
        assertThat(List.of(one, other, nameless, namelessToo)).doesNotHaveDuplicates();
        assertThat(hub.waiting()).isEmpty();
        assertThat(hub.match.at(at(20))).isEmpty();
    }

    @Test
    void somebody_with_a_number_is_known_at_a_collective_address_by_name_too_and_lives_where_known() {
        UUID home = hub.matched(at(21), numbered(OTHER_BSN, "Fake Thuis", "1960-01-01"))
                .householdId();
        hub.collective.mark(at(20), "Fictief: opvanglocatie", "fake-lead");

        UUID numbered =
                hub.matched(at(20), numbered(BSN, "Fake Eén", "1970-01-02")).householdId();

        assertThat(hub.matched(at(20), named("Fake Eén", "1970-01-02")).householdId())
                .isEqualTo(numbered);
        assertThat(hub.matched(null, numbered(BSN, null, null)).householdId()).isEqualTo(numbered);
        assertThat(hub.matched(at(20), numbered(OTHER_BSN, null, null)).householdId())
                .isEqualTo(home);
    }

    @Test
    void two_signals_about_one_resident_in_one_batch_are_one_household() {
        hub.collective.mark(at(20), "Fictief: opvanglocatie", "fake-lead");

        List<MatchedSignal> batch = hub.together(
                hub.stored(at(20), named("Fake Eén", "1970-01-02")),
                hub.stored(at(20), numbered(BSN, "Fake Eén", "1970-01-02")),
                hub.stored(null, numbered(BSN, null, null)),
                hub.stored(at(20), named("Fake Twee", "1970-01-02")));

        assertThat(batch).extracting(MatchedSignal::householdId).doesNotContainNull();
        assertThat(batch.get(1).householdId()).isEqualTo(batch.get(0).householdId());
        assertThat(batch.get(2).householdId()).isEqualTo(batch.get(0).householdId());
        assertThat(batch.get(3).householdId()).isNotEqualTo(batch.get(0).householdId());
    }

    @Test
    void a_household_that_was_known_before_stays_and_decides_again_when_the_mark_ends() {
        UUID before = hub.matched(at(20)).householdId();
        hub.collective.mark(at(20), "Fictief: opvanglocatie", "fake-lead");

        UUID meanwhile = hub.matched(at(20), named("Fake Eén", "1970-01-02")).householdId();
        hub.collective.end(at(20), "Fictief: weer een woning", "fake-lead");
        hub.collective.end(at(20), "Fictief: nog eens", "fake-lead");

        assertThat(meanwhile).isNotEqualTo(before);
        assertThat(hub.matched(at(20), named("Fake Eén", "1970-01-02")).householdId())
                .isEqualTo(before);
        assertThat(hub.match.at(at(20))).contains(before);
    }

    @ParameterizedTest(name = "born {0} and born {1}")
    @CsvSource(
            nullValues = "unknown",
            value = {"unknown, unknown", "1970-01-02, unknown", "1970-01-02, 1970-01-03"})
    void namesakes_never_meet_and_nobody_is_asked(String birthDate, String otherBirthDate) {
        UUID one = hub.matched(at(31), named("Fake Naamgenoot", birthDate)).householdId();
        UUID other =
                hub.matched(at(32), named("Fake Naamgenoot", otherBirthDate)).householdId();

        assertThat(other).isNotEqualTo(one);
        assertThat(hub.waiting()).isEmpty();
    }

    @Test
    void the_same_name_and_birth_date_elsewhere_is_proposed_and_not_joined() {
        UUID one = hub.matched(at(31), named("Fake Dezelfde", "1970-01-02")).householdId();
        UUID other = hub.matched(at(32), named("FAKE dezelfde", "1970-01-02")).householdId();
        hub.matched(at(32), named("Fake Dezelfde", "1970-01-02"));
        hub.matched(at(31), named("Fake Dezelfde", "1970-01-02"));

        assertThat(other).isNotEqualTo(one);
        assertThat(hub.waiting()).containsExactly("NAME_BIRTH");
        assertThat(hub.onlyMatch().household()).isEqualTo(other);
    }

    @Test
    void somebody_who_shows_elsewhere_is_matched_by_the_address_and_proposed() {
        UUID old = hub.matched(at(41), numbered(BSN, null, null)).householdId();

        UUID fresh = hub.matched(at(42), numbered(BSN, null, null)).householdId();

        assertThat(fresh).isNotEqualTo(old);
        assertThat(hub.waiting()).containsExactly("PERSON");
        assertThat(hub.matched(null, numbered(BSN, null, null)).householdId()).isEqualTo(old);
    }

    @Test
    void who_lives_in_both_is_never_proposed_again_and_what_was_undone_is() {
        hub.matched(at(41), numbered(BSN, null, null));
        hub.matched(at(42), numbered(BSN, null, null));
        Match match = hub.onlyMatch();
        assertThat(hub.matches.decide(
                        match.id(), Decision.BOTH, "Fictief: co-ouderschap", "fake-user", SignalFixture.NOON.instant()))
                .isTrue();
        assertThat(hub.matches.decide(
                        match.id(),
                        Decision.DIFFERENT,
                        "Fictief: toch niet",
                        "fake-user",
                        SignalFixture.NOON.instant()))
                .isFalse();

        hub.matched(at(42), numbered(BSN, null, null));
        hub.matched(at(41), numbered(BSN, "Fake Kind", "2015-01-02"), named("Fake Ouder", "1970-01-02"));
        hub.matched(at(42), named("Fake Ouder", "1970-01-02"));
        assertThat(hub.waiting()).isEmpty();

        assertThat(hub.matches.undo(match.id(), "Fictief: vergissing", "fake-user", SignalFixture.NOON.instant()))
                .isTrue();
        assertThat(hub.waiting()).containsExactly("PERSON");
        assertThat(hub.matches.undo(match.id(), "Fictief: nog eens", "fake-user", SignalFixture.NOON.instant()))
                .isFalse();
    }

    @Test
    void a_person_without_an_address_goes_where_known_also_within_a_batch() {
        UUID home = hub.matched(at(51), numbered(BSN, null, null)).householdId();
        assertThat(hub.matched(null, numbered(BSN, null, null)).householdId()).isEqualTo(home);

        List<MatchedSignal> batch = hub.together(
                hub.stored(null, numbered(OTHER_BSN, null, null)), hub.stored(at(52), numbered(OTHER_BSN, null, null)));

        assertThat(batch.get(0).householdId()).isEqualTo(batch.get(1).householdId());
        assertThat(hub.waiting()).isEmpty();
    }
}
