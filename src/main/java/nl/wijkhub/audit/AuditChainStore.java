package nl.wijkhub.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain over both logs. Each seal is keyed, and holds the seal before it and the digests of everything written since:
 * whoever changes, takes away or adds a record without the key breaks it. The newest seal is also logged, so that a chain
 * cut short at its end can be held against what stands elsewhere.
 */
public final class AuditChainStore {
    private static final Logger LOG = LoggerFactory.getLogger(AuditChainStore.class);
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);
    private static final String LOCK = "select pg_advisory_xact_lock(30) is null";
    private static final String LAST = "select * from audit_seal order by seal_no desc limit 1";
    private static final String UNTIL = "select pg_snapshot_xmin(pg_current_snapshot())::text";
    private static final String OPEN = """
            select * from audit_batch
            where transaction_id >= cast(:from as xid8) and transaction_id < cast(:until as xid8)
            order by transaction_id, batch_id
            """;
    private static final String ADD = """
            insert into audit_seal (seal_no, until_transaction, batch_count, chain, sealed_at)
            values (:no, cast(:until as xid8), :count, :chain, :at)
            """;
    private static final String ALL = "select * from audit_seal order by seal_no";
    private static final String DECISIONS =
            "select coalesce(sum(cardinality(release_ids)), 0) from decision_set where batch_id = :batch";
    private static final String DECISION_ROWS = "select count(*) from decision_log where batch_id = :batch";
    private static final String PROCESSINGS = "select count(*) from processing_log where batch_id = :batch";
    private static final String STRAYS = """
            select count(*) from (
                select batch_id from decision_set
                union all select batch_id from decision_log where batch_id is not null
                union all select batch_id from processing_log where batch_id is not null) as l
            where not exists (select 1 from audit_batch b where b.batch_id = l.batch_id)
            """;

    private record Batch(UUID id, String log, int count, byte[] digest) {}

    private record Seal(long number, String until, int batches, byte[] chain) {
        static final Seal NONE = new Seal(0, "0", 0, new byte[0]);
    }

    /**
     * What a verification found.
     *
     * @param fault the first broken link in words; null when the chain is whole
     * @param unsealed batches written since the last seal
     */
    public record Verdict(long seals, long batches, long records, long unsealed, String fault) {}

    private final Database database;
    private final Vault vault;
    private final Clock clock;
    private volatile Instant sealedAt;
    private Instant toldAt;
    private long told;

    public AuditChainStore(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** Seals what is committed and can be overtaken by nothing older any more. */
    public void seal() {
        Seal newest = database.inTransaction(() -> database.with(h -> {
            h.createQuery(LOCK).mapTo(Boolean.class).one();
            Seal last = h.createQuery(LAST).map((rs, c) -> seal(rs)).findOne().orElse(Seal.NONE);
            String until = h.createQuery(UNTIL).mapTo(String.class).one();
            List<Batch> open = batches(h, last.until(), until);
            if (open.isEmpty()) {
                return last;
            }
            Seal next = new Seal(last.number() + 1, until, open.size(), chain(last, open));
            h.createUpdate(ADD)
                    .bind("no", next.number())
                    .bind("until", until)
                    .bind("count", open.size())
                    .bind("chain", next.chain())
                    .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .execute();
            return next;
        }));
        sealedAt = clock.instant();
        tell(newest);
    }

    /** The newest seal, once a minute: to be held against the chain should it be cut short at its end. */
    private void tell(Seal newest) {
        if (newest.number() != told
                && (toldAt == null || toldAt.plus(TELL_EVERY).isBefore(sealedAt))) {
            told = newest.number();
            toldAt = sealedAt;
            LOG.info(
                    "event=audit.sealed seal={} chain={}",
                    newest.number(),
                    HexFormat.of().formatHex(newest.chain()));
        }
    }

    /** How long ago everything committed was last sealed, in seconds; 0 before the first time. */
    public double secondsSinceSeal() {
        Instant last = sealedAt;
        return last == null ? 0 : Duration.between(last, clock.instant()).toMillis() / 1000.0;
    }

    /** Computes every link anew, from the records themselves; stops at the first that does not hold. */
    public Verdict verify() {
        return database.with(h -> {
            List<Seal> seals = h.createQuery(ALL).map((rs, c) -> seal(rs)).list();
            Seal before = Seal.NONE;
            long batches = 0;
            long records = 0;
            for (Seal seal : seals) {
                if (seal.number() != before.number() + 1) {
                    return new Verdict(
                            before.number(), batches, records, 0, "seal " + (before.number() + 1) + " is gone");
                }
                List<Batch> sealed = batches(h, before.until(), seal.until());
                for (Batch batch : sealed) {
                    Optional<String> fault = check(h, batch);
                    if (fault.isPresent()) {
                        return new Verdict(
                                before.number(), batches, records, 0, "in seal " + seal.number() + ": " + fault.get());
                    }
                    batches++;
                    records += batch.count();
                }
                if (sealed.size() != seal.batches() || !Arrays.equals(chain(before, sealed), seal.chain())) {
                    return new Verdict(
                            before.number(),
                            batches,
                            records,
                            0,
                            "seal " + seal.number() + " does not hold over its " + sealed.size() + " batches");
                }
                before = seal;
            }
            List<Batch> open = batches(h, before.until(), "18446744073709551615");
            for (Batch batch : open) {
                Optional<String> fault = check(h, batch);
                if (fault.isPresent()) {
                    return new Verdict(
                            before.number(), batches, records, open.size(), "not sealed yet: " + fault.get());
                }
                records += batch.count();
            }
            long strays = h.createQuery(STRAYS).mapTo(Long.class).one();
            return new Verdict(
                    seals.size(),
                    batches,
                    records,
                    open.size(),
                    strays == 0 ? null : strays + " records belong to no batch");
        });
    }

    private static Optional<String> check(Handle handle, Batch batch) {
        String name = batch.log() + " batch " + batch.id();
        long count = handle.createQuery(
                        switch (batch.log()) {
                            case AuditBatchStore.DECISION_SETS -> DECISIONS;
                            case AuditBatchStore.DECISION_ROWS -> DECISION_ROWS;
                            default -> PROCESSINGS;
                        })
                .bind("batch", batch.id())
                .mapTo(Long.class)
                .one();
        if (count != batch.count()) {
            return Optional.of(name + " has " + count + " records, not " + batch.count());
        }
        byte[] again =
                switch (batch.log()) {
                    case AuditBatchStore.DECISION_SETS -> DecisionLogStore.digestAgain(handle, batch.id());
                    case AuditBatchStore.DECISION_ROWS -> DecisionLogStore.digestOfRows(handle, batch.id());
                    default -> ProcessingLogStore.digestAgain(handle, batch.id());
                };
        return Arrays.equals(again, batch.digest()) ? Optional.empty() : Optional.of(name + " was changed");
    }

    private static List<Batch> batches(Handle handle, String from, String until) {
        return handle.createQuery(OPEN)
                .bind("from", from)
                .bind("until", until)
                .map((rs, c) -> new Batch(
                        rs.getObject("batch_id", UUID.class),
                        rs.getString("log"),
                        rs.getInt("record_count"),
                        rs.getBytes("digest")))
                .list();
    }

    private byte[] chain(Seal before, List<Batch> batches) {
        AuditDigest digest = new AuditDigest().add(before.number(), before.chain());
        batches.forEach(batch -> digest.add(batch.id(), batch.log(), batch.count(), batch.digest()));
        return vault.pseudonym("audit-seal", HexFormat.of().formatHex(digest.value()));
    }

    private static Seal seal(ResultSet rs) throws SQLException {
        return new Seal(
                rs.getLong("seal_no"),
                rs.getString("until_transaction"),
                rs.getInt("batch_count"),
                rs.getBytes("chain"));
    }
}
