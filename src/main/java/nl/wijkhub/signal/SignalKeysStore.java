package nl.wijkhub.signal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;

/** Tells whether the keys of this hub are those that the signals in the database were stored with. */
public final class SignalKeysStore {
    private static final String NEWEST =
            "select signal_id, partner_id, reference_key, body_sealed from signal order by signal_id desc limit 1";

    private final Database database;
    private final Vault vault;

    public SignalKeysStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** Whether the keys of this hub open the newest of what is stored, and find it; true when nothing is. */
    public boolean opensNewest() {
        return database.with(
                h -> h.createQuery(NEWEST).map((rs, c) -> isOurs(rs)).findOne().orElse(true));
    }

    private boolean isOurs(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("signal_id", UUID.class);
        byte[] sealed = rs.getBytes("body_sealed");
        return vault.opens("signal", "body_sealed", id, sealed)
                && Arrays.equals(
                        rs.getBytes("reference_key"),
                        SignalStore.referenceKey(
                                vault,
                                rs.getString("partner_id"),
                                Json.read(vault.open("signal", "body_sealed", id, sealed), CaseSignal.class)
                                        .reference()));
    }
}
