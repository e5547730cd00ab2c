package nl.wijkhub.sharing;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Partners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables {@code consent} and {@code consent_subject}: what people said about sharing. Codes are in clear, the resource
 * as it was sent is sealed, people are found by keyed pseudonyms. Nothing is overwritten: a later consent under the
 * same reference of the same partner takes the place of the earlier one, which stays. One that seems to be about
 * somebody else never takes the place of a deny. Their senders find them again in {@link KeptConsentStore}.
 */
public final class ConsentStore {
    private static final String LOCK =
            "select pg_advisory_xact_lock(hashtextextended(encode(:reference::bytea, 'hex'), 18)) is null";
    private static final String REPLACE = """
            update consent set replaced_at = :at
            where partner_id = :partner and reference_key = :reference and replaced_at is null
                and accepted_at <= :accepted
                and (exists (
                        select 1 from consent_subject s
                        where s.consent_id = consent.consent_id and s.subject_key = any(:keys::bytea[]))
                    or not facts @> '{"provisions": [{"permit": false}]}'::jsonb)
            """;
    private static final String INSERT = """
            insert into consent (consent_id, logical_id, version, signal_id, partner_id, reference_key, facts,
                resource_sealed, accepted_at, registered_at, replaced_at)
            select :id,
                coalesce((select min(c.logical_id::text)::uuid from consent c
                    where c.partner_id = :partner and c.reference_key = :reference), :id),
                (select 1 + count(*) from consent c where c.partner_id = :partner and c.reference_key = :reference),
                :signal, :partner, :reference, :facts::jsonb, :resource, :accepted, :at,
                (select min(cast(:at as timestamptz)) from consent later
                    where later.partner_id = :partner and later.reference_key = :reference
                        and later.accepted_at > :accepted)
            """;
    private static final String INSERT_SUBJECTS =
            "insert into consent_subject (consent_id, subject_key) select :id, k from unnest(:keys::bytea[]) as n(k)";
    /** The first beyond the most comes without its facts; of what was withdrawn only what still has room. */
    private static final String OF_SUBJECTS = """
            select k, consent_id, case when till <= :most then facts end as facts
            from (
                select encode(s.subject_key, 'hex') as k, c.consent_id, c.facts, length(c.facts::text) as size,
                    c.facts ->> 'state' = 'WITHDRAWN' as withdrawn,
                    sum(length(c.facts::text)) over (partition by s.subject_key
                        order by c.facts ->> 'state' = 'WITHDRAWN', c.consent_id) as till
                from consent_subject s join consent c using (consent_id)
                where s.subject_key = any(:keys) and c.replaced_at is null) said
            where till <= :most or (till - size <= :most and not withdrawn)
            """;

    private static final String HOLD = """
            select case when c then pg_advisory_xact_lock(hashtextextended(k, 19)) is null
                else pg_advisory_xact_lock_shared(hashtextextended(k, 19)) is null end
            from unnest(:keys::text[], :changing::boolean[]) with ordinality as n(k, c, i) order by i
            """;

    /** A consent that counts now. */
    record Registered(UUID id, Consent consent) {
        Registered knownTo(Partners partners) {
            Consent known = consent.knownTo(partners);
            return known == consent ? this : new Registered(id, known);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ConsentStore.class);

    /**
     * Characters of what one person said that are weighed at a decision: some four hundred consents. Who has more is refused
     * everything that asks for consent, for what cannot be weighed is a no.
     */
    private static final int MOST_FACTS = 64 * 1024;

    /** Each is told once: it is met at every decision. */
    private static final Set<UUID> TOLD = ConcurrentHashMap.newKeySet();

    private static final int MOST_TOLD = 1_000;

    private final Database database;
    private final Vault vault;

    public ConsentStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * A consent that comes in.
     *
     * @param signalId the signal it came with; null when it came by itself
     * @param referenceKey the partner's own reference as {@link #referenceKey}: under it a later one takes its place
     * @param keys under which its subject is found, as hex
     * @param acceptedAt of one reference the one accepted last counts, whenever it is worked
     */
    record Incoming(
            UUID id,
            UUID signalId,
            String partnerId,
            String referenceKey,
            Consent consent,
            String resource,
            List<String> keys,
            Instant acceptedAt) {}

    /**
     * Registers consents. A person's consents may come through two households at once, so each reference is locked,
     * always in one order.
     */
    void register(Collection<Incoming> incoming, Instant at) {
        Map<Incoming, byte[]> references = new IdentityHashMap<>();
        incoming.forEach(one -> references.put(one, HexFormat.of().parseHex(one.referenceKey())));
        incoming.stream()
                .sorted((a, b) -> Arrays.compareUnsigned(references.get(a), references.get(b)))
                .forEach(one -> register(one, references.get(one), at));
    }

    /** A partner's own reference as a keyed pseudonym, in hex. */
    String referenceKey(String partnerId, String reference) {
        return HexFormat.of().formatHex(referenceKey(vault, partnerId, reference));
    }

    /** A partner's own reference as a keyed pseudonym. */
    static byte[] referenceKey(Vault vault, String partnerId, String reference) {
        return vault.pseudonym("consent:" + partnerId, reference);
    }

    private void register(Incoming one, byte[] reference, Instant at) {
        OffsetDateTime accepted = one.acceptedAt().atOffset(ZoneOffset.UTC);
        database.with(h -> {
            h.createQuery(LOCK)
                    .bind("reference", reference)
                    .mapTo(Boolean.class)
                    .one();
            h.createUpdate(REPLACE)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .bind("partner", one.partnerId())
                    .bind("reference", reference)
                    .bind("accepted", accepted)
                    .bind("keys", bytes(one.keys()))
                    .execute();
            h.createUpdate(INSERT)
                    .bind("id", one.id())
                    .bind("signal", one.signalId())
                    .bind("partner", one.partnerId())
                    .bind("reference", reference)
                    .bind("accepted", accepted)
                    .bind("facts", Json.write(one.consent()))
                    .bind("resource", vault.seal("consent", "resource_sealed", one.id(), one.resource()))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
            return h.createUpdate(INSERT_SUBJECTS)
                    .bind("id", one.id())
                    .bind("keys", bytes(one.keys()))
                    .execute();
        });
    }

    /**
     * Holds these subjects until the transaction ends: whoever changes what somebody says waits for whoever decides on
     * it, and the other way round, so that no decision slips between. Always in one order.
     */
    void hold(Collection<String> changing, Collection<String> deciding) {
        TreeMap<String, Boolean> keys = new TreeMap<>();
        deciding.forEach(key -> keys.put(key, false));
        changing.forEach(key -> keys.put(key, true));
        if (!keys.isEmpty()) {
            database.with(h -> h.createQuery(HOLD)
                    .bind("keys", keys.keySet().toArray(String[]::new))
                    .bind("changing", keys.values().toArray(Boolean[]::new))
                    .mapTo(Boolean.class)
                    .list());
        }
    }

    /** Under which the people of these signals are found. */
    static Set<String> keysOf(Collection<MatchedSignal> batch) {
        return batch.stream()
                .flatMap(matched -> matched.subjectKeys().stream())
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What counts now for the people of these signals, by the keys of {@link MatchedSignal#subjectKeys}. */
    Map<String, Set<Registered>> of(Collection<MatchedSignal> batch) {
        Set<String> keys = keysOf(batch);
        Map<String, Set<Registered>> found = new HashMap<>();
        if (!keys.isEmpty()) {
            database.with(h -> h.createQuery(OF_SUBJECTS)
                    .bind("keys", bytes(keys))
                    .bind("most", MOST_FACTS)
                    .map((rs, c) -> found.computeIfAbsent(rs.getString("k"), k -> new LinkedHashSet<>())
                            .add(registered(rs.getObject("consent_id", UUID.class), rs.getString("facts"))))
                    .list());
        }
        return found;
    }

    private static Registered registered(UUID id, String facts) {
        if (facts == null) {
            if (TOLD.size() < MOST_TOLD && TOLD.add(id)) {
                LOG.error("event=consent.too-many consent={}", id);
            }
            return new Registered(id, Consent.NONE_AT_ALL);
        }
        return new Registered(id, Json.read(facts, Consent.class));
    }

    private static byte[][] bytes(Collection<String> keys) {
        return keys.stream().map(key -> HexFormat.of().parseHex(key)).toArray(byte[][]::new);
    }
}
