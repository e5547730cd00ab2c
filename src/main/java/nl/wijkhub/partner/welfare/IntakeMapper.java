package nl.wijkhub.partner.welfare;

import static nl.wijkhub.kernel.Fault.at;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.fhir.BundleReading;
import nl.wijkhub.sharing.fhir.BundleReading.Entry;
import nl.wijkhub.sharing.fhir.ConsentClaims;
import nl.wijkhub.sharing.fhir.FhirCodes;
import nl.wijkhub.sharing.fhir.FhirDocument;
import nl.wijkhub.sharing.fhir.PatientReading;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.CaseSignal.ConsentClaim;
import nl.wijkhub.signal.CaseSignal.Household;
import nl.wijkhub.signal.CaseSignal.Person;
import nl.wijkhub.signal.CaseSignal.Score;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.SignalDraft;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/**
 * Welfare intake → case signal.
 * Source: FHIR R4 Bundle of one Communication, its Patient, Observations on the Zelfredzaamheid-Matrix 2017,
 * RelatedPersons and Consents. In: bytes, JSON or XML. Out: a draft about the patient's household.
 * Units: scores 1 (acute) to 5 (self-reliant). Rejects: no or two Communications, references that lead nowhere, scores
 * out of range, codes no table knows, resources of another type. What is not named below is left behind.
 */
public final class IntakeMapper {
    public static final String FILE = "vocabulary/welfare-intake.yaml";
    private static final Set<String> TAKEN = Set.of(
            "MessageHeader", "Communication", "Patient", "Observation", "RelatedPerson", "Consent", "Organization");

    private static final Set<ObservationStatus> GIVEN =
            EnumSet.of(ObservationStatus.FINAL, ObservationStatus.AMENDED, ObservationStatus.CORRECTED);

    private final FhirCodes codes;
    private final ConsentClaims claims;
    private final Clock clock;

    public IntakeMapper(FhirCodes codes, Partners partners, Clock clock) {
        this.codes = codes;
        this.claims = new ConsentClaims(codes, partners);
        this.clock = clock;
    }

    /** @param mediaType {@code application/fhir+json} or {@code application/fhir+xml} */
    public SignalDraft map(Partner partner, byte[] body, String mediaType, Trace trace) {
        Checks checks = new Checks(clock);
        BundleReading bundle = new BundleReading(FhirDocument.bundle(body, mediaType, TAKEN, checks), checks);
        if (partner.defaultGround() == null) {
            checks.fault("", "no-ground");
        }
        Optional<Entry<Resource>> one = bundle.one("missing-communication", Communication.class);
        bundle.one("missing-patient", Patient.class);
        if (one.isEmpty()) {
            checks.orReject();
        }
        Entry<Communication> entry =
                new Entry<>(one.get().pointer(), (Communication) one.get().resource());
        Communication sent = entry.resource();
        inUse(entry, checks);
        String reference = bundle.reference(entry, sent.getIdentifier()); // identifier[0] → reference 1..1
        Optional<FhirCodes.Meaning> meaning =
                codes.meaning(sent.getCategory(), entry.at("category"), checks); // category → category 1..1
        OffsetDateTime at = bundle.time(sent.getSentElement(), entry.at("sent"), true); // sent → both times 1..1
        String narrative = narrative(bundle, entry, partner, checks); // payload → narrative 0..n
        Optional<Entry<Patient>> patient =
                bundle.follow(sent.getSubject(), entry.at("subject"), Patient.class); // subject → household 1..1
        List<Person> related = related(bundle, patient, partner, checks); // RelatedPerson → persons 0..n
        Household household = patient.map(p -> new PatientReading(partner.maySendBsn(), checks).household(p, related))
                .orElse(null);
        List<Score> scores = scores(bundle, patient, at, checks); // Observation → scores 0..13
        List<ConsentClaim> consents = household == null
                ? List.of()
                : claims.of(bundle, patient.get(), household, reference, checks); // Consent 0..n
        checks.orReject();
        FhirCodes.Meaning means = meaning.orElseThrow();
        String priority = sent.getPriority() == null ? null : sent.getPriority().toCode();
        Severity severity = codes.severity(priority) // priority → severity 0..1
                .atLeast(means.severity())
                .atLeast(means.category().severity());
        CaseSignal signal = CaseSignal.builder()
                .reference(reference)
                .occurredAt(at)
                .reportedAt(at)
                .about(household)
                .category(means.category().code())
                .senderTerm(means.term())
                .lifeDomains(means.category().lifeDomains()) // what was scored stays with the scores
                .severity(severity)
                .narrative(narrative)
                .ground(partner.defaultGround())
                .scores(scores)
                .consents(consents)
                .build();
        return new SignalDraft(partner.id(), signal, entry.at("identifier"), Json.write(signal), Set.of(), trace);
    }

    private static void inUse(Entry<Communication> entry, Checks checks) {
        CommunicationStatus status = entry.resource().getStatus();
        if (status != CommunicationStatus.COMPLETED && status != CommunicationStatus.INPROGRESS) {
            checks.fault(entry.at("status"), "not-in-list.communication-status");
        }
    }

    private static String narrative(BundleReading bundle, Entry<Communication> entry, Partner partner, Checks checks) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < entry.resource().getPayload().size(); i++) {
            var content = entry.resource().getPayload().get(i).getContent();
            if (content instanceof StringType text) {
                parts.add(text.getValue());
            } else {
                checks.fault(at(entry.at("payload"), i), "not-text");
            }
        }
        return bundle.narrative(parts, entry.at("payload"), partner.maySendBsn());
    }

    private List<Person> related(
            BundleReading bundle, Optional<Entry<Patient>> patient, Partner partner, Checks checks) {
        PatientReading reading = new PatientReading(partner.maySendBsn(), checks);
        List<Person> persons = new ArrayList<>();
        for (Entry<RelatedPerson> entry : bundle.all(RelatedPerson.class)) {
            isAbout(bundle, entry.resource().getPatient(), entry.at("patient"), patient, checks);
            persons.add(reading.related(entry, codes.role(entry.resource().getRelationship())));
        }
        return persons;
    }

    private static void isAbout(
            BundleReading bundle,
            Reference reference,
            String pointer,
            Optional<Entry<Patient>> patient,
            Checks checks) {
        bundle.follow(reference, pointer, Patient.class)
                .filter(found -> patient.isPresent()
                        && !found.pointer().equals(patient.get().pointer()))
                .ifPresent(other -> checks.fault(pointer, "wrong-target.patient"));
    }

    private List<Score> scores(
            BundleReading bundle, Optional<Entry<Patient>> patient, OffsetDateTime sent, Checks checks) {
        List<Score> scores = new ArrayList<>();
        Set<String> scored = new HashSet<>();
        for (Entry<Observation> entry : bundle.all(Observation.class)) {
            Observation observation = entry.resource();
            isAbout(bundle, observation.getSubject(), entry.at("subject"), patient, checks);
            if (observation.getStatus() == null || !GIVEN.contains(observation.getStatus())) {
                checks.fault(entry.at("status"), "not-in-list.observation-status");
            }
            String domain = codes.lifeDomain(observation.getCode()).orElse(null);
            if (domain == null) {
                checks.fault(entry.at("code"), "unknown-code.scores");
            } else if (!scored.add(domain)) {
                checks.fault(entry.at("code"), "scored-twice");
            }
            Integer given = observation.getValue() instanceof IntegerType number ? number.getValue() : null;
            int value = given == null ? 0 : given;
            if (value < 1 || value > 5) {
                checks.fault(entry.at("valueInteger"), "out-of-range.score");
            }
            scores.add(new Score(domain, value, scoredOn(observation, sent)));
        }
        return scores;
    }

    private static LocalDate scoredOn(Observation observation, OffsetDateTime sent) {
        String text = observation.getEffective() instanceof DateTimeType time ? time.getValueAsString() : null;
        LocalDate day = text == null || text.length() < 10 ? null : BundleReading.date(text.substring(0, 10));
        return day != null ? day : sent == null ? null : sent.toLocalDate();
    }
}
