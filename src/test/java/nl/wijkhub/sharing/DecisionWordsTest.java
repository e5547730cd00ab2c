package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.audit.AuditChainStore;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionWordsTest {
    private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
    private static final Decision REFUSED = Decision.builder()
            .disclosure(Disclosure.NONE)
            .ruleId("row-24")
            .ground("NO-GROUND")
            .policyVersion("fake/1")
            .removedFields(List.of("address", "narrative"))
            .reasons(List.of("no-rule"))
            .build();

    private final Database database = TestDatabase.store();
    private final ReleaseStore releases = new ReleaseStore(database);
    private final DecisionWordsStore words = new DecisionWordsStore(database);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void what_is_read_is_to_the_letter_what_was_decided() {
        List<Release> decided = List.of(
                release(REFUSED),
                release(passing(List.of())),
                release(saying(List.of(UUID.randomUUID()))),
                release(passing(List.of(UUID.randomUUID()))),
                release(passing(List.of(UUID.randomUUID(), UUID.randomUUID()))));

        write(decided);

        for (Release one : decided) {
            assertThat(texts("select decision from decided_release where release_id = '" + one.id() + "'"))
                    .containsExactly(Json.write(one.decision()));
        }
        assertThat(releases.byIds(decided.stream().map(Release::id).toList()))
                .extracting(Release::decision)
                .containsExactlyInAnyOrderElementsOf(
                        decided.stream().map(Release::decision).toList());
    }

    @Test
    void the_same_words_stand_once_whoever_writes_them() {
        write(List.of(release(REFUSED), release(REFUSED), release(passing(List.of(UUID.randomUUID())))));
        write(List.of(release(REFUSED), release(passing(List.of(UUID.randomUUID())))));
        trail(new DecisionWordsStore(database), List.of(release(REFUSED)));

        assertThat(texts("select words ->> 'disclosure' from decision_words"))
                .containsExactlyInAnyOrder("NONE", "NOTICE");
        assertThat(texts("select release_id from release")).hasSize(6);
    }

    @Test
    void words_that_were_rolled_back_are_written_by_the_next_who_says_them() {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    write(List.of(release(REFUSED)));
                    throw new IllegalStateException("fake");
                }))
                .hasMessage("fake");

        write(List.of(release(REFUSED)));

        assertThat(texts("select decision ->> 'ruleId' from decided_release")).containsExactly("row-24");
    }

    @Test
    void a_database_that_was_put_back_gets_its_words_at_the_next_attempt() {
        write(List.of(release(REFUSED)));
        TestDatabase.empty();

        assertThatThrownBy(() -> write(List.of(release(REFUSED)))).isInstanceOf(Unavailable.class);
        assertThat(texts("select release_id from release")).isEmpty();
        write(List.of(release(REFUSED)));

        assertThat(texts("select decision ->> 'ruleId' from decided_release")).containsExactly("row-24");
    }

    @Test
    void without_its_persons_a_decision_says_all_else() throws ReflectiveOperationException {
        Decision all = saying(List.of(UUID.randomUUID()));

        for (RecordComponent part : Decision.class.getRecordComponents()) {
            Object said = part.getAccessor().invoke(all);
            assertThat(said).as(part.getName()).isNotNull().isNotEqualTo(List.of());
            assertThat(part.getAccessor().invoke(all.withoutPersons()))
                    .as(part.getName())
                    .isEqualTo(part.getName().equals("visiblePersons") ? List.of() : said);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "other words | update decision_words set words = '{\"disclosure\":\"FULL\"}' where words ->> 'disclosure' = 'NOTICE'",
                "words gone | delete from decision_words",
                "other persons | update release set person_ids = array[gen_random_uuid()] where person_ids is not null",
                "the words of another | update release set words_id = (select min(words_id::text)::uuid from decision_words)",
            })
    void whoever_touches_what_was_decided_breaks_the_chain(String what, String sql) {
        AuditChainStore chain = new AuditChainStore(database, TestVault.vault(), SignalFixture.NOON);
        write(List.of(release(REFUSED), release(passing(List.of(UUID.randomUUID())))));
        chain.seal();
        assertThat(chain.verify().fault()).isNull();

        database.with(h -> h.execute(sql));

        assertThat(chain.verify().fault()).as(what).isNotNull();
    }

    /** A decision in which nothing is left out. */
    private static Decision saying(List<UUID> persons) {
        return Decision.builder()
                .disclosure(Disclosure.SUMMARY)
                .ruleId("row-8")
                .ground("fake-ground")
                .policyVersion("fake/1")
                .fields(List.of("address", "category"))
                .removedFields(List.of("narrative"))
                .visiblePersons(persons)
                .obligations(List.of("fake-duty"))
                .reasons(List.of("permitted"))
                .article("Wpg20")
                .externalDecision("FAKE-1")
                .shownAs("safety.police-contact")
                .says("danger")
                .urgency(Severity.HIGH)
                .purpose("household-help")
                .heldBy("fake-hold")
                .build();
    }

    private static Decision passing(List<UUID> persons) {
        return Decision.builder()
                .disclosure(Disclosure.NOTICE)
                .ruleId("row-1")
                .ground("fake-ground")
                .policyVersion("fake/1")
                .fields(List.of("contact"))
                .visiblePersons(persons)
                .build();
    }

    private static Release release(Decision decision) {
        return new Release(
                Identifier.next(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                new Recipient("vb-noord", Discipline.CARE),
                decision,
                NOW);
    }

    private void write(List<Release> decided) {
        trail(words, decided);
    }

    private void trail(DecisionWordsStore said, List<Release> decided) {
        SharingFacts facts = SharingFixture.aSignal(Discipline.HOUSING, "nuisance.noise");
        DecisionTrail trail = new DecisionTrail(
                releases,
                said,
                new DecisionLogStore(database),
                new ProcessingLogStore(database, TestVault.vault(), "urn:fake:activity"),
                new SharingDuties(
                        new DutyStore(database, TestVault.vault()), new AgreementInForce(SharingFixture.AGREEMENT)));
        database.inTransaction(() -> {
            DecisionTrail.Written written = trail.at(NOW);
            for (Release one : decided) {
                written.released(Trace.continuing(null), facts, one);
            }
            written.write();
            return null;
        });
    }

    private List<String> texts(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(String.class).list());
    }
}
