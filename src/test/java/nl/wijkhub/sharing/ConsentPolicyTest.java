package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.ConsentStatus;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whom a consent reaches that names organisations. */
@Tag("sharing")
class ConsentPolicyTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-21");
    private static final String ONE = "zorg-demo";
    private static final String OTHER = "fake-zorg";

    @Test
    void a_permit_for_one_organisation_is_not_for_another_of_its_discipline() {
        Consent consent = consent(naming(true, ONE));

        assertThat(permits(ONE, consent)).isTrue();
        assertThat(permits(OTHER, consent)).isFalse();
        assertThat(permits(null, consent)).isFalse();
    }

    @Test
    void a_permit_for_a_role_is_for_every_seat_of_it() {
        Consent consent = consent(role(true));

        assertThat(permits(ONE, consent)).isTrue();
        assertThat(permits(OTHER, consent)).isTrue();
        assertThat(permits(null, consent)).isTrue();
    }

    @Test
    void a_deny_for_one_organisation_beats_a_permit_for_the_role_for_that_one_alone() {
        assertThat(permits(ONE, consent(role(true)), consent(naming(false, OTHER))))
                .isTrue();
        assertThat(permits(OTHER, consent(role(true)), consent(naming(false, OTHER))))
                .isFalse();
        assertThat(permits(OTHER, consent(role(true), naming(false, OTHER)))).isFalse();
    }

    @Test
    void an_organisation_withdrawn_from_is_reached_no_more() {
        Consent withdrawn = new Consent(ConsentStatus.WITHDRAWN, EnumSet.of(Voice.PERSON), List.of());

        assertThat(permits(ONE, withdrawn)).isFalse();
        assertThat(permits(ONE, consent(naming(true, ONE)), consent(naming(false, ONE))))
                .isFalse();
    }

    @Test
    void whoever_said_no_to_one_organisation_may_still_be_asked_about_another() {
        assertThat(isUnasked(OTHER, consent(naming(false, ONE)))).isTrue();
        assertThat(isUnasked(ONE, consent(naming(false, ONE)))).isFalse();
        assertThat(isUnasked(ONE, consent(naming(true, ONE)))).isFalse();
    }

    @Test
    void the_police_are_reached_by_an_organisation_that_is_theirs() {
        Recipient police = SharingFixture.noord(Discipline.POLICE);
        var person = SharingFixture.anAdult(UUID.randomUUID(), consent(naming(true, "politie-demo")));

        assertThat(ConsentPolicy.permits(person, police, "politie-demo", DAY)).isTrue();
        assertThat(ConsentPolicy.permits(person, police, "fake-politie", DAY)).isFalse();
    }

    @Test
    void an_organisation_nobody_knows_is_reached_from_the_day_it_is_a_partner() {
        Consent early = consent(naming(true, "agbZ|99990052"));
        Consent refusal = consent(role(true), naming(false, "ura|99990051"));

        assertThat(permits(ONE, early)).isFalse();
        assertThat(permits(ONE, early.knownTo(SignalFixture.PARTNERS))).isTrue();
        assertThat(permits(ONE, refusal)).isTrue();
        assertThat(permits(ONE, refusal.knownTo(SignalFixture.PARTNERS))).isFalse();
    }

    @Test
    void what_was_stored_before_consents_named_organisations_reads_and_is_written_as_it_was() {
        String before = """
            {"by":["PERSON"],"provisions":[{"depth":1,"disciplines":["CARE"],"permit":true,"reach":"NAMED"}],\
            "state":"ACTIVE"}\
            """;

        Consent read = Json.read(before, Consent.class);

        assertThat(read).isEqualTo(consent(role(true)));
        assertThat(Json.write(read)).isEqualTo(before);
    }

    @Test
    void organisations_are_stored_in_one_order() {
        Consent consent = consent(naming(true, "b-fake", "kvk|99990099", "a-fake"));

        assertThat(Json.write(consent)).contains("\"organisations\":[\"a-fake\",\"b-fake\",\"kvk|99990099\"]");
        assertThat(Json.read(Json.write(consent), Consent.class)).isEqualTo(consent);
    }

    private static boolean permits(String organisation, Consent... consents) {
        return ConsentPolicy.permits(
                SharingFixture.anAdult(UUID.randomUUID(), consents),
                SharingFixture.noord(Discipline.CARE),
                organisation,
                DAY);
    }

    private static boolean isUnasked(String organisation, Consent... consents) {
        return ConsentPolicy.isUnasked(
                SharingFixture.anAdult(UUID.randomUUID(), consents),
                SharingFixture.noord(Discipline.CARE),
                organisation,
                DAY);
    }

    private static Consent consent(Provision... provisions) {
        return new Consent(ConsentStatus.ACTIVE, EnumSet.of(Voice.PERSON), List.of(provisions));
    }

    private static Provision role(boolean permit) {
        return new Provision(permit, 1, Reach.NAMED, Set.of(Discipline.CARE), null, null);
    }

    private static Provision naming(boolean permit, String... organisations) {
        return new Provision(permit, 1, Reach.NAMED, Set.of(), Set.of(organisations), null, null);
    }
}
