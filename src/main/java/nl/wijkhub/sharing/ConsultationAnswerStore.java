package nl.wijkhub.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;

/** Table {@code consultation_answer}: what each care professional said to a question, one row each. */
public final class ConsultationAnswerStore {
    private static final String CLAIM = """
            insert into consultation_answer (answer_id, consultation_id, professional, claimed_at, contact_sealed)
            values (:id, :consultation, :professional, :at, :contact)
            """;
    private static final String ANSWER = """
            insert into consultation_answer (answer_id, consultation_id, professional, advice, contact_sealed, answered_at)
            values (:id, :consultation, :professional, :advice, :contact, :at)
            """;
    private static final String ANSWER_AFTER_CLAIM = """
            update consultation_answer set advice = :advice, contact_sealed = coalesce(:contact, contact_sealed),
                answered_at = :at
            where answer_id = :id and answered_at is null
            """;
    private static final String OF = """
            select * from consultation_answer where consultation_id = :consultation order by answered_at, answer_id
            """;

    /**
     * @param claimedAt when this professional said that it may be theirs; null when they did not
     * @param advice null while a claim is not followed by one
     * @param contact whom to call; null for nobody
     */
    record Said(UUID id, String professional, Instant claimedAt, String advice, String contact) {
        boolean isFinal() {
            return advice != null;
        }
    }

    private final Database database;
    private final Vault vault;

    public ConsultationAnswerStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    void claim(UUID consultation, String professional, String contact, Instant at) {
        UUID id = Identifier.next();
        database.with(h -> h.createUpdate(CLAIM)
                .bind("id", id)
                .bind("consultation", consultation)
                .bind("professional", professional)
                .bind("contact", sealed(id, contact))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /**
     * @param before what this professional said before; null for nothing
     */
    void answer(UUID consultation, String professional, Said before, String advice, String contact, Instant at) {
        UUID id = before == null ? Identifier.next() : before.id();
        database.with(h -> {
            var statement = before == null
                    ? h.createUpdate(ANSWER).bind("consultation", consultation).bind("professional", professional)
                    : h.createUpdate(ANSWER_AFTER_CLAIM);
            return statement
                    .bind("id", id)
                    .bind("advice", advice)
                    .bind("contact", sealed(id, contact))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
        });
    }

    /** What everybody said, the first final answer first, claims that nothing followed last. */
    List<Said> of(UUID consultation) {
        return database.with(h -> h.createQuery(OF)
                .bind("consultation", consultation)
                .map((rs, c) -> read(rs))
                .list());
    }

    private byte[] sealed(UUID id, String contact) {
        return contact == null ? null : vault.seal("consultation_answer", "contact_sealed", id, contact);
    }

    private Said read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("answer_id", UUID.class);
        OffsetDateTime claimed = rs.getObject("claimed_at", OffsetDateTime.class);
        byte[] contact = rs.getBytes("contact_sealed");
        return new Said(
                id,
                rs.getString("professional"),
                claimed == null ? null : claimed.toInstant(),
                rs.getString("advice"),
                contact == null ? null : vault.open("consultation_answer", "contact_sealed", id, contact));
    }
}
