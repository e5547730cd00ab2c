package nl.wijkhub.signal;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.Quarantined.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came by message and could not be taken is kept whole and sealed, until it is tried again and taken.
 * The same message again, from the same partner, is the same entry as long as that one waits: a sender that repeats itself
 * fills nothing, and a message that comes back after a kill is not told twice.
 */
public final class Quarantine {
    /** A port: tries an entry again for somebody; answers or refuses as a door would. */
    public interface Replay {
        Answer replay(Quarantined entry, String by, Trace trace);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** Longer than any message takes to be written. */
    private static final Duration HALF_WRITTEN = Duration.ofHours(1);

    /** Of a sealed piece: what is in memory does not grow with the message. */
    private static final int PART_BYTES = 1024 * 1024;

    private final Database database;
    private final QuarantineStore store;
    private final Vault vault;
    private final long mostBytes;
    private final Duration keptFor;
    private final Clock clock;

    /**
     * @param mostBytes what is larger is told and not kept
     * @param keptFor after which an entry is forgotten, taken or not
     */
    public Quarantine(
            Database database, QuarantineStore store, Vault vault, long mostBytes, Duration keptFor, Clock clock) {
        this.database = database;
        this.store = store;
        this.vault = vault;
        this.mostBytes = mostBytes;
        this.keptFor = keptFor;
        this.clock = clock;
    }

    /**
     * Keeps a message; committed when it returns.
     *
     * @param message as it came
     * @param sameness what is the same in the same message sent again; null when that is every byte
     * @param refusal why it is here, as JSON
     */
    public UUID keep(String partnerId, InputStream message, String sameness, String refusal) {
        UUID id = Identifier.next();
        store.begin(id, partnerId, refusal, clock.instant());
        MessageDigest digest = sha256();
        long bytes;
        try {
            // piece by piece, each by itself: no transaction waits for the network
            bytes = parts(id, message, digest);
        } catch (RuntimeException broken) {
            store.drop(id);
            throw broken;
        }
        boolean isWhole = bytes <= mostBytes;
        String same = sameness == null ? HexFormat.of().formatHex(digest.digest()) : sameness;
        return database.inTransaction(() -> {
            if (!isWhole) {
                store.dropParts(id);
            }
            return store.finish(id, partnerId, key(partnerId, same), bytes, isWhole);
        });
    }

    /** Stops once it is more than is kept: how much more does not matter. */
    private long parts(UUID id, InputStream message, MessageDigest digest) {
        long bytes = 0;
        try {
            byte[] part = message.readNBytes(PART_BYTES);
            for (int number = 0; part.length > 0 && bytes <= mostBytes; number++) {
                bytes += part.length;
                digest.update(part);
                if (bytes <= mostBytes) {
                    store.addPart(id, number, part);
                }
                part = message.readNBytes(PART_BYTES);
            }
            return bytes;
        } catch (IOException e) {
            throw new Interrupted(e);
        }
    }

    /** The same message came again, and was taken now: an entry that waits for it is done with. */
    public void cameAgain(String partnerId, String sameness, Answer answer) {
        store.waitingFor(partnerId, key(partnerId, sameness)).ifPresent(id -> taken(id, answer));
    }

    /** Forgets what last came longer ago than it is kept, taken or not; and what a kill left half written. */
    public void forget() {
        Instant now = clock.instant();
        int forgotten = store.forget(now.minus(keptFor), now.minus(HALF_WRITTEN));
        if (forgotten > 0) {
            LOG.info("event=message.forgotten count={}", forgotten);
        }
    }

    private byte[] key(String partnerId, String sameness) {
        return vault.pseudonym("quarantine:" + partnerId, sameness);
    }

    /** The message broke off while it was read: it comes again. */
    public static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Interrupted(IOException cause) {
            super("a message broke off", cause);
        }
    }

    /**
     * What waits, the oldest first.
     *
     * @param partnerId whose; null for everybody's
     * @param after the last id of the page before; null for the first page
     */
    public List<Quarantined> waiting(String partnerId, UUID after, int size) {
        return store.waiting(partnerId, after, size);
    }

    public Optional<Quarantined> find(UUID id) {
        return store.find(id);
    }

    /**
     * An entry as one caller may see it.
     *
     * @param partnerId whose it has to be; null for anybody's
     */
    public Optional<Quarantined> find(UUID id, String partnerId) {
        return find(id).filter(entry -> partnerId == null || entry.partnerId().equals(partnerId));
    }

    /** The message as it came; only for one that is {@link Quarantined#isWhole whole} and waits. */
    public byte[] content(UUID id) {
        return store.content(id);
    }

    /** It was tried again, and is still refused. */
    public void refusedAgain(UUID id, String refusal) {
        store.refusedAgain(id, refusal);
    }

    /** It was taken after all: its content goes, what it was answered stays. */
    public void taken(UUID id, Answer answer) {
        database.inTransaction(() -> {
            store.taken(id, answer, clock.instant());
            store.dropParts(id);
            return null;
        });
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
