package nl.wijkhub.household;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;

/**
 * The keyed pseudonyms by which a household is found again, strongest first.
 * Postal code and house number identify it; a BAG id is an alias; a BSN links only where it was permitted to be sent. At a
 * collective address somebody is found by BSN, or by name and birth date at that address. A name links nothing: a
 * household known by name alone is one of its own.
 */
final class HouseholdKeys {
    enum KeyKind {
        ADDRESS,
        BAG,
        PERSON,
        RESIDENT,
        SIGNAL
    }

    record Key(KeyKind kind, String hex) {}

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Vault vault;

    HouseholdKeys(Vault vault) {
        this.vault = vault;
    }

    /** At least one key; the first is the one that decides. */
    List<Key> of(AcceptedSignal accepted) {
        CaseSignal.Household household = accepted.signal().subject().household();
        List<Key> keys = new ArrayList<>();
        Address address = household.address();
        if (address != null) {
            keys.add(ofAddress(address));
            if (address.bagId() != null) {
                keys.add(key(KeyKind.BAG, address.bagId()));
            }
        }
        keys.addAll(ofBsns(household));
        return keys.isEmpty() ? List.of(ofSignal(accepted)) : keys;
    }

    /** The same at a collective address: the person decides, and whoever cannot be recognised is on their own. */
    List<Key> atCollective(AcceptedSignal accepted) {
        List<Key> keys = ofPersons(accepted.signal().subject().household());
        return keys.isEmpty() ? List.of(ofSignal(accepted)) : keys;
    }

    /** By BSN, and at an address by name and birth date of the first who has them; empty for who cannot be recognised. */
    List<Key> ofPersons(CaseSignal.Household household) {
        List<Key> keys = new ArrayList<>(ofBsns(household));
        if (household.address() != null) {
            household.persons().stream()
                    .filter(person -> !isRelated(person) && hasNameAndBirth(person))
                    .findFirst()
                    .ifPresent(person -> keys.add(
                            key(KeyKind.RESIDENT, household.address().matchKey() + '|' + nameAndBirth(person))));
        }
        return keys;
    }

    /** The key of a household by its address alone. */
    Key ofAddress(Address address) {
        return key(KeyKind.ADDRESS, address.matchKey());
    }

    /** The key of wherever somebody with this BSN lives. */
    Key ofBsn(String bsn) {
        return key(KeyKind.PERSON, bsn);
    }

    private Key ofSignal(AcceptedSignal accepted) {
        return key(KeyKind.SIGNAL, accepted.id().toString());
    }

    private List<Key> ofBsns(CaseSignal.Household household) {
        // somebody named beside the person it is about may live elsewhere
        return household.persons().stream()
                .filter(person -> person.bsn() != null && !isRelated(person))
                .map(person -> ofBsn(person.bsn()))
                .toList();
    }

    /** What makes a person the same person within one household. */
    byte[] personKey(AcceptedSignal accepted, int index) {
        CaseSignal.Person person =
                accepted.signal().subject().household().persons().get(index);
        // namesakes stay two: without a birth date somebody is known in this one signal alone
        return personKey(person).orElseGet(() -> vault.pseudonym("person-of-signal", accepted.id() + "|" + index));
    }

    /** The same for somebody outside a signal; empty for who cannot be recognised. */
    Optional<byte[]> personKey(CaseSignal.Person person) {
        return person.bsn() == null ? nameKey(person) : Optional.of(vault.pseudonym("bsn", person.bsn()));
    }

    /** The key of a person by name and birth date alone, whatever else is known. */
    Optional<byte[]> nameKey(CaseSignal.Person person) {
        return hasNameAndBirth(person)
                ? Optional.of(vault.pseudonym("name-and-birth", nameAndBirth(person)))
                : Optional.empty();
    }

    /** Whatever somebody may be recognised by: the BSN, and name with birth date; empty for who cannot be. */
    List<byte[]> personKeys(CaseSignal.Person person) {
        List<byte[]> all = new ArrayList<>();
        if (person.bsn() != null) {
            all.add(vault.pseudonym("bsn", person.bsn()));
        }
        nameKey(person).ifPresent(all::add);
        return all;
    }

    /**
     * Under what a consent of a person is found again: the BSN, wherever the person lives, and name with birth date
     * within a household. Empty for somebody who is known in one signal alone.
     *
     * @param households the person's own and those that count for it; empty when it is not known
     */
    List<String> subjectKeys(CaseSignal.Person person, Collection<UUID> households) {
        List<String> subjects = new ArrayList<>();
        if (isRelated(person)) {
            // what somebody else consents to opens nothing about the person this is about
            return subjects;
        }
        if (person.bsn() != null) {
            subjects.add(hex("subject-bsn", person.bsn()));
        }
        if (hasNameAndBirth(person)) {
            households.forEach(household -> subjects.add(hex("subject-name", household + "|" + nameAndBirth(person))));
        }
        return subjects;
    }

    static boolean isRelated(CaseSignal.Person person) {
        return Boolean.TRUE.equals(person.related());
    }

    private static boolean hasNameAndBirth(CaseSignal.Person person) {
        return person.name() != null && person.birthDate() != null;
    }

    private static String nameAndBirth(CaseSignal.Person person) {
        return SPACE.matcher(person.name().strip()).replaceAll(" ").toLowerCase(Locale.ROOT) + '|' + person.birthDate();
    }

    private Key key(KeyKind kind, String value) {
        return new Key(kind, hex("household-" + kind, value));
    }

    private String hex(String purpose, String value) {
        return HexFormat.of().formatHex(vault.pseudonym(purpose, value));
    }
}
