package nl.wijkhub.sharing.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form in which FHIR R4 may name an actor is read, or refused with its place. */
@Tag("sharing")
class ConsentActorsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");
    private static final String KVK = "http://fhir.nl/fhir/NamingSystem/kvk";
    private static final String URA = "http://fhir.nl/fhir/NamingSystem/ura";
    private static final String REFERENCE = "/entry/0/resource/provision/actor/0/reference";

    @ParameterizedTest
    @CsvSource({
        "http://fhir.nl/fhir/NamingSystem/kvk, 99990005, zorg-demo",
        "http://www.vzvz.nl/fhir/NamingSystem/kvk, 99990002, corporatie-twee",
        "http://fhir.nl/fhir/NamingSystem/oin, 00000009999999999001, politie-demo",
        "http://fhir.nl/fhir/NamingSystem/ura, 99990051, zorg-demo",
        "urn:oid:2.16.528.1.1007.3.3, 99990051, zorg-demo",
        "http://fhir.nl/fhir/NamingSystem/agb-z, 99990052, zorg-demo",
        "urn:oid:2.16.840.1.113883.2.4.6.1, 99990052, zorg-demo",
        "http://fhir.nl/fhir/NamingSystem/kvk, 99990051, kvk|99990051",
        "http://fhir.nl/fhir/NamingSystem/agb-z, 99990099, agbZ|99990099"
    })
    void an_organisation_is_named_by_its_number(String system, String number, String named) {
        assertThat(permit(by(system, number))).isEqualTo(organisations(named));
    }

    @Test
    void an_organisation_may_be_contained_or_stand_in_the_bundle() {
        Consent consent = aConsent(ConsentProvisionType.PERMIT, new Reference("#o1"));
        consent.addContained(anOrganisation("o1", number(URA, "99990051")));

        assertThat(only(consent)).isEqualTo(organisations("zorg-demo"));
        assertThat(only(
                        aConsent(ConsentProvisionType.PERMIT, new Reference("Organization/o2")),
                        anOrganisation("o2", number("urn:fake:own", "7"), number(KVK, "99990005"))))
                .isEqualTo(organisations("zorg-demo"));
    }

    @Test
    void all_its_numbers_name_one_organisation() {
        Organization known =
                anOrganisation("o1", number(KVK, "99990005"), number(URA, "99990099"), old(number(KVK, "99990001")));
        Organization unknown = anOrganisation("o1", number(KVK, "99990098"), number(URA, "99990099"));
        Consent consent = aConsent(ConsentProvisionType.PERMIT, new Reference("Organization/o1"));

        assertThat(only(consent.copy(), known)).isEqualTo(organisations("zorg-demo"));
        assertThat(only(consent.copy(), unknown)).isEqualTo(organisations("kvk|99990098", "ura|99990099"));
    }

    @Test
    void a_reference_that_leads_elsewhere_is_taken_at_the_number_beside_it() {
        Reference elsewhere = by(KVK, "99990005").setReference("https://zorg.example/fhir/Organization/o9");

        assertThat(permit(elsewhere)).isEqualTo(organisations("zorg-demo"));
    }

    @Test
    void beside_a_role_a_permit_is_for_that_organisation_alone_and_a_deny_for_both() {
        Consent permit = aConsent(ConsentProvisionType.PERMIT, by(KVK, "99990005"), "CARE");
        Consent deny = aConsent(ConsentProvisionType.DENY, by(KVK, "99990005"), "CARE");
        Consent denyUnknown = aConsent(ConsentProvisionType.DENY, by(KVK, "99990099"), "CARE");

        assertThat(only(permit)).isEqualTo(organisations("zorg-demo"));
        assertThat(only(deny))
                .isEqualTo(
                        new Provision(false, 1, Reach.NAMED, Set.of(Discipline.CARE), Set.of("zorg-demo"), null, null));
        assertThat(only(denyUnknown).disciplines()).containsExactly(Discipline.CARE);
    }

    @Test
    void a_role_that_is_none_of_ours_leaves_the_permit_for_nobody_and_the_deny_for_everybody() {
        Consent permit = aConsent(ConsentProvisionType.PERMIT, by(KVK, "99990005"), "NEIGHBOURS");
        Consent deny = aConsent(ConsentProvisionType.DENY, by(KVK, "99990005"), "NEIGHBOURS");

        assertThat(read(permit)).isEmpty();
        assertThat(only(deny).reach()).isEqualTo(Reach.ANYONE);
    }

    @Test
    void what_is_nested_reaches_only_who_is_named_around_it_too() {
        Consent byRole = aConsent(ConsentProvisionType.PERMIT, null, "CARE", "WELFARE");
        nest(byRole, by(KVK, "99990005"));
        nest(byRole, by(KVK, "99990001"));
        Consent byName = aConsent(ConsentProvisionType.PERMIT, by(KVK, "99990005"));
        nest(byName, null, "CARE");
        nest(byName, null, "TEAM");
        nest(byName, null, "HOUSING");
        nest(byName, by(KVK, "99990001"));
        Consent police = aConsent(
                ConsentProvisionType.PERMIT, by("http://fhir.nl/fhir/NamingSystem/oin", "00000009999999999001"));
        nest(police, null, "TEAM");

        assertThat(nested(byRole)).containsExactly(Set.of("zorg-demo"), Set.of());
        assertThat(nested(byName)).containsExactly(Set.of("zorg-demo"), Set.of("zorg-demo"), Set.of(), Set.of());
        assertThat(nested(police)).containsExactly(Set.of());
    }

    @Test
    void a_deny_that_is_nested_stays_as_wide_as_it_is() {
        Consent consent = aConsent(ConsentProvisionType.PERMIT, by(KVK, "99990005"));
        nest(consent, by(KVK, "99990001")).setType(ConsentProvisionType.DENY);

        assertThat(nested(consent)).containsExactly(Set.of("corporatie-demo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Practitioner/p",
                "PractitionerRole/p",
                "CareTeam/c",
                "Group/g",
                "Device/d",
                "Patient/p",
                "RelatedPerson/r",
                "https://zorg.example/fhir/Practitioner/p/_history/2"
            })
    void a_reference_to_anything_but_an_organisation_is_refused(String target) {
        refused(new Reference(target), "wrong-target", REFERENCE + "/reference");
        refused(by(KVK, "99990005").setReference(target), "wrong-target", REFERENCE + "/reference");
    }

    @Test
    void a_reference_that_leads_nowhere_is_refused() {
        refused(new Reference("Organization/zorg-demo"), "dangling-reference", REFERENCE + "/reference");
        refused(new Reference("#o1"), "dangling-reference", REFERENCE + "/reference");
        refused(by(KVK, "99990005").setReference("#o1"), "dangling-reference", REFERENCE + "/reference");
        refused(new Reference("urn:uuid:00000000-0000-4000-8000-00000000000f"), "dangling-reference", null);
    }

    @Test
    void a_type_that_is_no_organisation_is_refused() {
        refused(by(KVK, "99990005").setType("Practitioner"), "wrong-target", REFERENCE + "/type");
        assertThat(permit(by(KVK, "99990005").setType("Organization"))).isEqualTo(organisations("zorg-demo"));
    }

    @Test
    void a_number_of_another_register_or_of_another_length_is_refused() {
        refused(by("urn:fake:register", "1"), "unknown-code", REFERENCE + "/identifier/system");
        refused(by(null, "99990005"), "unknown-code", REFERENCE + "/identifier/system");
        refused(by(KVK, "9999"), "wrong-form", REFERENCE + "/identifier/value");
        refused(by(KVK, null), "wrong-form", REFERENCE + "/identifier/value");
    }

    @Test
    void a_name_alone_identifies_nobody_unless_a_role_stands_beside_it() {
        Reference name = new Reference().setDisplay("Zorg Voorbeeldstad");

        refused(name, "missing", REFERENCE);
        refused(null, "missing", REFERENCE);
        assertThat(only(aConsent(ConsentProvisionType.PERMIT, name, "CARE")).disciplines())
                .containsExactly(Discipline.CARE);
    }

    @Test
    void an_organisation_without_a_number_is_refused_at_its_own_place() {
        Consent consent = aConsent(ConsentProvisionType.PERMIT, new Reference("Organization/o1"));

        refused(consent, "missing", "/entry/1/resource/identifier", anOrganisation("o1"));
        refused(consent, "wrong-form", "/entry/1/resource/identifier/0/value", anOrganisation("o1", number(KVK, "1")));
    }

    @Test
    void numbers_of_two_organisations_are_refused() {
        Consent consent = aConsent(ConsentProvisionType.PERMIT, new Reference("Organization/o1"));

        refused(
                consent,
                "contradiction",
                REFERENCE,
                anOrganisation("o1", number(KVK, "99990001"), number(URA, "99990051")));
        refused(
                consent,
                "contradiction",
                REFERENCE,
                anOrganisation("o1", number(KVK, "99990097"), number(KVK, "99990098")));
    }

    @Test
    void a_permit_for_an_organisation_in_a_role_it_does_not_have_is_refused_and_a_deny_is_for_both() {
        refused(
                aConsent(ConsentProvisionType.PERMIT, by(KVK, "99990001"), "CARE"),
                "contradiction",
                "/entry/0/resource/provision/actor/0");
        assertThat(only(aConsent(ConsentProvisionType.PERMIT, by(KVK, "99990001"), "TEAM")))
                .isEqualTo(organisations("corporatie-demo"));
        assertThat(only(aConsent(ConsentProvisionType.DENY, by(KVK, "99990001"), "CARE")))
                .isEqualTo(new Provision(
                        false, 1, Reach.NAMED, Set.of(Discipline.CARE), Set.of("corporatie-demo"), null, null));
    }

    @Test
    void each_faulty_actor_is_told_at_its_own_place() {
        Consent consent = aConsent(ConsentProvisionType.PERMIT, by(KVK, "99990005"));
        consent.getProvision().addProvision().addActor().setReference(new Reference("Practitioner/a"));
        consent.getProvision().addActor().setReference(new Reference("Practitioner/b"));

        assertThat(faults(consent))
                .containsExactlyInAnyOrder(
                        "/entry/0/resource/provision/actor/1/reference/reference",
                        "/entry/0/resource/provision/provision/0/actor/0/reference/reference");
    }

    private static Provision permit(Reference reference) {
        return only(aConsent(ConsentProvisionType.PERMIT, reference));
    }

    private static Provision organisations(String... named) {
        return new Provision(true, 1, Reach.NAMED, Set.of(), Set.of(named), null, null);
    }

    private static Provision only(Consent consent, Resource... beside) {
        List<Provision> provisions = read(consent, beside);
        assertThat(provisions).hasSize(1);
        return provisions.get(0);
    }

    private static List<Set<String>> nested(Consent consent) {
        return read(consent).stream()
                .filter(provision -> provision.depth() == 2)
                .peek(provision -> assertThat(provision.disciplines()).isEmpty())
                .map(Provision::organisations)
                .toList();
    }

    private static List<Provision> read(Consent consent, Resource... beside) {
        return ConsentFixture.read(consent, EnumSet.of(Voice.PERSON), NOW, beside)
                .orElseThrow()
                .provisions();
    }

    private static void refused(Reference reference, String code, String pointer) {
        refused(aConsent(ConsentProvisionType.PERMIT, reference), code, pointer);
        refused(aConsent(ConsentProvisionType.DENY, reference), code, pointer);
    }

    /** @param pointer null for wherever */
    private static void refused(Consent consent, String code, String pointer, Resource... beside) {
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> read(consent, beside));

        assertThat(rejected).isNotNull();
        assertThat(rejected.faults()).hasSize(1);
        assertThat(rejected.faults().get(0).code()).isEqualTo(code);
        if (pointer != null) {
            assertThat(rejected.faults().get(0).pointer()).isEqualTo(pointer);
        }
    }

    private static List<String> faults(Consent consent) {
        return catchThrowableOfType(Rejected.class, () -> read(consent)).faults().stream()
                .map(fault -> fault.pointer())
                .toList();
    }

    private static Consent aConsent(ConsentProvisionType type, Reference reference, String... roles) {
        Consent consent = new Consent().setStatus(ConsentState.ACTIVE);
        consent.setScope(concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"));
        consent.getProvision().setType(type);
        actors(reference, roles, consent.getProvision()::addActor);
        return consent;
    }

    private static Consent.ProvisionComponent nest(Consent consent, Reference reference, String... roles) {
        Consent.ProvisionComponent nested = consent.getProvision().addProvision();
        nested.setType(ConsentProvisionType.PERMIT);
        actors(reference, roles, nested::addActor);
        return nested;
    }

    /** An actor per role; the reference stands beside each. */
    private static void actors(
            Reference reference, String[] roles, java.util.function.Supplier<Consent.provisionActorComponent> actors) {
        Consumer<Consent.provisionActorComponent> refer = actor -> {
            if (reference != null) {
                actor.setReference(reference);
            }
        };
        for (String role : roles) {
            refer.accept(actors.get().setRole(concept(ConsentReading.DISCIPLINES, role)));
        }
        if (roles.length == 0) {
            refer.accept(actors.get()
                    .setRole(concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP")));
        }
    }

    private static Reference by(String system, String value) {
        return new Reference().setIdentifier(number(system, value));
    }

    private static Identifier number(String system, String value) {
        return new Identifier().setSystem(system).setValue(value);
    }

    private static Identifier old(Identifier number) {
        return number.setUse(IdentifierUse.OLD);
    }

    private static Organization anOrganisation(String id, Identifier... numbers) {
        Organization organisation = new Organization();
        organisation.setId(id);
        for (Identifier number : numbers) {
            organisation.addIdentifier(number);
        }
        return organisation;
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept().addCoding(new Coding(system, code, null));
    }
}
