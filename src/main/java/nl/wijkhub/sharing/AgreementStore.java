package nl.wijkhub.sharing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Database;

/** Table {@code agreement}: every version that was ever in force, as it was written. Append only. */
public final class AgreementStore {
    private static final String ADD = """
            insert into agreement (policy_version, digest, body, in_force_at)
            values (:version, :digest, :body, :at) on conflict (policy_version) do nothing
            """;
    private static final String DIGEST = "select digest from agreement where policy_version = :version";
    private static final String BODY = "select body from agreement where policy_version = :version";

    private static final String VERSIONS =
            "select policy_version from agreement order by in_force_at desc, policy_version desc limit 50";

    private final Database database;

    public AgreementStore(Database database) {
        this.database = database;
    }

    /** Keeps a version; false when another text is known under the same version. */
    boolean keep(String policyVersion, byte[] digest, String body, Instant at) {
        return database.inTransaction(() -> database.with(h -> {
            h.createUpdate(ADD)
                    .bind("version", policyVersion)
                    .bind("digest", digest)
                    .bind("body", body)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
            return Arrays.equals(
                    digest,
                    h.createQuery(DIGEST)
                            .bind("version", policyVersion)
                            .mapTo(byte[].class)
                            .one());
        }));
    }

    /** The versions that were ever in force, the newest first. */
    public List<String> versions() {
        return database.with(h -> h.createQuery(VERSIONS).mapTo(String.class).list());
    }

    /** A version as it was in force; empty when it never was here. */
    public Optional<SharingAgreement> version(String policyVersion) {
        return database.with(h -> h.createQuery(BODY)
                        .bind("version", policyVersion)
                        .mapTo(String.class)
                        .findOne())
                .map(body -> {
                    List<ConfigFault> faults = new ArrayList<>();
                    SharingAgreement agreement = SharingAgreement.of(policyVersion, body, ANY, faults);
                    if (!faults.isEmpty()) {
                        throw new IllegalStateException(
                                "the agreement " + policyVersion + " cannot be read any more: " + faults.get(0));
                    }
                    return agreement;
                });
    }

    /** The vocabulary may have lost a category since. */
    private static final Set<String> ANY = new AbstractSet<>() {
        @Override
        public boolean contains(Object category) {
            return true;
        }

        @Override
        public Iterator<String> iterator() {
            return Collections.emptyIterator();
        }

        @Override
        public int size() {
            return 0;
        }
    };
}
