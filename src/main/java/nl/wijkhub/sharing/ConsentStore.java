package nl.wijkhub.sharing;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.CaseSignal.ConsentClaim;
import nl.wijkhub.signal.Consent;

/**
 * Tables {@code consent} and {@code consent_subject}: what people said about sharing. Codes are in clear, the resource
 * as it was sent is sealed, people are found by keyed pseudonyms. Nothing is overwritten: a later consent under the
 * same reference of the same partner takes the place of the earlier one, which stays. One that seems to be about
 * somebody else never takes the place of a deny.
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
            insert into consent (consent_id, signal_id, partner_id, reference_key, facts, resource_sealed, accepted_at,
                registered_at, replaced_at)
            select :id, :signal, :partner, :reference, :facts::jsonb, :resource, :accepted, :at,
                (select min(cast(:at as timestamptz)) from consent later
                    where later.partner_id = :partner and later.reference_key = :reference
                        and later.accepted_at > :accepted)
            """;
    private static final String INSERT_SUBJECTS =
            "insert into consent_subject (consent_id, subject_key) select :id, k from unnest(:keys::bytea[]) as n(k)";
    private static final String OF_SUBJECTS = """
            select encode(s.subject_key, 'hex') as k, c.consent_id, c.facts
            from consent_subject s join consent c using (consent_id)
            where s.subject_key = any(:keys) and c.replaced_at is null
            """;

    /** A consent that counts now. */
    record Registered(UUID id, Consent consent) {}

    private final DatabaseStore database;
    private final Vault vault;

    public ConsentStore(DatabaseStore database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    private record Incoming(MatchedSignal matched, ConsentClaim claim, byte[] reference) {}

    /**
     * Registers what came with these signals. Of one reference the one accepted last counts, whenever it is worked: a
     * person's consents may come through two households at once, so each reference is locked, always in one order.
     */
    void register(Collection<MatchedSignal> batch, Instant at) {
        List<Incoming> incoming = new ArrayList<>();
        for (MatchedSignal matched : batch) {
            // about a neighbourhood nobody can consent
            if (matched.householdId() != null) {
                String partner = matched.accepted().partnerId();
                matched.accepted()
                        .signal()
                        .consents()
                        .forEach(claim -> incoming.add(new Incoming(
                                matched, claim, vault.pseudonym("consent:" + partner, claim.reference()))));
            }
        }
        incoming.sort((a, b) -> Arrays.compareUnsigned(a.reference(), b.reference()));
        incoming.forEach(one -> register(one.matched(), one.claim(), one.reference(), at));
    }

    private void register(MatchedSignal matched, ConsentClaim claim, byte[] reference, Instant at) {
        String partner = matched.accepted().partnerId();
        UUID id = Identifier.next();
        OffsetDateTime accepted = matched.accepted().acceptedAt().atOffset(ZoneOffset.UTC);
        database.with(h -> {
            h.createQuery(LOCK)
                    .bind("reference", reference)
                    .mapTo(Boolean.class)
                    .one();
            h.createUpdate(REPLACE)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .bind("partner", partner)
                    .bind("reference", reference)
                    .bind("accepted", accepted)
                    .bind("keys", bytes(matched.subjectKeys().get(claim.person())))
                    .execute();
            h.createUpdate(INSERT)
                    .bind("id", id)
                    .bind("signal", matched.signalId())
                    .bind("partner", partner)
                    .bind("reference", reference)
                    .bind("accepted", accepted)
                    .bind("facts", Json.write(claim.consent()))
                    .bind("resource", vault.seal("consent", "resource_sealed", id, claim.resource()))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
            return h.createUpdate(INSERT_SUBJECTS)
                    .bind("id", id)
                    .bind("keys", bytes(matched.subjectKeys().get(claim.person())))
                    .execute();
        });
    }

    /** What counts now for the people of these signals, by the keys of {@link MatchedSignal#subjectKeys}. */
    Map<String, Set<Registered>> of(Collection<MatchedSignal> batch) {
        List<String> keys = batch.stream()
                .flatMap(matched -> matched.subjectKeys().stream())
                .flatMap(List::stream)
                .distinct()
                .toList();
        Map<String, Set<Registered>> found = new HashMap<>();
        if (!keys.isEmpty()) {
            database.with(h -> h.createQuery(OF_SUBJECTS)
                    .bind("keys", bytes(keys))
                    .map((rs, c) -> found.computeIfAbsent(rs.getString("k"), k -> new LinkedHashSet<>())
                            .add(new Registered(
                                    rs.getObject("consent_id", UUID.class),
                                    Json.read(rs.getString("facts"), Consent.class))))
                    .list());
        }
        return found;
    }

    private static byte[][] bytes(Collection<String> keys) {
        return keys.stream().map(key -> HexFormat.of().parseHex(key)).toArray(byte[][]::new);
    }
}
