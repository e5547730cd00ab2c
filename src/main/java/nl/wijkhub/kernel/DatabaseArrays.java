package nl.wijkhub.kernel;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Binds a Java array as PostgreSQL keeps it, in binary. The driver writes most arrays as text, each element with its quotes,
 * and the server reads that text again: for the rows of a batch that was a tenth of the time of both.
 * Source: PostgreSQL, {@code array_recv} (dimensions, whether there are nulls, type, length, first index; then each element
 * with its length before it, -1 for null).
 */
final class DatabaseArrays implements ArgumentFactory.Preparable {
    /** 2000-01-01, from which the server counts. */
    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private static final int HEAD = 20;
    private static final int EMPTY_HEAD = 12;

    /** An element type: its number there, the number of its array, and how one element is written. */
    private record ElementType(int oid, int arrayOid, Function<Object, byte[]> written) {}

    private static final Map<Class<?>, ElementType> TYPES = Map.of(
            UUID[].class,
            new ElementType(Oid.UUID, Oid.UUID_ARRAY, id -> uuid((UUID) id)),
            String[].class,
            new ElementType(Oid.TEXT, Oid.TEXT_ARRAY, text -> ((String) text).getBytes(StandardCharsets.UTF_8)),
            byte[][].class,
            new ElementType(Oid.BYTEA, Oid.BYTEA_ARRAY, bytes -> (byte[]) bytes),
            Integer[].class,
            new ElementType(Oid.INT4, Oid.INT4_ARRAY, number -> ByteBuffer.allocate(4)
                    .putInt((Integer) number)
                    .array()),
            Long[].class,
            new ElementType(Oid.INT8, Oid.INT8_ARRAY, number -> ByteBuffer.allocate(8)
                    .putLong((Long) number)
                    .array()),
            Boolean[].class,
            new ElementType(Oid.BOOL, Oid.BOOL_ARRAY, flag -> new byte[] {(byte) ((Boolean) flag ? 1 : 0)}),
            Instant[].class,
            new ElementType(Oid.TIMESTAMPTZ, Oid.TIMESTAMPTZ_ARRAY, at -> moment((Instant) at)));

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        ElementType elements = type instanceof Class<?> array ? TYPES.get(array) : null;
        return Optional.ofNullable(elements).map(known -> value -> argument(known, (Object[]) value));
    }

    private static Argument argument(ElementType type, Object[] elements) {
        return (position, statement, context) -> {
            if (elements == null) {
                statement.setNull(position, Types.ARRAY);
            } else {
                BaseConnection connection = statement.getConnection().unwrap(BaseConnection.class);
                statement.setArray(position, new PgArray(connection, type.arrayOid(), written(type, elements)));
            }
        };
    }

    @Override
    public Collection<? extends Type> prePreparedTypes() {
        return TYPES.keySet();
    }

    private static byte[] written(ElementType type, Object[] elements) {
        if (elements.length == 0) {
            return ByteBuffer.allocate(EMPTY_HEAD)
                    .putInt(0)
                    .putInt(0)
                    .putInt(type.oid())
                    .array();
        }
        byte[][] written = new byte[elements.length][];
        int size = HEAD;
        boolean hasNull = false;
        for (int i = 0; i < elements.length; i++) {
            written[i] = elements[i] == null ? null : type.written().apply(elements[i]);
            hasNull |= written[i] == null;
            size += 4 + (written[i] == null ? 0 : written[i].length);
        }
        ByteBuffer array = ByteBuffer.allocate(size)
                .putInt(1)
                .putInt(hasNull ? 1 : 0)
                .putInt(type.oid())
                .putInt(elements.length)
                .putInt(1);
        for (byte[] element : written) {
            if (element == null) {
                array.putInt(-1);
            } else {
                array.putInt(element.length).put(element);
            }
        }
        return array.array();
    }

    private static byte[] uuid(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** In microseconds, cut off: as a log's digest has it too. */
    private static byte[] moment(Instant at) {
        return ByteBuffer.allocate(8)
                .putLong((at.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + at.getNano() / 1_000)
                .array();
    }
}
