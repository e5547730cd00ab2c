package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.casework.PlanLook;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.CitizenExport.ExportedLook;
import nl.wijkhub.sharing.CitizenExport.ExportedRelease;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.CaseSignal.Household;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.ConsentStatus;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;
import nl.wijkhub.team.Delivery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A consent for one of two care organisations: that one has it and loses it, the other never knows, and the citizen
 * reads which organisation it was.
 */
@Tag("sharing")
class CitizenExportTest {
    private static final String TENANT = """
            {"household":{"address":{"postalCode":"9990 AB","houseNumber":12},
             "persons":[{"role":"tenant","name":"Fake Bewoner","birthDate":"1970-01-02"}]}}""";
    private static final CaseSignal.Person PERSON =
            new CaseSignal.Person("tenant", "Fake Bewoner", LocalDate.of(1970, 1, 2), null, null);
    private static final Household HOME = new Household(new Address("9990AB", 12, null, null, null), List.of(PERSON));
    private static final Recipient CARE = new Recipient("vb-noord", Discipline.CARE);
    private static final Recipient CARE_TWEE = Recipient.at("vb-noord", "CARE/zorg-twee");

    private TestStages stages;
    private UUID signal;
    private UUID consent;

    @BeforeEach
    void one_organisation_is_consented_to() {
        TestDatabase.empty();
        stages = new TestStages();
        // a household that nobody knows consents to nothing
        stages.send("gemeente-demo", "nuisance.noise", TENANT);
        consent = register(null, ConsentStatus.ACTIVE).id();
        signal = stages.send("corporatie-demo", "nuisance.noise", TENANT).signalId();
    }

    @Test
    void the_organisation_that_the_consent_names_has_it_and_the_other_has_not() {
        assertThat(sees(CARE_TWEE, "zorg-lid-twee")).isTrue();
        assertThat(sees(CARE, "zorg-lid-demo")).isFalse();
        assertThat(stages.sent)
                .extracting(Delivery::address)
                .contains("team.vb-noord.care.zorg-twee")
                .doesNotContain("team.vb-noord.care");
    }

    @Test
    void once_it_is_withdrawn_it_is_recalled_from_that_organisation_and_the_other_still_hears_nothing() {
        List<Release> recalled = register(consent, ConsentStatus.WITHDRAWN).recalled();

        assertThat(recalled).extracting(Release::recipient).containsExactly(CARE_TWEE);
        assertThat(stages.queue.recall(recalled))
                .extracting(Delivery::address)
                .containsExactly("team.vb-noord.care.zorg-twee");
        assertThat(sees(CARE_TWEE, "zorg-lid-twee")).isFalse();
        assertThat(sees(CARE, "zorg-lid-demo")).isFalse();
    }

    @Test
    void the_citizen_reads_which_organisation_was_told_and_from_which_it_was_recalled() {
        assertThat(told("Zorg Twee").recalled()).isNull();
        register(consent, ConsentStatus.WITHDRAWN);

        ExportedRelease told = told("Zorg Twee");
        assertThat(told.to().id()).isEqualTo("zorg-twee");
        assertThat(told.recipient()).isEqualTo("vb-noord.care.zorg-twee");
        assertThat(told.recalled()).isEqualTo("consent-withdrawn");
        assertThat(exported().told())
                .filteredOn(one -> one.recalled() != null)
                .extracting(one -> one.to().name())
                .containsExactly("Zorg Twee");
        assertThat(exported().told())
                .extracting(one -> one.to().name())
                .contains("Gemeente Voorbeeldstad")
                .doesNotContain("Zorg Voorbeeldstad");
    }

    @Test
    void the_citizen_reads_who_of_which_organisation_looked() {
        sees(CARE_TWEE, "zorg-lid-twee");
        sees(CARE_TWEE, "vb-noord.care.zorg-twee");

        List<ExportedLook> looks = exported().looks();
        assertThat(looks).extracting(ExportedLook::user).containsExactly("zorg-lid-twee", "vb-noord.care.zorg-twee");
        assertThat(looks).extracting(one -> one.by().name()).containsOnly("Zorg Twee");
        assertThat(looks).extracting(one -> one.by().teamId()).containsOnly("vb-noord");
        assertThat(looks).extracting(ExportedLook::isSystem).containsExactly(false, true);
    }

    @Test
    void the_citizen_reads_who_looked_at_the_plan_of_its_household() {
        UUID plan = stages.database.with(
                h -> h.createQuery("select plan_id from plan").mapTo(UUID.class).one());
        stages.database.inTransaction(() -> stages.parts
                .casework()
                .planLook
                .see(
                        plan,
                        new PlanLook.Actor(
                                "medewerker-demo",
                                List.of(new Recipient("vb-noord", Discipline.MUNICIPALITY)),
                                Trace.continuing(null))));

        assertThat(stages.parts.sharing().citizens.of(PERSON, "privacy-demo").looks())
                .singleElement()
                .satisfies(look -> {
                    assertThat(look.user()).isEqualTo("medewerker-demo");
                    assertThat(look.name()).isEqualTo("plan-read");
                    assertThat(look.by().name()).isEqualTo("Gemeente Voorbeeldstad");
                });
        CaseSignal.Person another = new CaseSignal.Person("tenant", "Fake Ander", LocalDate.of(1970, 1, 2), null, null);
        assertThat(stages.parts.sharing().citizens.of(another, "privacy-demo").looks())
                .isEmpty();
    }

    @Test
    void a_seat_that_left_the_configuration_is_found_where_seats_are_settled() {
        stages.database.with(h -> h.execute("insert into seat values ('vb-gone', 'WELFARE', 'welzijn-demo')"));

        assertThat(stages.parts
                        .audit()
                        .organisations
                        .behind("fake-user", "vb-gone.welfare")
                        .name())
                .isEqualTo("Welzijn Voorbeeldstad");
        assertThat(stages.parts
                        .audit()
                        .organisations
                        .behind("fake-user", "vb-gone.care")
                        .name())
                .isNull();
    }

    private boolean sees(Recipient seat, String who) {
        return stages.database
                .inTransaction(() -> stages.parts
                        .casework()
                        .signalLook
                        .see(stages.signals.byId(signal).orElseThrow(), List.of(seat), who))
                .isPresent();
    }

    private ExportedRelease told(String organisation) {
        return exported().told().stream()
                .filter(one -> organisation.equals(one.to().name()))
                .findFirst()
                .orElseThrow();
    }

    private CitizenExport.ExportedSignal exported() {
        return stages.parts.sharing().citizens.of(PERSON, "privacy-demo").signals().stream()
                .filter(one -> one.signalId().equals(signal))
                .findFirst()
                .orElseThrow();
    }

    private ConsentRegister.Registered register(UUID id, ConsentStatus state) {
        Consent says = new Consent(
                state,
                EnumSet.of(Voice.PERSON),
                List.of(new Provision(true, 1, Reach.NAMED, Set.of(), Set.of("kvk|99990006"), null, null)));
        return stages.database.inTransaction(() -> stages.parts
                .sharing()
                .register
                .register(new ConsentDraft("welzijn-demo", id, "fake-1", says, "{\"fake\":\"" + state + "\"}", HOME)));
    }
}
