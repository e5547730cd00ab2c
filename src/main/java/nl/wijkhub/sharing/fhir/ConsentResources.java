package nl.wijkhub.sharing.fhir;

import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.sharing.ConsentStore;
import nl.wijkhub.sharing.ConsentStore.Kept;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/** Consents as they are answered: as they were sent, with their id and version; and what {@code /fhir} can do. */
public final class ConsentResources {
    public static final String JSON = "application/fhir+json";
    public static final String XML = "application/fhir+xml";

    private final ConsentStore consents;
    private final String baseUrl;

    /** One resource, and which version of it. */
    public record Answer(String text, int version) {}

    public ConsentResources(ConsentStore consents, String publicUrl) {
        this.consents = consents;
        this.baseUrl = publicUrl + "/fhir";
    }

    /**
     * @param partner who registered it; null for whoever may read any
     */
    public Optional<Answer> read(UUID id, String partner, String mediaType) {
        return consents.byId(id, partner)
                .map(kept -> new Answer(FhirDocument.text(resource(kept), mediaType), kept.version()));
    }

    private static Consent resource(Kept kept) {
        Consent consent = FhirDocument.read(Consent.class, kept.resource());
        consent.setId(kept.id().toString());
        consent.getMeta().setVersionId(String.valueOf(kept.version())).setLastUpdated(Date.from(kept.registeredAt()));
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
                .map(ConsentResources::resource)
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

    /** What is there, and nothing that is not. */
    public String capabilities(String mediaType) {
        CapabilityStatement statement = new CapabilityStatement();
        statement
                .setStatus(PublicationStatus.ACTIVE)
                .setDate(new Date(0))
                .setPublisher("Wijkhub")
                .setKind(CapabilityStatementKind.INSTANCE)
                .setFhirVersion(FHIRVersion._4_0_1);
        statement
                .getImplementation()
                .setDescription("Toestemmingen van bewoners, plannen en afspraken")
                .setUrl(baseUrl);
        statement.addFormat(JSON);
        statement.addFormat(XML);
        var rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
        rest.getSecurity()
                .addService()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/restful-security-service")
                .setCode("OAuth");
        var consent = rest.addResource().setType("Consent").setVersioning(ResourceVersionPolicy.VERSIONED);
        consent.setUpdateCreate(false);
        for (TypeRestfulInteraction interaction : List.of(
                TypeRestfulInteraction.CREATE,
                TypeRestfulInteraction.READ,
                TypeRestfulInteraction.UPDATE,
                TypeRestfulInteraction.SEARCHTYPE)) {
            consent.addInteraction().setCode(interaction);
        }
        consent.addSearchParam()
                .setName("identifier")
                .setType(SearchParamType.TOKEN)
                .setDocumentation("POST alone");
        consent.addSearchParam()
                .setName("patient")
                .setType(SearchParamType.REFERENCE)
                .setDocumentation("with :identifier, by BSN; POST alone");
        consent.addSearchParam().setName("status").setType(SearchParamType.TOKEN);
        for (String type : List.of("CarePlan", "Task")) {
            rest.addResource().setType(type).addInteraction().setCode(TypeRestfulInteraction.READ);
        }
        return FhirDocument.text(statement, mediaType);
    }
}
