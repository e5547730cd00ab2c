package nl.wijkhub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chain over the logs, on a real database: whole, and broken in every way somebody could try. */
class AuditChainTest {
    private final Database database = TestDatabase.store();
    private final AuditChainStore chain = new AuditChainStore(database, TestVault.vault(), SignalFixture.NOON);
    private final DecisionLogStore decisions = new DecisionLogStore(database);
    private final ProcessingLogStore processings =
            new ProcessingLogStore(database, TestVault.vault(), "urn:fake:activity");

    @BeforeEach
    void write_three_batches_and_seal_two() {
        TestDatabase.empty();
        writeAsBefore();
        write();
        chain.seal();
        write();
        chain.seal();
        write();
    }

    @Test
    void a_chain_that_nobody_touched_holds() {
        AuditChainStore.Verdict verdict = chain.verify();

        assertThat(verdict.fault()).isNull();
        assertThat(verdict.seals()).isEqualTo(2);
        assertThat(verdict.records()).isEqualTo(13);
        assertThat(verdict.unsealed()).isEqualTo(2);
    }

    @Test
    void sealing_nothing_new_adds_no_seal() {
        chain.seal();
        chain.seal();

        assertThat(chain.verify().seals()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a decision changed | update decision_set set policy = 'other' where decision_set_id = (select min(decision_set_id::text)::uuid from decision_set) | was changed",
                "an answer changed | update decision_set set responses = '[{}, {}]' where evaluation = 'pull' | was changed",
                "facts changed | update decision_set set facts = '{}' | was changed",
                "a decision gone | update decision_set set release_ids = array[release_ids[1]] | records, not",
                "a set gone | delete from decision_set where decision_set_id = (select min(decision_set_id::text)::uuid from decision_set) | records, not",
                "two decisions swapped | update decision_set set release_ids = array[release_ids[2], release_ids[1]] | was changed",
                "an older decision changed | update decision_log set response = '{}' | was changed",
                "older facts changed | update decision_facts set facts = '{}' | was changed",
                "an older decision gone | delete from decision_log | records, not",
                "a processing gone | delete from processing_log where processing_log_id = (select min(processing_log_id::text)::uuid from processing_log) | records, not",
                "who looked changed | update processing_log set nen7513_user = 'fake-other' | was changed",
                "in what capacity changed | update processing_log set nen7513_role = 'vb-noord.police' where nen7513_role is not null | was changed",
                "a whole batch gone | with b as (delete from audit_batch where batch_id = (select min(batch_id::text)::uuid from audit_batch) returning batch_id) delete from decision_set using b where decision_set.batch_id = b.batch_id | does not hold",
                "a record slipped in | insert into processing_log (processing_log_id, trace_id, span_id, status_code, name, start_time, end_time, processing_activity_id, batch_id) values (gen_random_uuid(), 't', 's', 1, 'fake', now(), now(), 'fake', gen_random_uuid()) | belong to no batch",
                "a seal gone | delete from audit_seal where seal_no = 1 | is gone",
                "a seal forged | update audit_seal set chain = '\\x00' where seal_no = 1 | does not hold",
            })
    void whoever_touches_it_breaks_it(String what, String sql, String fault) {
        database.with(h -> h.execute(sql));

        assertThat(chain.verify().fault()).as(what).contains(fault);
    }

    private void write() {
        Trace trace = Trace.continuing(null);
        Instant now = Instant.parse("2026-11-21T12:00:00.123456789Z");
        database.inTransaction(() -> {
            decisions.insert(List.of(new DecisionSet(
                    Identifier.next(), "pull", trace, now, "{\"fake\":true}", "fake/1", List.of(denied(), denied()))));
            processings.insert(List.of(
                    new ProcessingRecord(
                            trace,
                            "signal-pull",
                            now,
                            now,
                            null,
                            UUID.randomUUID(),
                            "person",
                            AccessedBy.reads("fake-user", "vb-noord.care")),
                    new ProcessingRecord(trace, "sharing-decide", now, now, null, UUID.randomUUID(), "person", null)));
            return null;
        });
    }

    private static DecisionSet.Decided denied() {
        return new DecisionSet.Decided(Identifier.next(), "{\"disclosure\":\"NONE\"}");
    }

    /** As releases up to 0.1.0 wrote it: a row for each decision, and the facts beside it. */
    private void writeAsBefore() {
        UUID facts = Identifier.next();
        UUID decision = Identifier.next();
        UUID release = Identifier.next();
        UUID batch = Identifier.next();
        Instant now = Instant.parse("2026-11-21T12:00:00.123456Z");
        byte[] digest = new AuditDigest()
                .add(decision, release, "pull", "fake-trace", "fake-span", now, "{\"fake\":1}", "{\"old\":1}", "fake/0")
                .value();
        database.inTransaction(() -> database.with(h -> {
            h.execute("insert into decision_facts (facts_id, facts) values (?, ?)", facts, "{\"fake\":1}");
            h.execute(
                    "insert into decision_log (decision_id, release_id, facts_id, batch_id, evaluation, trace_id, span_id,"
                            + " decided_at, response, policy) values (?, ?, ?, ?, 'pull', 'fake-trace', 'fake-span', ?, ?, 'fake/0')",
                    decision,
                    release,
                    facts,
                    batch,
                    now.atOffset(ZoneOffset.UTC),
                    "{\"old\":1}");
            return h.execute(
                    "insert into audit_batch (batch_id, log, record_count, digest) values (?, 'decision_log', 1, ?)",
                    batch,
                    digest);
        }));
    }
}
