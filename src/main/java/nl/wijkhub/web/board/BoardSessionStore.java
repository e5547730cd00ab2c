package nl.wijkhub.web.board;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.VertxContextPRNG;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.SessionStore;
import io.vertx.ext.web.sstore.impl.SharedDataSessionImpl;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;

/**
 * Table {@code board_session}: sessions of the board, so that a restart of the hub logs nobody out. A session is found by the
 * keyed pseudonym of its id, and what it holds is sealed.
 */
public final class BoardSessionStore implements SessionStore {
    private static final String TABLE = "board_session";
    private static final String GET =
            "select data_sealed from board_session where session_key = :key and expires_at > :now";
    private static final String PUT = """
            insert into board_session (session_key, data_sealed, expires_at) values (:key, :data, :expires)
            on conflict (session_key) do update set data_sealed = excluded.data_sealed, expires_at = excluded.expires_at
            """;
    private static final String UPDATE =
            "update board_session set data_sealed = :data, expires_at = :expires where session_key = :key";
    private static final String DELETE = "delete from board_session where session_key = :key";
    private static final String DELETE_OLD = "delete from board_session where expires_at < :now";
    private static final String SIZE = "select count(*) from board_session where expires_at > :now";

    /** Stands for a session that is being taken away. */
    private static final byte[] GONE = {};

    /** One that was stored before: it is written again where it still is, and nowhere else. */
    private static final class StoredSession extends SharedDataSessionImpl {
        StoredSession(VertxContextPRNG random) {
            super(random);
        }
    }

    private final Database database;
    private final Vault vault;
    private final Vertx vertx;
    private final Clock clock;

    /** An answer does not wait for its session to be written, and a browser follows a redirect sooner than that. */
    private final Map<String, byte[]> onItsWay = new ConcurrentHashMap<>();

    private final Object[] locks = Stream.generate(Object::new).limit(64).toArray();

    public BoardSessionStore(Database database, Vault vault, Vertx vertx, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public SessionStore init(Vertx given, JsonObject options) {
        return this;
    }

    @Override
    public long retryTimeout() {
        return 0;
    }

    @Override
    public Session createSession(long timeout) {
        return createSession(timeout, DEFAULT_SESSIONID_LENGTH);
    }

    @Override
    public Session createSession(long timeout, int length) {
        return new SharedDataSessionImpl(VertxContextPRNG.current(vertx), timeout, length);
    }

    @Override
    public Future<Session> get(String cookieValue) {
        return later(() -> stored(cookieValue)).map(data -> {
            if (data == null) {
                return null;
            }
            StoredSession session = new StoredSession(VertxContextPRNG.current(vertx));
            session.readFromBuffer(0, Buffer.buffer(data));
            return session;
        });
    }

    /** What is kept of it, opened; null when there is none, or its time is over. */
    private byte[] stored(String id) {
        byte[] writing = onItsWay.get(id);
        if (writing != null) {
            return writing == GONE ? null : writing;
        }
        byte[] kept = database.with(h -> h.createQuery(GET)
                .bind("key", key(id))
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .mapTo(byte[].class)
                .findOne()
                .orElse(null));
        return kept == null ? null : vault.openBytes(TABLE, "data_sealed", row(id), kept);
    }

    @Override
    public Future<Void> put(Session session) {
        SharedDataSessionImpl shared = (SharedDataSessionImpl) session;
        Buffer buffer = Buffer.buffer();
        shared.writeToBuffer(buffer);
        byte[] data = buffer.getBytes();
        String id = session.value();
        // of two requests at once one may log out: what the other still holds does not bring the session back
        boolean isNew = !(session instanceof StoredSession) || session.isRegenerated();
        onItsWay.compute(id, (same, before) -> before == GONE && !isNew ? GONE : data);
        return later(() -> write(id, data, session.timeout(), isNew ? PUT : UPDATE))
                .onComplete(done -> onItsWay.remove(id, data));
    }

    /** An older state of a session never goes over a newer one, whichever thread comes first. */
    private Void write(String id, byte[] data, long timeout, String statement) {
        synchronized (lock(id)) {
            if (onItsWay.get(id) != data) {
                return null;
            }
            return database.with(h -> {
                h.createUpdate(statement)
                        .bind("key", key(id))
                        .bind("data", vault.seal(TABLE, "data_sealed", row(id), data))
                        .bind(
                                "expires",
                                clock.instant().plus(Duration.ofMillis(timeout)).atOffset(ZoneOffset.UTC))
                        .execute();
                return null;
            });
        }
    }

    /** Gone at once, for whoever asks: what takes its place is written only after this is done. */
    @Override
    public Future<Void> delete(String cookieValue) {
        onItsWay.put(cookieValue, GONE);
        // while the database is away it stays marked: a session that was ended does not come back with it
        later(() -> remove(cookieValue)).onSuccess(done -> onItsWay.remove(cookieValue, GONE));
        return Future.succeededFuture();
    }

    private Void remove(String id) {
        synchronized (lock(id)) {
            return database.with(h -> {
                h.createUpdate(DELETE).bind("key", key(id)).execute();
                h.createUpdate(DELETE_OLD)
                        .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .execute();
                return null;
            });
        }
    }

    private Object lock(String id) {
        return locks[Math.floorMod(id.hashCode(), locks.length)];
    }

    @Override
    public Future<Void> clear() {
        return Future.failedFuture("sessions end one by one");
    }

    @Override
    public Future<Integer> size() {
        return later(() -> database.with(h -> h.createQuery(SIZE)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .mapTo(Integer.class)
                .one()));
    }

    @Override
    public void close() {
        // what is stored outlives the hub
    }

    private <T> Future<T> later(Callable<T> statements) {
        return vertx.executeBlocking(statements, false);
    }

    private byte[] key(String id) {
        return vault.pseudonym("board-session", id);
    }

    private UUID row(String id) {
        return UUID.nameUUIDFromBytes(key(id));
    }
}
