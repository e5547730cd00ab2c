package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody of whom there is more consent than can be weighed: what is read stays small, and the answer is no. */
@Tag("sharing")
class MuchConsentTest {
    private final Database database = TestDatabase.store();
    private final ConsentStore consents = new ConsentStore(database, TestVault.vault());
    private final String somebody = key("fake-somebody");
    private final String another = key("fake-another");

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void what_an_ordinary_life_brings_together_is_weighed_whole() {
        register(somebody, 300);
        register(another, 1);

        Map<String, Set<ConsentStore.Registered>> found = consents.of(List.of(about(somebody, another)));

        assertThat(found.get(somebody)).hasSize(300).noneMatch(MuchConsentTest::isNoneAtAll);
        assertThat(found.get(another)).hasSize(1);
    }

    @Test
    void beyond_it_the_answer_is_no_and_of_somebody_else_it_stays_what_it_was() {
        register(somebody, 3_000);
        register(another, 1);

        Map<String, Set<ConsentStore.Registered>> found = consents.of(List.of(about(somebody, another)));

        assertThat(found.get(somebody)).hasSizeLessThan(1_000).anyMatch(MuchConsentTest::isNoneAtAll);
        assertThat(permits(found.get(somebody))).isFalse();
        assertThat(permits(found.get(another))).isTrue();
    }

    private static boolean isNoneAtAll(ConsentStore.Registered one) {
        return one.consent().equals(Consent.NONE_AT_ALL);
    }

    private static boolean permits(Set<ConsentStore.Registered> said) {
        return ConsentPolicy.permits(
                SharingFixture.anAdult(
                        UUID.randomUUID(),
                        said.stream().map(ConsentStore.Registered::consent).toArray(Consent[]::new)),
                SharingFixture.noord(Discipline.CARE),
                null,
                LocalDate.parse("2026-11-21"));
    }

    private void register(String subject, int times) {
        for (int i = 0; i < times; i++) {
            UUID id = UUID.randomUUID();
            String facts = Json.write(new Consent(
                    Consent.ConsentStatus.ACTIVE,
                    EnumSet.of(Voice.PERSON),
                    List.of(new Provision(
                            true,
                            1,
                            Reach.TEAM,
                            Set.of(),
                            LocalDate.parse("2026-01-01"),
                            LocalDate.parse("2027-01-01").plusDays(i)))));
            database.with(h -> {
                h.createUpdate("""
                                insert into consent (consent_id, logical_id, version, partner_id, reference_key, facts,
                                    resource_sealed, accepted_at, registered_at)
                                values (:id, :id, 1, 'fake', :key, :facts::jsonb, :key, :at, :at)
                                """)
                        .bind("id", id)
                        .bind("key", id.toString().getBytes(StandardCharsets.UTF_8))
                        .bind("facts", facts)
                        .bind("at", OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC))
                        .execute();
                return h.createUpdate("insert into consent_subject (consent_id, subject_key) values (:id, :key)")
                        .bind("id", id)
                        .bind("key", HexFormat.of().parseHex(subject))
                        .execute();
            });
        }
    }

    private static MatchedSignal about(String... subjects) {
        List<UUID> persons =
                List.of(subjects).stream().map(s -> UUID.randomUUID()).toList();
        return new MatchedSignal(
                null,
                null,
                null,
                null,
                persons,
                List.of(subjects).stream().map(List::of).toList());
    }

    private static String key(String name) {
        return HexFormat.of().formatHex(TestVault.vault().pseudonym("fake", name));
    }
}
