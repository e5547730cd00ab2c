package nl.wijkhub.sharing.fhir;

import static nl.wijkhub.kernel.Fault.at;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.signal.CaseSignal.ConsentClaim;
import nl.wijkhub.signal.CaseSignal.Household;
import nl.wijkhub.signal.CaseSignal.Person;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Consent.Voice;
import nl.wijkhub.signal.Partners;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;

/**
 * The Consents of a Bundle → what travels with its signal to the consent filter.
 * Rejects: a consent of somebody else than the patient, or of a patient who is not named by BSN or by name, birth date
 * and address: nobody could find it again.
 */
public final class ConsentClaims {
    /** A person has said a few things about sharing; each is weighed at every decision from then on. */
    private static final int MOST_CONSENTS = 20;

    private final FhirCodes codes;
    private final Partners partners;

    /**
     * @param codes who of a patient's relations has parental authority
     * @param partners the organisations a consent may name
     */
    public ConsentClaims(FhirCodes codes, Partners partners) {
        this.codes = codes;
        this.partners = partners;
    }

    /** @param household of the patient, who is its first person */
    public List<ConsentClaim> of(
            BundleReading bundle,
            BundleReading.Entry<Patient> patient,
            Household household,
            String signalReference,
            Checks checks) {
        List<ConsentClaim> claims = new ArrayList<>();
        List<BundleReading.Entry<Consent>> entries = bundle.all(Consent.class);
        entries.stream()
                .skip(MOST_CONSENTS)
                .forEach(extra -> checks.fault(extra.pointer(), "too-many.consents", MOST_CONSENTS));
        for (BundleReading.Entry<Consent> entry : entries.subList(0, Math.min(MOST_CONSENTS, entries.size()))) {
            Consent consent = entry.resource();
            if (ConsentProvisions.areTooMany(consent, entry.at("provision"), checks)) {
                continue;
            }
            Optional<BundleReading.Entry<Patient>> whose =
                    bundle.follow(consent.getPatient(), entry.at("patient"), Patient.class);
            if (patient != null && whose.isPresent() && !whose.get().pointer().equals(patient.pointer())) {
                checks.fault(entry.at("patient"), "wrong-target.consent");
            }
            Set<Voice> voices = voices(bundle, entry);
            ConsentReading.read(entry, bundle, voices, partners, checks).ifPresent(read -> {
                if (!isFindable(household)) {
                    checks.fault(entry.at("patient"), "patient-not-identified");
                }
                claims.add(new ConsentClaim(
                        0, reference(consent, signalReference, claims.size()), read, FhirDocument.json(consent)));
            });
        }
        return claims;
    }

    private static boolean isFindable(Household household) {
        Person person = household.persons().get(0);
        return person.bsn() != null
                || (person.name() != null && person.birthDate() != null && household.address() != null);
    }

    /** Its own identifier, so that a later one can take its place; else the signal's with a number. */
    static String reference(Consent consent, String signalReference, int index) {
        return consent.getIdentifier().stream()
                .filter(identifier -> identifier.hasValue())
                .map(identifier -> identifier.getSystem() + '|' + identifier.getValue())
                .findFirst()
                .orElse(signalReference + "#consent-" + index);
    }

    /** Nobody named is the patient; somebody who is neither the patient nor holds authority has no voice. */
    private Set<Voice> voices(BundleReading bundle, BundleReading.Entry<Consent> entry) {
        List<Reference> performers = entry.resource().getPerformer();
        Set<Voice> voices = performers.isEmpty() ? EnumSet.of(Voice.PERSON) : EnumSet.noneOf(Voice.class);
        for (int i = 0; i < performers.size(); i++) {
            bundle.follow(performers.get(i), at(entry.at("performer"), i), Resource.class)
                    .ifPresent(performer -> {
                        if (performer.resource() instanceof Patient) {
                            voices.add(Voice.PERSON);
                        } else if (performer.resource() instanceof RelatedPerson related
                                && codes.hasAuthority(related.getRelationship())) {
                            voices.add(Voice.AUTHORITY);
                        }
                    });
        }
        return voices;
    }
}
