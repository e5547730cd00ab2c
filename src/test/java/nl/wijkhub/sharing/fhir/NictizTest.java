package nl.wijkhub.sharing.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nl.wijkhub.signal.CaseSignal.Household;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Consent.Voice;
import nl.wijkhub.signal.SignalFixture;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples of nl-core, as Nictiz publishes them. */
class NictizTest {
    private static final Path FOLDER =
            Path.of(System.getenv().getOrDefault("WIJKHUB_DATA", "../shared/data"), "nictiz");
    private static final Set<String> ALL =
            Set.of("Patient", "RelatedPerson", "CareTeam", "PractitionerRole", "Consent");

    private final Checks checks = new Checks(SignalFixture.NOON);

    @BeforeEach
    void the_examples_are_here() {
        assumeTrue(Files.isDirectory(FOLDER), "the nl-core examples are not here");
    }

    @Test
    void every_example_parses_without_a_fault() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> examples = files.sorted().toList();
            assertThat(examples).hasSizeGreaterThanOrEqualTo(7);
            for (Path example : examples) {
                Bundle bundle = bundled(example);
                checks.orReject();
                assertThat(bundle.getEntryFirstRep().hasResource())
                        .as(example.getFileName().toString())
                        .isTrue();
            }
        }
    }

    @Test
    void a_patient_is_read_with_name_birth_date_bsn_phone_and_house_number() throws IOException {
        BundleReading bundle = new BundleReading(bundled(FOLDER.resolve("nl-core-Patient-01.xml")), checks);

        Household household = new PatientReading(true, checks)
                .household(bundle.all(Patient.class).get(0), List.of());

        checks.orReject();
        assertThat(household.address().postalCode()).isEqualTo("1012NX");
        assertThat(household.address().houseNumber()).isEqualTo(15);
        assertThat(household.persons()).singleElement().satisfies(person -> {
            assertThat(person.name()).isNotBlank();
            assertThat(person.birthDate()).isEqualTo("1934-04-28");
            assertThat(person.bsn()).hasSize(9);
            assertThat(person.phone()).isNotBlank();
        });
    }

    @Test
    void a_contact_person_is_read() throws IOException {
        BundleReading bundle = new BundleReading(bundled(FOLDER.resolve("nl-core-ContactPerson-01.xml")), checks);

        assertThat(new PatientReading(true, checks)
                        .related(bundle.all(RelatedPerson.class).get(0), "other")
                        .name())
                .isNotBlank();
    }

    @Test
    void a_treatment_directive_never_says_anything_about_sharing() throws IOException {
        for (String name :
                List.of("nl-core-TreatmentDirective2-01.xml", "nl-core-TreatmentDirective2-01-Consent-01.xml")) {
            Consent directive =
                    (Consent) bundled(FOLDER.resolve(name)).getEntryFirstRep().getResource();

            assertThat(ConsentFixture.read(directive, EnumSet.allOf(Voice.class), Instant.EPOCH))
                    .isEmpty();
        }
    }

    private Bundle bundled(Path example) throws IOException {
        String resource = Files.readString(example).replaceFirst("^<\\?xml[^>]*\\?>", "");
        String bundle = "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"collection\"/><entry><resource>" + resource
                + "</resource></entry></Bundle>";
        return FhirDocument.bundle(bundle.getBytes(StandardCharsets.UTF_8), "application/fhir+xml", ALL, checks);
    }
}
