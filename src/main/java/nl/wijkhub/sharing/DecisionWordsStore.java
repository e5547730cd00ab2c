package nl.wijkhub.sharing;

import static nl.wijkhub.kernel.Database.column;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;

/**
 * Table {@code decision_words}: what decisions say, the persons who may be seen left out. The same words stand there once.
 * Append only.
 */
public final class DecisionWordsStore {
    private static final String KEEP = """
            insert into decision_words (words_id, words)
            select i, cast(w as json) from unnest(:ids::uuid[], :words::text[]) as n(i, w)
            on conflict (words_id) do nothing
            """;

    /** More than agreements have words for; should there be more all the same, they are written once more. */
    private static final int MOST_REMEMBERED = 10_000;

    /**
     * What a decision says of everything but persons.
     *
     * @param id from the words themselves
     * @param text as JSON
     */
    record Words(UUID id, String text) {
        /** The decision as it is logged, as JSON. */
        String with(List<UUID> visiblePersons) {
            return visiblePersons.isEmpty()
                    ? text
                    : visiblePersons.stream()
                            .map(UUID::toString)
                            .collect(Collectors.joining(
                                    "\",\"", text.substring(0, text.length() - 1) + ",\"visiblePersons\":[\"", "\"]}"));
        }
    }

    private final Database database;

    /** Those of which it is certain that they stand in the table. */
    private final Map<Decision, Words> kept = new ConcurrentHashMap<>();

    public DecisionWordsStore(Database database) {
        this.database = database;
    }

    /** @param decision without persons */
    Words of(Decision decision) {
        Words known = kept.get(decision);
        if (known != null) {
            return known;
        }
        String text = Json.write(decision);
        return new Words(idOf(text), text);
    }

    /** Writes those that may not stand there yet; in the transaction of the releases that say them. */
    void keep(Map<Decision, Words> said) {
        Map<Decision, Words> fresh = said.entrySet().stream()
                .filter(one -> !kept.containsKey(one.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (fresh.isEmpty()) {
            return;
        }
        // in one order: two who write the same wait for each other, and seldom in a circle; then one of them tries
        // again
        Collection<Words> inOrder =
                fresh.values().stream().sorted(Comparator.comparing(Words::id)).toList();
        database.with(h -> h.createUpdate(KEEP)
                .bind("ids", column(inOrder, UUID[]::new, Words::id))
                .bind("words", column(inOrder, String[]::new, Words::text))
                .execute());
        database.afterCommit(() -> remember(fresh));
    }

    /** The database is not the one they were written to: it was put back to an earlier day. */
    void forget() {
        kept.clear();
    }

    private void remember(Map<Decision, Words> written) {
        if (kept.size() > MOST_REMEMBERED) {
            kept.clear();
        }
        kept.putAll(written);
    }

    private static UUID idOf(String text) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            return new UUID(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
