package nl.wijkhub.sharing.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.Consent.ConsentStatus;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("sharing")
class ConsentReadingTest {
    private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");

    @Test
    void opt_out_with_a_root_permit_permits_within_that_provision() {
        assertThat(read(aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE")).provisions())
                .containsExactly(new Provision(true, 1, Reach.NAMED, Set.of(Discipline.CARE), null, null));
    }

    @Test
    void opt_in_with_a_root_deny_denies_within_that_provision() {
        assertThat(read(aConsent("OPTIN", ConsentProvisionType.DENY, "POLICE")).provisions())
                .containsExactly(
                        new Provision(true, 0, Reach.ANYONE, Set.of(), null, null),
                        new Provision(false, 1, Reach.NAMED, Set.of(Discipline.POLICE), null, null));
    }

    @Test
    void the_base_rule_speaks_where_the_root_has_no_type() {
        Consent optOut = aConsent("OPTOUT", null);
        optOut.getProvision().addProvision().setType(ConsentProvisionType.PERMIT);
        Consent optIn = aConsent("OPTIN", null, "WELFARE");

        assertThat(read(optOut).provisions())
                .containsExactly(
                        new Provision(false, 0, Reach.ANYONE, Set.of(), null, null),
                        new Provision(true, 2, Reach.ANYONE, Set.of(), null, null));
        assertThat(read(optIn).provisions())
                .containsExactly(new Provision(true, 1, Reach.NAMED, Set.of(Discipline.WELFARE), null, null));
    }

    @Test
    void a_rule_alone_is_for_anyone() {
        Consent optOut = aConsent("OPTOUT", null);
        optOut.setProvision(null);
        Consent optIn = aConsent("OPTIN", null);
        optIn.setProvision(null);

        assertThat(read(optOut).provisions())
                .containsExactly(new Provision(false, 0, Reach.ANYONE, Set.of(), null, null));
        assertThat(read(optIn).provisions())
                .containsExactly(new Provision(true, 0, Reach.ANYONE, Set.of(), null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"treatment", "adr", "research"})
    void another_scope_says_nothing(String scope) {
        Consent consent = aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE");
        consent.setScope(concept("http://terminology.hl7.org/CodeSystem/consentscope", scope));

        assertThat(ConsentFixture.read(consent, EnumSet.of(Voice.PERSON), NOW)).isEmpty();
    }

    @Test
    void what_is_not_understood_narrows_a_permit_to_nothing_and_leaves_a_deny() {
        for (Consumer<Consent> narrowing : java.util.List.<Consumer<Consent>>of(
                c -> c.getProvision().addPurpose(new Coding("fake", "X", null)),
                c -> c.getProvision().addClass_(new Coding("fake", "X", null)),
                c -> c.getProvision().addSecurityLabel(new Coding("fake", "X", null)),
                c -> c.getProvision().addCode(concept("fake", "X")),
                c -> c.getProvision().addAction(concept("fake", "collect")),
                c -> c.getProvision().setDataPeriod(new Period().setEndElement(new DateTimeType("2026-01-01"))),
                c -> c.getProvision().addModifierExtension().setUrl("urn:fake"),
                c -> c.setPolicyRule(concept("fake", "UNHEARD-OF")))) {
            Consent permit = aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE");
            Consent deny = aConsent("OPTOUT", ConsentProvisionType.DENY, "CARE");
            narrowing.accept(permit);
            narrowing.accept(deny);

            assertThat(read(permit).provisions()).noneMatch(Provision::permit);
            assertThat(read(deny).provisions()).anyMatch(p -> !p.permit());
        }
    }

    @Test
    void a_permit_for_somebody_unknown_is_for_nobody_and_a_deny_for_everybody() {
        assertThat(read(aConsent("OPTOUT", ConsentProvisionType.PERMIT, "NEIGHBOURS"))
                        .provisions())
                .isEmpty();
        assertThat(read(aConsent("none", ConsentProvisionType.DENY, "NEIGHBOURS"))
                        .provisions())
                .containsExactly(new Provision(false, 1, Reach.ANYONE, Set.of(), null, null));
    }

    @Test
    void a_period_narrows_also_what_is_nested_in_it() {
        Consent consent = aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE");
        consent.getProvision()
                .setPeriod(new Period()
                        .setStartElement(new DateTimeType("2026-01-01"))
                        .setEndElement(new DateTimeType("2026-12")));
        consent.getProvision().addProvision().setType(ConsentProvisionType.DENY);

        assertThat(read(consent).provisions())
                .extracting(p -> p.from() + " " + p.until())
                .containsExactly("2026-01-01 2026-12-01", "2026-01-01 2026-12-01");
    }

    @Test
    void what_is_nested_reaches_no_further_than_what_it_is_nested_in() {
        Consent consent = aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE", "WELFARE");
        consent.getProvision().addProvision().setType(ConsentProvisionType.PERMIT);
        consent.getProvision()
                .addProvision()
                .setType(ConsentProvisionType.PERMIT)
                .addActor()
                .setRole(concept(ConsentReading.DISCIPLINES, "POLICE"));

        assertThat(read(consent).provisions())
                .containsExactly(
                        new Provision(true, 1, Reach.NAMED, Set.of(Discipline.CARE, Discipline.WELFARE), null, null),
                        new Provision(true, 2, Reach.NAMED, Set.of(Discipline.CARE, Discipline.WELFARE), null, null),
                        new Provision(true, 2, Reach.NAMED, Set.of(), null, null));
    }

    @Test
    void an_actor_that_is_partly_unknown_is_unknown() {
        Consent consent = aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE");
        consent.getProvision()
                .getActorFirstRep()
                .getRole()
                .addCoding(new Coding(ConsentReading.DISCIPLINES, "FOO", null));

        assertThat(read(consent).provisions()).isEmpty();
    }

    @Test
    void what_is_dated_ahead_permits_nothing_yet() {
        Consent ahead = aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE");
        ahead.setDateTime(Date.from(NOW.plusSeconds(1)));
        Consent now = aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE");
        now.setDateTime(Date.from(NOW));

        assertThat(read(ahead).provisions()).noneMatch(Provision::permit);
        assertThat(read(now).provisions()).anyMatch(Provision::permit);
    }

    @Test
    void inactive_and_an_error_are_taken_back_and_rejected_is_a_refusal() {
        Consent inactive =
                aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE").setStatus(ConsentState.INACTIVE);
        Consent rejected =
                aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE").setStatus(ConsentState.REJECTED);
        Consent error = aConsent("OPTOUT", ConsentProvisionType.PERMIT, "CARE").setStatus(ConsentState.ENTEREDINERROR);

        assertThat(read(inactive).state()).isEqualTo(ConsentStatus.WITHDRAWN);
        assertThat(read(rejected).provisions())
                .containsExactly(new Provision(false, 0, Reach.ANYONE, Set.of(), null, null));
        assertThat(read(error).state()).isEqualTo(ConsentStatus.WITHDRAWN);
    }

    private static nl.wijkhub.signal.Consent read(Consent consent) {
        Optional<nl.wijkhub.signal.Consent> read = ConsentFixture.read(consent, EnumSet.of(Voice.PERSON), NOW);
        return read.orElseThrow();
    }

    private static Consent aConsent(String rule, ConsentProvisionType type, String... actors) {
        Consent consent = new Consent().setStatus(ConsentState.ACTIVE);
        consent.setScope(concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"));
        if (!rule.equals("none")) {
            consent.setPolicyRule(concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", rule));
        }
        consent.getProvision().setType(type);
        for (String actor : actors) {
            consent.getProvision().addActor().setRole(concept(ConsentReading.DISCIPLINES, actor));
        }
        return consent;
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept().addCoding(new Coding(system, code, null));
    }
}
