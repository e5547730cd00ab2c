package nl.wijkhub.household;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;

/** Table {@code person}: somebody within one household, by pseudonym. */
public final class PersonStore {
    private static final String ADD = """
            insert into person (person_id, household_id, person_key)
            select p, h, k from unnest(:ids::uuid[], :households::uuid[], :keys::bytea[]) as n(p, h, k)
            order by h, k
            on conflict (household_id, person_key) do nothing
            returning household_id, person_key
            """;
    private static final String FIND = """
            select p.person_id, p.household_id, p.person_key from person p
            join unnest(:households::uuid[], :keys::bytea[]) as n(h, k) on p.household_id = h and p.person_key = k
            """;
    private static final String HOUSEHOLDS_OF = """
            select distinct other.household_id from person p join person other on other.person_key = p.person_key
            where p.person_id = any(:persons)
            """;
    private static final String PERSONS_WITH =
            "select household_id, person_id from person where person_key = :key order by person_id";
    private static final String HOUSEHOLDS_WITH = "select distinct household_id from person where person_key = :key";

    /** A person of a household, by pseudonym. */
    record PersonRow(UUID household, byte[] key) {
        @Override
        public boolean equals(Object other) {
            return other instanceof PersonRow row && household.equals(row.household) && Arrays.equals(key, row.key);
        }

        @Override
        public int hashCode() {
            return Objects.hash(household, Arrays.hashCode(key));
        }
    }

    /**
     * Persons and their ids.
     *
     * @param newcomers those nobody knew in their household until now
     */
    record KnownPersons(Map<PersonRow, UUID> ids, List<PersonRow> newcomers) {}

    private final Database database;

    public PersonStore(Database database) {
        this.database = database;
    }

    /** The id of each person, made where it did not exist. */
    KnownPersons known(Collection<PersonRow> rows) {
        Map<PersonRow, UUID> ids = new HashMap<>();
        if (rows.isEmpty()) {
            return new KnownPersons(ids, List.of());
        }
        UUID[] households = rows.stream().map(PersonRow::household).toArray(UUID[]::new);
        byte[][] keys = rows.stream().map(PersonRow::key).toArray(byte[][]::new);
        return database.with(h -> {
            List<PersonRow> newcomers = h.createQuery(ADD)
                    .bind("ids", rows.stream().map(r -> Identifier.next()).toArray(UUID[]::new))
                    .bind("households", households)
                    .bind("keys", keys)
                    .map((rs, c) -> row(rs))
                    .list();
            h.createQuery(FIND)
                    .bind("households", households)
                    .bind("keys", keys)
                    .map((rs, c) -> ids.put(row(rs), rs.getObject("person_id", UUID.class)))
                    .list();
            return new KnownPersons(ids, newcomers);
        });
    }

    private static PersonRow row(ResultSet rs) throws SQLException {
        return new PersonRow(rs.getObject("household_id", UUID.class), rs.getBytes("person_key"));
    }

    Set<UUID> householdsOf(Collection<UUID> persons) {
        return database.with(h -> h.createQuery(HOUSEHOLDS_OF)
                .bind("persons", persons.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .set());
    }

    /** Household → the person's id in it. */
    Map<UUID, UUID> personsWith(byte[] personKey) {
        Map<UUID, UUID> persons = new LinkedHashMap<>();
        database.with(h -> h.createQuery(PERSONS_WITH)
                .bind("key", personKey)
                .map((rs, c) ->
                        persons.put(rs.getObject("household_id", UUID.class), rs.getObject("person_id", UUID.class)))
                .list());
        return persons;
    }

    Set<UUID> householdsWith(byte[] personKey) {
        return database.with(h -> h.createQuery(HOUSEHOLDS_WITH)
                .bind("key", personKey)
                .mapTo(UUID.class)
                .set());
    }
}
