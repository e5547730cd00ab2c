package nl.wijkhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL that a store makes up while it runs is found; what comes from its constants is followed to them. */
class StoreSourceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "void m(Handle h) { h.createQuery(\"select 1\"); }",
                "void m(Handle h) { h.createUpdate(ONE + \" where x\"); }",
                "void m(Handle h) { h.createQuery(ONE.formatted(1)); }",
                "void m(Handle h) { h.execute(sql); }",
                "void m(Handle h) { h.execute(sql()); }",
                "void m(Handle h) { String sql = \"select 1\"; h.execute(sql); }",
                "void m(Handle h) { String sql = ONE; sql += \" limit 1\"; h.execute(sql); }",
                "void m(Handle h) { String sql = ONE; sql = sql.trim(); h.execute(sql); }",
                "void m(Handle h) { String sql; sql = ONE; h.execute(sql); }",
                "void m(Handle h, String sql) { h.execute(sql); }",
                "void m(Handle h) { n(h, \"select 1\"); } private void n(Handle h, String sql) { h.execute(sql); }",
                "void m(Handle h) { n(h, true ? ONE : \"x\"); } private void n(Handle h, String s) { h.execute(s); }",
                "void m(Handle h) { List.of(ONE).forEach(sql -> h.execute(sql)); }",
                "void m(Handle h) { for (String sql : List.of(ONE)) { h.execute(sql); } }",
                "void m(Handle h) { List.of(ONE).forEach(h::createUpdate); }",
                "void m(Connection c) { c.prepareStatement(\"select 1\"); }"
            })
    void sql_that_is_no_constant_is_a_fault(String method) {
        StoreSource source = StoreSource.of(file(method));
        assertThat(source.faults).hasSize(1);
        assertThat(source.faults.get(0)).startsWith("FakeStore.java:4 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void m(Handle h) { h.createQuery(ONE).bind(\"id\", TWO).list(); h.createUpdate(TWO).execute(); }",
                "void m(Handle h, boolean b) { h.execute(b ? ONE : (TWO)); }",
                "void m(Handle h, Kind k) { String sql = switch (k) { case A -> ONE; case B -> TWO; }; h.execute(sql); }",
                "void m() { n(ONE); n(TWO); } private void n(String sql) { database.with(h -> h.execute(sql)); }",
                "void m() { n(1, ONE); n(1, TWO); } private void n(int i, String s) { o(s); }"
                        + " private void o(String sql) { database.with(h -> h.execute(sql)); map.n(1, \"x\"); }"
            })
    void constants_are_followed(String method) {
        StoreSource source = StoreSource.of(file(method));
        assertThat(source.faults).isEmpty();
        assertThat(source.constants)
                .containsExactlyInAnyOrder(
                        new StoreSource.Constant("nl.wijkhub.fake.FakeStore", null, "ONE"),
                        new StoreSource.Constant("nl.wijkhub.fake.FakeStore", null, "TWO"));
    }

    @Test
    void a_constant_of_another_class_keeps_its_name() {
        assertThat(StoreSource.of(file("record Row(int i) { void m(Handle h) { h.execute(OtherStore.ONE); } }"))
                        .constants)
                .containsExactly(new StoreSource.Constant("nl.wijkhub.fake.FakeStore$Row", "OtherStore", "ONE"));
    }

    private static SimpleJavaFileObject file(String method) {
        String text = "package nl.wijkhub.fake;\nclass FakeStore {\n    static final String ONE = \"select 1\";\n"
                + method + "\n}\n";
        return new SimpleJavaFileObject(URI.create("string:///nl/wijkhub/fake/FakeStore.java"), Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
                return text;
            }
        };
    }
}
