package nl.wijkhub.sharing.fhir;

import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import java.util.List;
import nl.wijkhub.signal.Checks;

/** What the FHIR parser stumbles over, as faults with a place; it would write the values themselves into its messages. */
final class FhirFaults implements IParserErrorHandler {
    private final FhirTree tree;
    private final Checks checks;

    FhirFaults(FhirTree tree, Checks checks) {
        this.tree = tree;
        this.checks = checks;
    }

    private void fault(List<String> places, String key) {
        // a name is blamed once, at each of its places
        if (!places.isEmpty() && checks.isFaulty(places.get(0))) {
            return;
        }
        if (places.isEmpty()) {
            checks.fault("", key);
        }
        places.forEach(place -> checks.fault(place, key));
    }

    @Override
    public void containedResourceWithNoId(IParseLocation location) {
        fault(tree.named("contained"), "contained-without-id");
    }

    @Override
    public void incorrectJsonType(
            IParseLocation location,
            String element,
            ValueType expected,
            ScalarType expectedScalar,
            ValueType found,
            ScalarType foundScalar) {
        fault(tree.named(element), "wrong-type.fhir-element");
    }

    @Override
    public void invalidValue(IParseLocation location, String value, String error) {
        String element = location == null ? "" : location.getParentElementName();
        List<String> exact = tree.holding(element, value);
        fault(exact.isEmpty() ? tree.named(element) : exact, "wrong-form.fhir-value");
    }

    @Override
    public void missingRequiredElement(IParseLocation location, String element) {
        fault(List.of(), "missing.element");
    }

    @Override
    public void unexpectedRepeatingElement(IParseLocation location, String element) {
        fault(tree.named(element), "too-many.elements");
    }

    @Override
    public void unknownAttribute(IParseLocation location, String attribute) {
        fault(tree.named(attribute), "unknown-field.fhir-attribute");
    }

    @Override
    public void unknownElement(IParseLocation location, String element) {
        fault(tree.named(element), "unknown-field.fhir-element");
    }

    @Override
    public void unknownReference(IParseLocation location, String reference) {
        fault(tree.holding("reference", reference), "dangling-reference");
    }

    @Override
    public void invalidInternalReference(IParseLocation location, String reference) {
        fault(tree.holding("reference", reference), "dangling-reference");
    }

    @Override
    public void extensionContainsValueAndNestedExtensions(IParseLocation location) {
        fault(tree.named("extension"), "wrong-form.fhir-extension");
    }
}
