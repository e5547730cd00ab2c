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

    private void fault(List<String> places, String code, String detail) {
        // a name is blamed once, at each of its places
        if (!places.isEmpty() && checks.isFaulty(places.get(0))) {
            return;
        }
        if (places.isEmpty()) {
            checks.fault("", code, detail);
        }
        places.forEach(place -> checks.fault(place, code, detail));
    }

    @Override
    public void containedResourceWithNoId(IParseLocation location) {
        fault(tree.named("contained"), "contained-without-id", "Een ingesloten resource heeft een id.");
    }

    @Override
    public void incorrectJsonType(
            IParseLocation location,
            String element,
            ValueType expected,
            ScalarType expectedScalar,
            ValueType found,
            ScalarType foundScalar) {
        fault(tree.named(element), "wrong-type", "Dit element heeft in FHIR R4 een ander JSON-type.");
    }

    @Override
    public void invalidValue(IParseLocation location, String value, String error) {
        String element = location == null ? "" : location.getParentElementName();
        List<String> exact = tree.holding(element, value);
        fault(
                exact.isEmpty() ? tree.named(element) : exact,
                "wrong-form",
                "Deze waarde past niet bij dit element van FHIR R4.");
    }

    @Override
    public void missingRequiredElement(IParseLocation location, String element) {
        fault(List.of(), "missing", "Een verplicht element van FHIR R4 ontbreekt.");
    }

    @Override
    public void unexpectedRepeatingElement(IParseLocation location, String element) {
        fault(tree.named(element), "too-many", "Dit element komt in FHIR R4 hooguit één keer voor.");
    }

    @Override
    public void unknownAttribute(IParseLocation location, String attribute) {
        fault(tree.named(attribute), "unknown-field", "Dit attribuut kent FHIR R4 hier niet.");
    }

    @Override
    public void unknownElement(IParseLocation location, String element) {
        fault(tree.named(element), "unknown-field", "Dit element kent FHIR R4 hier niet.");
    }

    @Override
    public void unknownReference(IParseLocation location, String reference) {
        fault(tree.holding("reference", reference), "dangling-reference", "Deze verwijzing leidt nergens heen.");
    }

    @Override
    public void invalidInternalReference(IParseLocation location, String reference) {
        fault(tree.holding("reference", reference), "dangling-reference", "Deze verwijzing leidt nergens heen.");
    }

    @Override
    public void extensionContainsValueAndNestedExtensions(IParseLocation location) {
        fault(
                tree.named("extension"),
                "wrong-form",
                "Een extension heeft een waarde of geneste extensions, niet allebei.");
    }
}
