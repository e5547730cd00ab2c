package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.DataClass;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that 0.1.0 filled, brought up to this release. */
class UpgradeFrom010Test {
    private static final String SCHEMA = "filled_by_010";
    private static final UUID RELEASE = UUID.randomUUID();
    private static final UUID PLAN = UUID.randomUUID();
    private static final UUID UNSENT = UUID.randomUUID();

    private final DataSource source = source();
    private final Database database = new Database(source);

    @BeforeEach
    void fill_the_schema_of_010_and_upgrade_it() {
        flyway("70").migrate();
        database.inTransaction(() -> database.with(UpgradeFrom010Test::fill));
        flyway("latest").migrate();
    }

    @AfterEach
    void drop() {
        TestDatabase.store().with(h -> h.execute("drop schema " + SCHEMA + " cascade"));
    }

    private static int fill(Handle h) {
        SharingFacts facts = SharingFacts.builder()
                .from(Discipline.HOUSING)
                .classes(Set.of(DataClass.N))
                .category("nuisance.noise")
                .drawnFor(true)
                .persons(List.of())
                .narrative(Set.of())
                .build();
        String decision =
                "{\"disclosure\":\"NONE\",\"ground\":\"NO-GROUND\",\"policyVersion\":\"fake/1\",\"ruleId\":\"row-24\"}";
        UUID signal = UUID.randomUUID();
        UUID factsId = UUID.randomUUID();
        // what these refer to is of no concern here
        h.execute("set local session_replication_role = replica");
        h.execute("insert into decision_facts (facts_id, facts) values (?, ?)", factsId, Json.write(facts));
        h.execute(
                "insert into release (release_id, signal_id, team_id, discipline, disclosure, rule_id, ground, policy_version,"
                        + " decision, decided_at) values (?, ?, 'vb-noord', 'CARE', 'NONE', 'row-24', 'NO-GROUND', 'fake/1',"
                        + " cast(? as json), now())",
                RELEASE,
                signal,
                decision);
        h.execute(
                "insert into decision_log (decision_id, release_id, facts_id, evaluation, trace_id, span_id, decided_at, policy)"
                        + " values (gen_random_uuid(), ?, ?, 'release', 'fake-trace', 'fake-span', now(), 'fake/1')",
                RELEASE,
                factsId);
        h.execute(
                "insert into plan_signal (plan_id, signal_id, epoch, attached_at) values (?, ?, 2, '2026-01-02T00:00:00Z')",
                PLAN,
                signal);
        h.execute(
                "insert into plan_signal_seen (plan_id, signal_id, team_id, discipline, child_count) values (?, ?, 'vb-noord',"
                        + " 'CARE', 0)",
                PLAN,
                signal);
        h.execute(
                "insert into delivery (delivery_id, address, event, created_at) values (?, 'team.vb-noord.care', '{}', now())",
                UNSENT);
        return h.execute("insert into delivery (delivery_id, address, created_at, sent_at) values (gen_random_uuid(),"
                + " 'team.vb-noord.care', now(), now())");
    }

    @Test
    void a_decision_is_found_with_the_facts_it_was_logged_with() {
        DecidedBefore before = new DecidedBeforeStore(database).one(RELEASE).orElseThrow();

        assertThat(before.facts().category()).isEqualTo("nuisance.noise");
        assertThat(before.facts().from()).isEqualTo(Discipline.HOUSING);
        assertThat(before.decision().ruleId()).isEqualTo("row-24");
    }

    @Test
    void what_a_recipient_knows_of_a_plan_has_the_life_and_the_moment_its_signal_came_in() {
        assertThat(texts("select epoch || ' ' || (attached_at = '2026-01-02T00:00:00Z') from plan_signal_seen"))
                .containsExactly("2 true");
    }

    @Test
    void what_was_not_sent_is_still_there_and_nothing_else_is() {
        assertThat(texts("select cast(delivery_id as text) from delivery")).containsExactly(UNSENT.toString());
    }

    private List<String> texts(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(String.class).list());
    }

    private Flyway flyway(String target) {
        return Flyway.configure()
                .dataSource(source)
                .schemas(SCHEMA)
                .locations("classpath:db")
                .target(target)
                .load();
    }

    /** The server of the tests, in a schema of its own. */
    private static DataSource source() {
        try {
            PGSimpleDataSource source = TestDatabase.dataSource()
                    .unwrap(com.zaxxer.hikari.HikariDataSource.class)
                    .getDataSource()
                    .unwrap(PGSimpleDataSource.class);
            PGSimpleDataSource own = new PGSimpleDataSource();
            own.initializeFrom(source);
            own.setCurrentSchema(SCHEMA);
            return own;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
