package nl.wijkhub.sharing.fhir;

import static nl.wijkhub.kernel.Fault.at;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.OrganisationNumber;
import nl.wijkhub.signal.OrganisationNumber.Register;
import nl.wijkhub.signal.Partners;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * FHIR R4 Reference of a Consent → the organisation it names: the id of a partner, or numbers of one that is none.
 * In: an identifier, or an Organization that is contained or stands in the Bundle. Units:
 * {@link OrganisationNumber#word}. Rejects: whatever is no Organization, what leads nowhere, numbers of other registers or of two organisations.
 */
final class OrganisationReading {
    private static final Map<String, Register> SYSTEMS = Map.of(
            "http://fhir.nl/fhir/NamingSystem/kvk", Register.KVK,
            "http://www.vzvz.nl/fhir/NamingSystem/kvk", Register.KVK,
            "http://fhir.nl/fhir/NamingSystem/oin", Register.OIN,
            "http://fhir.nl/fhir/NamingSystem/ura", Register.URA,
            "urn:oid:2.16.528.1.1007.3.3", Register.URA,
            "http://fhir.nl/fhir/NamingSystem/agb-z", Register.AGB_Z,
            "urn:oid:2.16.840.1.113883.2.4.6.1", Register.AGB_Z);
    private static final String TYPE = "Organization";
    private static final Pattern TYPED = Pattern.compile("(?:.*/)?([A-Z][A-Za-z]+)/[A-Za-z0-9.-]+(?:/_history/.*)?");

    private final BundleReading bundle;
    private final BundleReading.Entry<Consent> entry;
    private final Partners partners;
    private final Checks checks;

    OrganisationReading(BundleReading bundle, BundleReading.Entry<Consent> entry, Partners partners, Checks checks) {
        this.bundle = bundle;
        this.entry = entry;
        this.partners = partners;
        this.checks = checks;
    }

    /**
     * Empty with a fault when it names no organisation, or two.
     *
     * @param hasOwnCode its identifier is a code of ours, which says nothing of an organisation
     */
    Set<String> named(Reference sent, String pointer, boolean hasOwnCode) {
        if (sent.hasType() && !TYPE.equals(sent.getType())) {
            checks.fault(pointer + "/type", "wrong-target.actor");
            return Set.of();
        }
        List<OrganisationNumber> numbers = new ArrayList<>();
        boolean hasNumber = sent.hasIdentifier() && !hasOwnCode;
        if (hasNumber) {
            number(sent.getIdentifier(), pointer + "/identifier").ifPresent(numbers::add);
        }
        if (sent.hasReference()) {
            numbers.addAll(behind(sent, pointer, hasNumber));
        }
        return one(numbers, pointer);
    }

    /** What the Organization has that it leads to; one elsewhere is taken at the number that stands beside it. */
    private List<OrganisationNumber> behind(Reference sent, String pointer, boolean hasNumber) {
        String target = sent.getReference();
        Matcher typed = TYPED.matcher(target);
        if (typed.matches() && !TYPE.equals(typed.group(1))) {
            checks.fault(pointer + "/reference", "wrong-target.actor");
            return List.of();
        }
        Optional<BundleReading.Entry<Resource>> contained = contained(target);
        if (contained.isPresent()) {
            return numbers(contained.get(), pointer);
        }
        boolean isElsewhere = hasNumber && !target.startsWith("#") && !bundle.holds(target);
        return isElsewhere
                ? List.of()
                : bundle.follow(sent, pointer, Resource.class)
                        .map(found -> numbers(found, pointer))
                        .orElse(List.of());
    }

    private Optional<BundleReading.Entry<Resource>> contained(String target) {
        List<Resource> contained = entry.resource().getContained();
        for (int i = 0; i < contained.size(); i++) {
            String id = contained.get(i).getIdElement().getIdPart();
            if (id != null && target.equals("#" + id.replaceFirst("^#", ""))) {
                return Optional.of(new BundleReading.Entry<>(at(entry.at("contained"), i), contained.get(i)));
            }
        }
        return Optional.empty();
    }

    private List<OrganisationNumber> numbers(BundleReading.Entry<Resource> found, String pointer) {
        if (!(found.resource() instanceof Organization organisation)) {
            checks.fault(pointer + "/reference", "wrong-target.actor");
            return List.of();
        }
        List<OrganisationNumber> numbers = new ArrayList<>();
        boolean isNumbered = false;
        for (int i = 0; i < organisation.getIdentifier().size(); i++) {
            Identifier identifier = organisation.getIdentifier().get(i);
            // others than ours are its own affair
            if (identifier.getUse() != Identifier.IdentifierUse.OLD && SYSTEMS.containsKey(identifier.getSystem())) {
                isNumbered = true;
                number(identifier, at(found.at("identifier"), i)).ifPresent(numbers::add);
            }
        }
        if (!isNumbered) {
            checks.fault(found.at("identifier"), "missing.organisation-number");
        }
        return numbers;
    }

    private Optional<OrganisationNumber> number(Identifier sent, String pointer) {
        Register register = SYSTEMS.get(String.valueOf(sent.getSystem()));
        if (register == null) {
            checks.fault(
                    pointer + "/system",
                    "unknown-code.organisation",
                    SYSTEMS.keySet().stream().sorted().toList());
            return Optional.empty();
        }
        Optional<OrganisationNumber> number =
                register.number(sent.getValue() == null ? null : sent.getValue().strip());
        if (number.isEmpty()) {
            checks.fault(pointer + "/value", "wrong-form.organisation-number", register.digits());
        }
        return number;
    }

    /** The one organisation of these numbers. */
    private Set<String> one(List<OrganisationNumber> numbers, String pointer) {
        Set<String> known = new TreeSet<>();
        Set<String> words = new TreeSet<>();
        Set<Register> registers = EnumSet.noneOf(Register.class);
        for (OrganisationNumber number : numbers) {
            words.add(number.word());
            registers.add(number.register());
            partners.byIdentifier(number.register(), number.value()).ifPresent(partner -> known.add(partner.id()));
        }
        if (known.size() > 1 || words.size() > registers.size()) {
            checks.fault(pointer, "contradiction.organisations");
            return Set.of();
        }
        return known.isEmpty() ? words : known;
    }
}
