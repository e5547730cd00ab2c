package nl.wijkhub.sharing.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** Holds a resource against the base specification of FHIR R4; profiles of others are not there to be held against. */
public final class BaseR4 {
    private static final String NOT_AT_HAND =
            ".*: (Profile reference '[^']*/fhir/uv/subscriptions-backport/[^']*' has not been checked because it could not be"
                    + " found|Invalid profile. Failed to retrieve profile with url=\\S*/fhir/uv/subscriptions-backport/\\S*)";
    private static final FhirValidator VALIDATOR = validator();

    private BaseR4() {}

    public static void isValid(String resource) {
        var faults = VALIDATOR.validateWithResult(resource).getMessages().stream()
                .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.WARNING.ordinal())
                .map(message -> message.getLocationString() + ": " + message.getMessage())
                // our own code systems are known to nobody else, and profiles that are not at hand cannot be checked
                .filter(message -> !message.contains("urn:wijkhub:codesystem:"))
                .filter(message -> !message.matches(NOT_AT_HAND))
                .toList();
        assertThat(faults).as(resource).isEmpty();
    }

    private static FhirValidator validator() {
        FhirContext r4 = FhirContext.forR4();
        ValidationSupportChain support = new ValidationSupportChain(
                new DefaultProfileValidationSupport(r4),
                new CommonCodeSystemsTerminologyService(r4),
                new InMemoryTerminologyServerValidationSupport(r4));
        return r4.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
    }
}
