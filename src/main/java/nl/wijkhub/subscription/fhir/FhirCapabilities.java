package nl.wijkhub.subscription.fhir;

import java.util.Date;
import java.util.List;
import nl.wijkhub.sharing.fhir.ConsentResources;
import nl.wijkhub.sharing.fhir.FhirDocument;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/** What {@code /fhir} can do: what is there, and nothing that is not. */
public final class FhirCapabilities {
    private final Backport backport;

    public FhirCapabilities(Backport backport) {
        this.backport = backport;
    }

    public String text(String mediaType) {
        CapabilityStatement statement = new CapabilityStatement();
        statement.setText(FhirDocument.narrative("Wijkhub"));
        statement
                .setStatus(PublicationStatus.ACTIVE)
                .setDate(new Date(0))
                .setPublisher("Wijkhub")
                .setKind(CapabilityStatementKind.INSTANCE)
                .addInstantiates(Backport.SERVER)
                .setFhirVersion(FHIRVersion._4_0_1);
        statement
                .getImplementation()
                .setDescription("Toestemmingen van bewoners, plannen en afspraken, abonnementen op opschalingen")
                .setUrl(backport.base());
        statement.addFormat(ConsentResources.JSON);
        statement.addFormat(ConsentResources.XML);
        CapabilityStatementRestComponent rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
        rest.getSecurity()
                .addService()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/restful-security-service")
                .setCode("OAuth");
        consent(rest);
        for (String type : List.of("CarePlan", "Task")) {
            rest.addResource().setType(type).addInteraction().setCode(TypeRestfulInteraction.READ);
        }
        subscription(rest);
        return FhirDocument.text(statement, mediaType);
    }

    private static void consent(CapabilityStatementRestComponent rest) {
        CapabilityStatementRestResourceComponent consent =
                rest.addResource().setType("Consent").setVersioning(ResourceVersionPolicy.VERSIONED);
        consent.setUpdateCreate(false);
        interactions(
                consent,
                TypeRestfulInteraction.CREATE,
                TypeRestfulInteraction.READ,
                TypeRestfulInteraction.UPDATE,
                TypeRestfulInteraction.SEARCHTYPE);
        consent.addSearchParam()
                .setName("identifier")
                .setType(SearchParamType.TOKEN)
                .setDocumentation("POST alone");
        consent.addSearchParam()
                .setName("patient")
                .setType(SearchParamType.REFERENCE)
                .setDocumentation("with :identifier, by BSN; POST alone");
        consent.addSearchParam().setName("status").setType(SearchParamType.TOKEN);
    }

    private void subscription(CapabilityStatementRestComponent rest) {
        CapabilityStatementRestResourceComponent subscription =
                rest.addResource().setType("Subscription");
        subscription.addExtension(Backport.TOPICS, new CanonicalType(backport.topic()));
        subscription.addSupportedProfile(Backport.SUBSCRIPTION);
        interactions(
                subscription,
                TypeRestfulInteraction.CREATE,
                TypeRestfulInteraction.READ,
                TypeRestfulInteraction.DELETE,
                TypeRestfulInteraction.SEARCHTYPE);
        subscription.addSearchParam().setName("status").setType(SearchParamType.TOKEN);
        subscription.addSearchParam().setName("url").setType(SearchParamType.URI);
        subscription.addOperation().setName("status").setDefinition(Backport.OPERATION_STATUS);
        subscription.addOperation().setName("events").setDefinition(Backport.OPERATION_EVENTS);
    }

    private static void interactions(
            CapabilityStatementRestResourceComponent resource, TypeRestfulInteraction... interactions) {
        for (TypeRestfulInteraction interaction : interactions) {
            resource.addInteraction().setCode(interaction);
        }
    }
}
