package nl.wijkhub.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.plan.AreaRollups.PublishedCounts;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of households per quarter, on a real database: published once, and then never otherwise. */
class AreaRollupsTest {
    private static final Set<String> BUURTEN = Set.of("BU99990101", "BU99990102");
    private static final Quarter SUMMER = new Quarter(2026, 3);
    private static final Instant IN_SUMMER = Instant.parse("2026-08-15T12:00:00Z");

    private final Database database = TestDatabase.store();

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @ParameterizedTest(name = "{0} and {1} households: {2} and {3} are told")
    @CsvSource({"9, 20, , ", "10, 20, 10, 20", "0, 20, , ", "0, 0, , "})
    void a_buurt_of_ten_households_is_told_and_one_of_nine_takes_its_neighbour_with_it(
            int first, int second, Integer firstTold, Integer secondTold) {
        households("9990AA", first);
        households("9990AB", second);

        at("2026-11-21T12:00:00Z").publish();

        assertThat(told("BU99990101")).isEqualTo(firstTold);
        assertThat(told("BU99990102")).isEqualTo(secondTold);
        assertThat(told("GM9999")).isEqualTo(first + second < 10 ? null : first + second);
        assertThat(toldOf("BU99990101").isSuppressed()).isTrue();
    }

    @Test
    void a_household_counts_once_however_often_it_was_signalled() {
        List<UUID> households = households("9990AA", 12);
        households.forEach(household -> signal(household, "nuisance.smell", IN_SUMMER));
        households.subList(0, 11).forEach(household -> signal(household, "debt.rent-arrears", IN_SUMMER));

        at("2026-11-21T12:00:00Z").publish();

        assertThat(toldOf("GM9999").households()).containsEntry("total", 12).containsEntry("nuisance", 12);
        // eleven of twelve: it would tell that one has no debts
        assertThat(toldOf("GM9999").households()).doesNotContainKey("debt");
    }

    @Test
    void what_was_withdrawn_or_worked_in_another_quarter_or_lies_elsewhere_does_not_count() {
        List<UUID> households = households("9990AA", 10);
        households("9999ZZ", 20);
        signal(household("9990AA"), "nuisance.noise", Instant.parse("2026-09-30T22:00:00Z"));
        signal(household("9990AA"), "nuisance.noise", Instant.parse("2026-06-30T21:59:59Z"));
        withdraw(signal(household("9990AA"), "nuisance.noise", IN_SUMMER));

        at("2026-11-21T12:00:00Z").publish();

        assertThat(told("GM9999")).isEqualTo(households.size());
    }

    @Test
    void a_quarter_is_published_once_so_that_nobody_subtracts_two_publications() {
        households("9990AA", 19);
        UUID last = household("9990AA");
        UUID withdrawn = signal(last, "nuisance.noise", IN_SUMMER);
        AreaRollups rollups = at("2026-11-21T12:00:00Z");
        rollups.publish();
        assertThat(told("GM9999")).isEqualTo(20);

        withdraw(withdrawn);
        households("9990AB", 15);
        rollups.publish();
        at("2027-01-20T12:00:00Z").publish();

        // counted anew it would be 19 or 34: the difference would be one household
        assertThat(told("GM9999")).isEqualTo(20);
        assertThat(count("select count(*) from area_rollup_period where period = '2026Q3'"))
                .isEqualTo(1);
    }

    @Test
    void of_two_hubs_that_publish_at_once_one_does() throws Exception {
        households("9990AA", 12);
        ExecutorService both = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Object>> tries = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tries.add(() -> {
                    at("2026-11-21T12:00:00Z").publish();
                    return null;
                });
            }
            for (Future<Object> one : both.invokeAll(tries)) {
                one.get();
            }
        } finally {
            both.shutdownNow();
        }

        assertThat(told("GM9999")).isEqualTo(12);
        // four quarters, a decision for what is told and one for what is not
        assertThat(count("select count(*) from decision_set where evaluation = 'roll-up'"))
                .isEqualTo(8);
        assertThat(count("""
                        select count(*) from decision_set
                        where responses -> 0 ->> 'disclosure' = 'NONE' and responses -> 0 ->> 'ruleId' = 'row-24'
                        """)).isEqualTo(4);
    }

    @Test
    void a_quarter_that_is_not_over_and_a_day_old_is_not_published() {
        households("9990AA", 12);

        at("2026-10-01T12:00:00Z").publish();
        assertThat(of(SUMMER, "GM9999")).isEmpty();

        at("2026-10-02T12:00:00Z").publish();
        assertThat(of(SUMMER, "GM9999")).isPresent();
        assertThat(of(new Quarter(2026, 4), "GM9999")).isEmpty();
    }

    @Test
    void without_a_rule_that_holds_nothing_is_published() {
        signal(household("9990AA"), "nuisance.noise", Instant.parse("2031-02-01T12:00:00Z"));

        at("2031-05-01T12:00:00Z").publish();

        assertThat(count("select count(*) from area_rollup_period")).isZero();
        assertThat(count("select count(*) from decision_set where evaluation = 'roll-up'"))
                .isEqualTo(8);
    }

    @ParameterizedTest(name = "{0} lies in {1}")
    @CsvSource({
        "2026-06-30T21:59:59Z, 2026Q2",
        "2026-06-30T22:00:00Z, 2026Q3",
        "2026-12-31T22:59:59Z, 2026Q4",
        "2026-12-31T23:00:00Z, 2027Q1",
    })
    void quarters_are_those_of_the_dutch_calendar(Instant moment, String quarter) {
        assertThat(Quarter.at(moment)).hasToString(quarter);
        assertThat(Quarter.of(quarter)).contains(Quarter.at(moment));
        assertThat(moment)
                .isBetween(Quarter.at(moment).from(), Quarter.at(moment).until());
    }

    @ParameterizedTest
    @CsvSource({"2026Q5", "2026Q0", "2026-3", "2026q3", "26Q3", "Q3"})
    void anything_else_is_no_quarter(String text) {
        assertThat(Quarter.of(text)).isEmpty();
        assertThat(Quarter.of(null)).isEmpty();
    }

    private AreaRollups at(String moment) {
        return new AreaRollups(
                database,
                new AreaRollupStore(database, TestVault.vault()),
                new DecisionLogStore(database),
                new AgreementInForce(
                        SharingAgreement.read(Path.of("config"), SignalFixture.VOCABULARY.codes(), new ArrayList<>())),
                BUURTEN,
                SignalFixture.VOCABULARY.codes(),
                postalCode -> Optional.ofNullable(
                        Map.of("9990AA", "BU99990101", "9990AB", "BU99990102").get(postalCode)),
                Clock.fixed(Instant.parse(moment), ZoneOffset.UTC));
    }

    private Optional<Map<String, PublishedCounts>> of(Quarter quarter, String area) {
        return new AreaRollupStore(database, TestVault.vault()).of(quarter, List.of(area));
    }

    private PublishedCounts toldOf(String area) {
        return of(SUMMER, area).orElseThrow().get(area);
    }

    private Integer told(String area) {
        return toldOf(area).households().get(RollupPolicy.TOTAL);
    }

    private List<UUID> households(String postalCode, int count) {
        List<UUID> households = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID household = household(postalCode);
            signal(household, "nuisance.noise", IN_SUMMER);
            households.add(household);
        }
        return households;
    }

    private UUID household(String postalCode) {
        UUID id = Identifier.next();
        String address = Json.write(new Address(postalCode, 1, null, null, null));
        database.with(h -> h.createUpdate("""
                        insert into household (household_id, created_at, address_sealed) values (:id, now(), :address)
                        """)
                .bind("id", id)
                .bind("address", TestVault.vault().seal("household", "address_sealed", id, address))
                .execute());
        return id;
    }

    private UUID signal(UUID household, String category, Instant workedAt) {
        UUID id = Identifier.next();
        database.with(h -> h.createUpdate("""
                        insert into signal (signal_id, partner_id, discipline, reference_key, content_key, category,
                            severity, data_class, household_id, group_key, trace_id, span_id, accepted_at, worked_at,
                            body_sealed)
                        values (:id, 'corporatie-demo', 'HOUSING', :key, :key, :category, 'low', '{N}', :household, 'g',
                            't', 's', :at, :at, :key)
                        """)
                .bind("id", id)
                .bind("key", id.toString().getBytes(StandardCharsets.UTF_8))
                .bind("category", category)
                .bind("household", household)
                .bind("at", workedAt.atOffset(ZoneOffset.UTC))
                .execute());
        return id;
    }

    private void withdraw(UUID signal) {
        database.with(h -> h.createUpdate(
                        "insert into withdrawal (signal_id, reason, withdrawn_at) values (:id, 'superseded', now())")
                .bind("id", signal)
                .execute());
    }

    private long count(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(Long.class).one());
    }
}
