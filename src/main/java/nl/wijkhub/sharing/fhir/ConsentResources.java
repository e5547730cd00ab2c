package nl.wijkhub.sharing.fhir;

import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.sharing.KeptConsentStore;
import nl.wijkhub.sharing.KeptConsentStore.Kept;
import nl.wijkhub.signal.Partners;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Consent;

/**
 * Consents as they are answered: as they were sent, with their id and version, and a tag for each organisation they name
 * that is no partner: what they say about it opens nothing.
 */
public final class ConsentResources {
    public static final String JSON = "application/fhir+json";
    public static final String XML = "application/fhir+xml";

    /** What the hub has to say about a consent it keeps. */
    static final String NOTES = "urn:wijkhub:codesystem:consent-note";

    private final KeptConsentStore consents;
    private final Partners partners;
    private final String baseUrl;

    /** One resource, and which version of it. */
    public record Answer(String text, int version) {}

    public ConsentResources(KeptConsentStore consents, Partners partners, String publicUrl) {
        this.consents = consents;
        this.partners = partners;
        this.baseUrl = publicUrl + "/fhir";
    }

    /**
     * @param partner who registered it; null for whoever may read any
     */
    public Optional<Answer> read(UUID id, String partner, String mediaType) {
        return consents.byId(id, partner)
                .map(kept -> new Answer(FhirDocument.text(resource(kept), mediaType), kept.version()));
    }

    private Consent resource(Kept kept) {
        Consent consent = FhirDocument.read(Consent.class, kept.resource());
        consent.setId(kept.id().toString());
        consent.getMeta().setVersionId(String.valueOf(kept.version())).setLastUpdated(Date.from(kept.registeredAt()));
        // whoever sends back what it read sends our own tags too
        consent.getMeta().getTag().removeIf(tag -> NOTES.equals(tag.getSystem()));
        kept.consent().organisations().stream()
                .filter(named -> partners.named(named).isEmpty())
                .forEach(named -> consent.getMeta()
                        .addTag(
                                NOTES,
                                "unknown-organisation",
                                "De hub kent de organisatie " + named.replace('|', ' ')
                                        + " niet: wat hier over haar staat, geeft niets vrij."));
        return consent;
    }

    /**
     * A partner's own, as a searchset.
     *
     * @param reference null for any
     * @param subjectKey null for any
     * @param statuses empty for any
     */
    public String search(
            String partner, String reference, String subjectKey, Set<String> statuses, int size, String mediaType) {
        Bundle found = new Bundle();
        found.setType(BundleType.SEARCHSET);
        consents.search(partner, reference, subjectKey, size).stream()
                .map(this::resource)
                .filter(consent -> statuses.isEmpty()
                        || (consent.getStatus() != null
                                && statuses.contains(consent.getStatus().toCode())))
                .forEach(consent -> found.addEntry()
                        .setFullUrl(
                                baseUrl + "/Consent/" + consent.getIdElement().getIdPart())
                        .setResource(consent)
                        .getSearch()
                        .setMode(SearchEntryMode.MATCH));
        found.setTotal(found.getEntry().size());
        return FhirDocument.text(found, mediaType);
    }
}
