package nl.wijkhub.partner.care;

import static nl.wijkhub.kernel.Fault.at;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
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
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.SignalDraft;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;

/**
 * Care note → case signal.
 * Source: FHIR R4 Bundle of one Communication, Flag (nl-core Alert) or ServiceRequest, its Patient, RelatedPersons and
 * Consents. In: bytes, JSON or XML. Out: a draft about the patient's household; whatever its category, it is data on
 * health and on being in care, because of who sends it. Rejects: as the intake door.
 */
public final class NoteMapper {
    public static final String FILE = "vocabulary/care-note.yaml";
    private static final Set<String> TAKEN = Set.of(
            "MessageHeader",
            "Communication",
            "Flag",
            "ServiceRequest",
            "Patient",
            "RelatedPerson",
            "Consent",
            "Organization");

    private final FhirCodes codes;
    private final ConsentClaims claims;
    private final Clock clock;

    public NoteMapper(FhirCodes codes, Partners partners, Clock clock) {
        this.codes = codes;
        this.claims = new ConsentClaims(codes, partners);
        this.clock = clock;
    }

    /** What the three kinds of note have in common, each field under its own FHIR name. */
    private record Note(
            Entry<Resource> entry,
            List<Identifier> identifiers,
            Reference subject,
            List<CodeableConcept> category,
            String categoryField,
            OffsetDateTime occurredAt,
            OffsetDateTime reportedAt,
            String priority,
            List<String> narrative,
            String narrativeField) {}

    /** @param mediaType {@code application/fhir+json} or {@code application/fhir+xml} */
    public SignalDraft map(Partner partner, byte[] body, String mediaType, Trace trace) {
        Checks checks = new Checks(clock);
        BundleReading bundle = new BundleReading(FhirDocument.bundle(body, mediaType, TAKEN, checks), checks);
        if (partner.defaultGround() == null) {
            checks.fault("", "no-ground");
        }
        Optional<Entry<Resource>> one =
                bundle.one("missing-communication", Communication.class, Flag.class, ServiceRequest.class);
        bundle.one("missing-patient", Patient.class);
        if (one.isEmpty()) {
            checks.orReject();
        }
        Note note = note(one.get(), bundle, checks);
        Entry<Resource> entry = note.entry();
        String reference = bundle.reference(entry, note.identifiers()); // identifier[0] → reference 1..1
        Optional<FhirCodes.Meaning> meaning =
                codes.meaning(note.category(), entry.at(note.categoryField()), checks); // → category 1..1
        String narrative = bundle.narrative(
                note.narrative(), entry.at(note.narrativeField()), partner.maySendBsn()); // → narrative 0..1
        Optional<Entry<Patient>> patient =
                bundle.follow(note.subject(), entry.at("subject"), Patient.class); // subject → household 1..1
        bundle.all(RelatedPerson.class)
                .forEach(related ->
                        bundle.follow(related.resource().getPatient(), related.at("patient"), Patient.class));
        Household household = patient.map(p -> new PatientReading(partner.maySendBsn(), checks).household(p, List.of()))
                .orElse(null);
        List<ConsentClaim> consents = household == null
                ? List.of()
                : claims.of(bundle, patient.get(), household, reference, checks); // Consent 0..n
        checks.orReject();
        FhirCodes.Meaning means = meaning.orElseThrow();
        Severity severity = codes.severity(note.priority()) // priority → severity 0..1
                .atLeast(means.severity())
                .atLeast(means.category().severity());
        CaseSignal signal = CaseSignal.builder()
                .reference(reference)
                .occurredAt(note.occurredAt())
                .reportedAt(note.reportedAt())
                .about(household)
                .category(means.category().code())
                .senderTerm(means.term())
                .lifeDomains(means.category().lifeDomains())
                .severity(severity)
                .narrative(narrative)
                .ground(partner.defaultGround())
                .consents(consents)
                .build();
        return new SignalDraft(
                partner.id(),
                signal,
                entry.at("identifier"),
                Json.write(signal),
                EnumSet.of(DataClass.H, DataClass.C),
                trace);
    }

    private static Note note(Entry<Resource> entry, BundleReading bundle, Checks checks) {
        if (entry.resource() instanceof Flag flag) {
            return flag(entry, flag, bundle, checks);
        }
        if (entry.resource() instanceof ServiceRequest request) {
            return request(entry, request, bundle, checks);
        }
        return communication(entry, (Communication) entry.resource(), bundle, checks);
    }

    /** Flag: code → category, code.text → narrative, period.start → both times. */
    private static Note flag(Entry<Resource> entry, Flag flag, BundleReading bundle, Checks checks) {
        inUse(entry, flag.getStatus() == null ? null : flag.getStatus().toCode(), Set.of("active"), checks);
        OffsetDateTime since = bundle.timeOrDay(flag.getPeriod().getStartElement(), entry.at("period/start"));
        return new Note(
                entry,
                flag.getIdentifier(),
                flag.getSubject(),
                List.of(flag.getCode()),
                "code",
                since,
                since,
                null,
                texts(flag.getCode().getText()),
                "code/text");
    }

    /** ServiceRequest: category, code → category; note → narrative; authoredOn → reportedAt; occurrence → occurredAt. */
    private static Note request(Entry<Resource> entry, ServiceRequest request, BundleReading bundle, Checks checks) {
        inUse(entry, request.getStatus() == null ? null : request.getStatus().toCode(), Set.of("active"), checks);
        if (request.hasDoNotPerform()
                && !Boolean.FALSE.equals(request.getDoNotPerformElement().getValue())) {
            checks.fault(entry.at("doNotPerform"), "not-in-list.do-not-perform");
        }
        OffsetDateTime authored = bundle.time(request.getAuthoredOnElement(), entry.at("authoredOn"), true);
        DateTimeType occurrence = request.getOccurrence() instanceof DateTimeType time
                ? time
                : request.getOccurrence() instanceof Period period ? period.getStartElement() : null;
        List<CodeableConcept> category = new ArrayList<>(request.getCategory());
        if (request.hasCode()) {
            category.add(request.getCode());
        }
        List<String> notes =
                request.getNote().stream().map(note -> note.getText()).toList();
        return new Note(
                entry,
                request.getIdentifier(),
                request.getSubject(),
                category,
                "category",
                occurred(occurrence, authored, entry, checks),
                authored,
                request.getPriority() == null ? null : request.getPriority().toCode(),
                notes,
                "note");
    }

    /** When help is asked for lies ahead as a rule; then the concern is of the moment it was asked. */
    private static OffsetDateTime occurred(
            DateTimeType occurrence, OffsetDateTime authored, Entry<Resource> entry, Checks checks) {
        String text = occurrence == null ? null : occurrence.getValueAsString();
        if (text == null || text.length() <= 10 || authored == null) {
            return authored;
        }
        try {
            OffsetDateTime at = OffsetDateTime.parse(text);
            return at.isAfter(authored) ? authored : at;
        } catch (DateTimeException e) {
            checks.fault(entry.at("occurrence"), "wrong-form.time-with-offset");
            return authored;
        }
    }

    /** Communication: as the intake door reads it. */
    private static Note communication(Entry<Resource> entry, Communication sent, BundleReading bundle, Checks checks) {
        inUse(
                entry,
                sent.getStatus() == null ? null : sent.getStatus().toCode(),
                Set.of("completed", "in-progress"),
                checks);
        OffsetDateTime at = bundle.time(sent.getSentElement(), entry.at("sent"), true);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < sent.getPayload().size(); i++) {
            if (sent.getPayload().get(i).getContent() instanceof StringType text) {
                texts.add(text.getValue());
            } else {
                checks.fault(at(entry.at("payload"), i), "not-text");
            }
        }
        return new Note(
                entry,
                sent.getIdentifier(),
                sent.getSubject(),
                sent.getCategory(),
                "category",
                at,
                at,
                sent.getPriority() == null ? null : sent.getPriority().toCode(),
                texts,
                "payload");
    }

    private static List<String> texts(String text) {
        return text == null ? List.of() : List.of(text);
    }

    private static void inUse(Entry<Resource> entry, String status, Set<String> allowed, Checks checks) {
        if (status == null || !allowed.contains(status)) {
            checks.fault(
                    entry.at("status"),
                    "not-in-list.status",
                    allowed.stream().sorted().toList());
        }
    }
}
