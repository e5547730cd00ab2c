package nl.wijkhub.sharing.fhir;

import static nl.wijkhub.kernel.Fault.at;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Bsn;
import nl.wijkhub.signal.CaseSignal.Household;
import nl.wijkhub.signal.CaseSignal.Person;
import nl.wijkhub.signal.Checks;
import org.hl7.fhir.r4.model.Address.AddressType;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;

/**
 * FHIR R4 Patient and RelatedPerson, as nl-core writes them and plain → persons and the address of a household.
 * Source: nl-core-Patient, nl-core-ContactPerson, nl-core-AddressInformation (zib 2020).
 * Rejects: a BSN that fails the eleven test or may not be sent, an address that cannot identify a household.
 */
public final class PatientReading {
    public static final String BSN_SYSTEM = "http://fhir.nl/fhir/NamingSystem/bsn";
    private static final Set<AddressUse> ELSEWHERE =
            Set.of(AddressUse.OLD, AddressUse.TEMP, AddressUse.BILLING, AddressUse.WORK);

    private final boolean maySendBsn;
    private final Checks checks;

    public PatientReading(boolean maySendBsn, Checks checks) {
        this.maySendBsn = maySendBsn;
        this.checks = checks;
    }

    /** The household of a patient, who is its first person: name, birthDate, BSN, telecom, address 0..1 each. */
    public Household household(BundleReading.Entry<Patient> entry, List<Person> others) {
        Patient patient = entry.resource();
        checks.noBsn(entry.at("name"), name(patient.getName()), maySendBsn);
        Person person = new Person(
                "resident",
                name(patient.getName()), // name → persons[0].name 0..1
                birthDate(entry.at("birthDate"), patient.getBirthDateElement()), // → persons[0].birthDate 0..1
                bsn(entry.at("identifier"), patient.getIdentifier()), // identifier[bsn] → persons[0].bsn 0..1
                phone(patient.getTelecom())); // telecom[phone] → persons[0].phone 0..1
        int home = home(patient.getAddress());
        Address address = home < 0
                ? null
                : new AddressReading(checks)
                        .read(
                                at(entry.at("address"), home),
                                patient.getAddress().get(home)); // address 0..1
        if (home < 0 && person.name() == null && person.bsn() == null) {
            checks.fault(entry.pointer(), "address-or-person");
        }
        return new Household(
                address, Stream.concat(Stream.of(person), others.stream()).toList());
    }

    /** Somebody beside the patient; no BSN is taken of somebody who may live elsewhere. */
    public Person related(BundleReading.Entry<RelatedPerson> entry, String role) {
        RelatedPerson related = entry.resource();
        return new Person(
                role,
                name(related.getName()),
                birthDate(entry.at("birthDate"), related.getBirthDateElement()),
                null,
                phone(related.getTelecom()),
                true);
    }

    /** The official name, else the first: its text, else given and family. */
    private static String name(List<HumanName> names) {
        List<HumanName> current = names.stream()
                .filter(name -> name.getUse() != NameUse.OLD && name.getUse() != NameUse.TEMP)
                .toList();
        return current.stream()
                .filter(name -> name.getUse() == NameUse.OFFICIAL)
                .findFirst()
                .or(() -> current.stream().findFirst())
                .map(name -> name.getText() != null
                        ? name.getText().strip()
                        : Stream.concat(name.getGiven().stream().map(Object::toString), Stream.of(name.getFamily()))
                                .filter(part -> part != null && !part.isBlank())
                                .collect(Collectors.joining(" ")))
                .filter(name -> !name.isBlank())
                .orElse(null);
    }

    /** A whole date; a year or a month alone identifies nobody and is left behind. */
    private LocalDate birthDate(String pointer, DateType date) {
        String text = date == null ? null : date.getValueAsString();
        if (text == null || text.length() != 10) {
            return null;
        }
        LocalDate day = BundleReading.date(text);
        if (day != null && day.isAfter(checks.now().toLocalDate())) {
            checks.fault(pointer, "date-in-future.birth-date");
        }
        return day;
    }

    private String bsn(String pointer, List<Identifier> identifiers) {
        for (int i = 0; i < identifiers.size(); i++) {
            boolean counts = identifiers.get(i).getUse() != IdentifierUse.OLD;
            if (counts && BSN_SYSTEM.equals(identifiers.get(i).getSystem())) {
                String bsn = identifiers.get(i).getValue();
                if (!maySendBsn) {
                    checks.fault(at(pointer, i), "bsn-not-allowed");
                } else if (!Bsn.isValid(bsn)) {
                    checks.fault(at(pointer, i) + "/value", "bsn-invalid");
                }
                return bsn;
            }
        }
        return null;
    }

    private static String phone(List<ContactPoint> telecom) {
        return telecom.stream()
                .filter(contact -> contact.getSystem() == ContactPointSystem.PHONE && contact.getValue() != null)
                .map(contact -> contact.getValue().strip())
                .findFirst()
                .orElse(null);
    }

    /** Which address is that of the household: the home, else the first that is none of elsewhere; -1 for none. */
    private static int home(List<org.hl7.fhir.r4.model.Address> addresses) {
        int chosen = -1;
        for (int i = 0; i < addresses.size(); i++) {
            AddressUse use = addresses.get(i).getUse();
            boolean counts = (use == null || !ELSEWHERE.contains(use))
                    && addresses.get(i).getType() != AddressType.POSTAL;
            if (counts
                    && (chosen < 0
                            || use == AddressUse.HOME && addresses.get(chosen).getUse() != AddressUse.HOME)) {
                chosen = i;
            }
        }
        return chosen;
    }
}
