package nl.wijkhub.household;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;

/**
 * The keyed pseudonyms by which a household is found again, strongest first.
 * Postal code and house number always identify it; a BAG id is an alias; a BSN links only where it was permitted to be
 * sent. A name links nothing: a household known by name alone is one of its own.
 */
final class HouseholdKeys {
    enum Kind {
        ADDRESS,
        BAG,
        PERSON,
        SIGNAL
    }

    record Key(Kind kind, String hex) {}

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
            keys.add(key(Kind.ADDRESS, address.matchKey()));
            if (address.bagId() != null) {
                keys.add(key(Kind.BAG, address.bagId()));
            }
        }
        for (CaseSignal.Person person : household.persons()) {
            // somebody named beside the person it is about may live elsewhere
            if (person.bsn() != null && !Boolean.TRUE.equals(person.related())) {
                keys.add(key(Kind.PERSON, person.bsn()));
            }
        }
        if (keys.isEmpty()) {
            keys.add(key(Kind.SIGNAL, accepted.id().toString()));
        }
        return keys;
    }

    /** The key of a household by its address alone. */
    Key ofAddress(Address address) {
        return key(Kind.ADDRESS, address.matchKey());
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
        if (person.bsn() != null) {
            return Optional.of(vault.pseudonym("bsn", person.bsn()));
        }
        return person.name() != null && person.birthDate() != null
                ? Optional.of(vault.pseudonym("name-and-birth", normal(person.name()) + '|' + person.birthDate()))
                : Optional.empty();
    }

    /** Whatever somebody may be recognised by: the BSN, and name with birth date; empty for who cannot be. */
    List<byte[]> personKeys(CaseSignal.Person person) {
        List<byte[]> all = new ArrayList<>();
        personKey(person).ifPresent(all::add);
        if (person.bsn() != null) {
            personKey(new CaseSignal.Person(person.role(), person.name(), person.birthDate(), null, null))
                    .ifPresent(all::add);
        }
        return all;
    }

    /**
     * Under what a consent of a person is found again: the BSN, wherever the person lives, and name with birth date
     * within one household. Empty for somebody who is known in one signal alone.
     *
     * @param householdId null when the household is not known
     */
    List<String> subjectKeys(CaseSignal.Person person, UUID householdId) {
        List<String> subjects = new ArrayList<>();
        if (Boolean.TRUE.equals(person.related())) {
            // what somebody else consents to opens nothing about the person this is about
            return subjects;
        }
        if (person.bsn() != null) {
            subjects.add(hex("subject-bsn", person.bsn()));
        }
        if (householdId != null && person.name() != null && person.birthDate() != null) {
            subjects.add(hex("subject-name", householdId + "|" + normal(person.name()) + '|' + person.birthDate()));
        }
        return subjects;
    }

    private Key key(Kind kind, String value) {
        return new Key(kind, hex("household-" + kind, value));
    }

    private String hex(String purpose, String value) {
        return HexFormat.of().formatHex(vault.pseudonym(purpose, value));
    }

    private static String normal(String name) {
        return name.strip().replaceAll("\\s+", " ").toLowerCase(java.util.Locale.ROOT);
    }
}
