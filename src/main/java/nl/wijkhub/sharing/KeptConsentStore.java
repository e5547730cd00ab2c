package nl.wijkhub.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.Consent;

/** Consents as their senders find them again, whole and with a version; reads table {@code consent}. */
public final class KeptConsentStore {
    private static final String BY_LOGICAL_ID = """
            select c.*, array(select encode(s.subject_key, 'hex') from consent_subject s
                where s.consent_id = c.consent_id) as keys
            from consent c
            where c.logical_id = :id and (:partner::text is null or c.partner_id = :partner)
            order by c.accepted_at desc, c.version desc limit 1
            """;
    private static final String BY_REFERENCE = """
            select c.*, array(select encode(s.subject_key, 'hex') from consent_subject s
                where s.consent_id = c.consent_id) as keys
            from consent c
            where c.partner_id = :partner and c.reference_key = :reference
            order by c.accepted_at desc, c.version desc limit 1
            """;
    private static final String SEARCH = """
            select c.*, array[]::text[] as keys from consent c
            where c.partner_id = :partner and c.replaced_at is null
                and (:reference::bytea is null or c.reference_key = :reference)
                and (:subject::bytea is null or exists (
                    select 1 from consent_subject s
                    where s.consent_id = c.consent_id and s.subject_key = :subject))
            order by c.registered_at desc, c.consent_id limit :limit
            """;

    /**
     * A consent as its sender finds it again.
     *
     * @param id of all its versions
     * @param consent what it says, in codes
     * @param resource as it was sent
     * @param keys under which its subject is found, as hex
     */
    public record Kept(
            UUID id,
            int version,
            String partnerId,
            String referenceKey,
            Consent consent,
            String resource,
            List<String> keys,
            Instant registeredAt) {}

    private final Database database;
    private final Vault vault;

    public KeptConsentStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** The last version of a consent. */
    public Optional<Kept> byId(UUID logicalId, String partnerId) {
        return database.with(h -> h.createQuery(BY_LOGICAL_ID)
                .bind("id", logicalId)
                .bind("partner", partnerId)
                .map((rs, c) -> kept(rs))
                .findOne());
    }

    Optional<Kept> byReference(String partnerId, String reference) {
        return database.with(h -> h.createQuery(BY_REFERENCE)
                .bind("partner", partnerId)
                .bind("reference", ConsentStore.referenceKey(vault, partnerId, reference))
                .map((rs, c) -> kept(rs))
                .findOne());
    }

    /**
     * A partner's own consents that were not replaced, newest first.
     *
     * @param reference null for any
     * @param subjectKey as hex; null for any
     */
    public List<Kept> search(String partnerId, String reference, String subjectKey, int limit) {
        return database.with(h -> h.createQuery(SEARCH)
                .bind("partner", partnerId)
                .bind("reference", reference == null ? null : ConsentStore.referenceKey(vault, partnerId, reference))
                .bind("subject", subjectKey == null ? null : HexFormat.of().parseHex(subjectKey))
                .bind("limit", limit)
                .map((rs, c) -> kept(rs))
                .list());
    }

    private Kept kept(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("consent_id", UUID.class);
        return new Kept(
                rs.getObject("logical_id", UUID.class),
                rs.getInt("version"),
                rs.getString("partner_id"),
                HexFormat.of().formatHex(rs.getBytes("reference_key")),
                Json.read(rs.getString("facts"), Consent.class),
                vault.open("consent", "resource_sealed", id, rs.getBytes("resource_sealed")),
                List.of((String[]) rs.getArray("keys").getArray()),
                rs.getObject("registered_at", OffsetDateTime.class).toInstant());
    }
}
