package nl.wijkhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import org.junit.jupiter.api.Test;

/** Arrays as the server reads them back: of each type, with nulls, empty, and moments near and far. */
class DatabaseArraysTest {
    private final Database database = TestDatabase.store();

    @Test
    void each_type_comes_as_it_was() {
        UUID id = UUID.randomUUID();

        assertThat(texts("select v::text from unnest(:v::uuid[]) as n(v)", new UUID[] {id, null}))
                .containsExactly(id.toString(), null);
        assertThat(texts("select v from unnest(:v::text[]) as n(v)", new String[] {"a,\"{}\\ é", null, ""}))
                .containsExactly("a,\"{}\\ é", null, "");
        assertThat(texts("select v::text from unnest(:v::int[]) as n(v)", new Integer[] {-7, null}))
                .containsExactly("-7", null);
        assertThat(texts("select v::text from unnest(:v::bigint[]) as n(v)", new Long[] {1L << 40}))
                .containsExactly("1099511627776");
        assertThat(texts("select v::text from unnest(:v::boolean[]) as n(v)", new Boolean[] {true, false, null}))
                .containsExactly("true", "false", null);
        assertThat(texts(
                        "select encode(v, 'escape') from unnest(:v::bytea[]) as n(v)",
                        new byte[][] {"fake".getBytes(StandardCharsets.UTF_8), null}))
                .containsExactly("fake", null);
    }

    @Test
    void moments_are_cut_to_microseconds_before_and_after_2000_and_far_away() {
        Instant[] moments = {
            Instant.parse("2026-11-21T12:00:00.123456789Z"),
            Instant.parse("1969-12-31T23:59:59.999999999Z"),
            Instant.parse("2574-01-01T00:00:00Z"),
            null
        };

        assertThat(texts(
                        "select to_char(v at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.US') from unnest(:v::timestamptz[]) as n(v)",
                        moments))
                .containsExactly(
                        "2026-11-21 12:00:00.123456", "1969-12-31 23:59:59.999999", "2574-01-01 00:00:00.000000", null);
    }

    @Test
    void an_empty_array_is_empty_and_no_array_is_null() {
        assertThat(texts("select v from unnest(:v::text[]) as n(v)", new String[0]))
                .isEmpty();
        assertThat(texts("select coalesce(cast(cardinality(:v::text[]) as text), 'null')", (Object) null))
                .containsExactly("null");
    }

    @Test
    void a_text_is_cast_to_what_the_statement_says() {
        assertThat(texts("select v::text from unnest(:v::date[]) as n(v)", new String[] {"2026-11-30"}))
                .containsExactly("2026-11-30");
        assertThat(texts("select 'found' where 'b' = any(:v)", new String[] {"a", "b"}))
                .isEqualTo(List.of("found"));
    }

    private List<String> texts(String sql, Object array) {
        return Arrays.asList(database.with(h ->
                h.createQuery(sql).bind("v", array).mapTo(String.class).list().toArray(String[]::new)));
    }
}
