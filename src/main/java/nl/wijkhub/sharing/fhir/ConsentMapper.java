package nl.wijkhub.sharing.fhir;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.ConsentDraft;
import nl.wijkhub.signal.CaseSignal.ConsentClaim;
import nl.wijkhub.signal.CaseSignal.Household;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Consent.ConsentStatus;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;

/**
 * FHIR R4 Consent that stands by itself → what it says, and of whom.
 * In: bytes, JSON or XML; the Patient, whoever speaks for a minor and the organisations it names are
 * contained, or the Patient is named by BSN in
 * {@code patient.identifier}. Out: a draft; a treatment directive says nothing in it. Rejects: a patient nobody could find
 * again, a contained resource of another type, who speaks for another's child, provisions that contradict each other.
 */
public final class ConsentMapper {
    private static final String ROOT = "/entry/0/resource";
    private static final String NO_REFERENCE = "#";
    private static final Set<String> CONTAINED = Set.of("Patient", "RelatedPerson", "Organization");

    private final ConsentClaims claims;
    private final Clock clock;

    public ConsentMapper(FhirCodes codes, Partners partners, Clock clock) {
        this.claims = new ConsentClaims(codes, partners);
        this.clock = clock;
    }

    /** POST: a new one. */
    public ConsentDraft create(Partner partner, byte[] body, String mediaType) {
        return read(partner, body, mediaType, null);
    }

    /** PUT: another version of the one with this id. */
    public ConsentDraft update(Partner partner, byte[] body, String mediaType, String id) {
        return read(partner, body, mediaType, Identifier.parse(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND)));
    }

    private ConsentDraft read(Partner partner, byte[] body, String mediaType, UUID id) {
        Checks checks = new Checks(clock);
        try {
            Consent consent = FhirDocument.alone(body, mediaType, Consent.class, checks);
            if (id != null && !id.toString().equals(consent.getIdElement().getIdPart())) {
                checks.fault("/id", "other-id.consent");
            }
            if (id == null && consent.hasId()) {
                checks.fault("/id", "id-not-allowed");
            }
            return draft(partner, consent, id, checks);
        } catch (Rejected rejected) {
            throw new Rejected(
                    rejected.problem(),
                    rejected.faults().stream()
                            .map(fault -> fault.movedTo(outside(fault.pointer())))
                            .toList());
        }
    }

    private ConsentDraft draft(Partner partner, Consent consent, UUID id, Checks checks) {
        String resource = FhirDocument.json(consent);
        for (int i = 0; i < consent.getContained().size(); i++) {
            if (!CONTAINED.contains(consent.getContained().get(i).fhirType())) {
                checks.fault(Fault.at("/contained", i), "resource-not-taken.contained");
            }
        }
        ConsentProvisions.check(consent, checks);
        BundleReading bundle = new BundleReading(bundle(consent), checks);
        Optional<BundleReading.Entry<Patient>> patient =
                bundle.follow(consent.getPatient(), ROOT + "/patient", Patient.class);
        for (BundleReading.Entry<RelatedPerson> related : bundle.all(RelatedPerson.class)) {
            bundle.follow(related.resource().getPatient(), related.at("patient"), Patient.class)
                    .filter(whose -> patient.isPresent()
                            && !whose.pointer().equals(patient.get().pointer()))
                    .ifPresent(whose -> checks.fault(related.at("patient"), "wrong-target.child"));
        }
        Household household = patient.map(p -> new PatientReading(partner.maySendBsn(), checks).household(p, List.of()))
                .orElse(null);
        if (household == null) {
            checks.orReject();
        }
        if (consent.getStatus() == null) {
            checks.fault("/status", "missing.consent-status");
        }
        List<ConsentClaim> claimed = claims.of(bundle, patient.get(), household, NO_REFERENCE, checks);
        checks.orReject();
        // a treatment directive is kept as it was sent and says nothing about sharing
        var says = claimed.isEmpty()
                ? new nl.wijkhub.signal.Consent(ConsentStatus.ACTIVE, Set.of(), List.of())
                : claimed.get(0).consent();
        String reference = ConsentClaims.reference(consent, NO_REFERENCE, 0);
        return new ConsentDraft(
                partner.id(), id, reference.startsWith(NO_REFERENCE) ? null : reference, says, resource, household);
    }

    /** The consent and what it contains, each an entry; a patient named by BSN alone is one too. */
    private static Bundle bundle(Consent consent) {
        Bundle bundle = new Bundle();
        bundle.setType(BundleType.COLLECTION);
        bundle.addEntry().setFullUrl("urn:consent").setResource(consent);
        for (Resource contained : consent.getContained()) {
            String id = contained.getIdElement().getIdPart();
            bundle.addEntry()
                    .setFullUrl("#" + (id == null ? "" : id.replaceFirst("^#", "")))
                    .setResource(contained);
        }
        if (!consent.getPatient().hasReference() && consent.getPatient().hasIdentifier()) {
            Patient patient = new Patient();
            patient.addIdentifier(consent.getPatient().getIdentifier());
            bundle.addEntry().setFullUrl("#patient-by-identifier").setResource(patient);
            consent.getPatient().setReference("#patient-by-identifier");
        }
        return bundle;
    }

    /** Where a place of the Bundle stands in the Consent itself. */
    private static String outside(String pointer) {
        if (pointer.startsWith(ROOT)) {
            return pointer.substring(ROOT.length());
        }
        if (!pointer.startsWith("/entry/")) {
            return pointer;
        }
        String[] steps = pointer.split("/", 5);
        return "/contained/" + (Integer.parseInt(steps[2]) - 1) + (steps.length > 4 ? "/" + steps[4] : "");
    }
}
