package nl.wijkhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.wijkhub.team.QueueStore;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.junit.jupiter.api.Test;

/** Every SQL statement of every store is understood by the real server: tables, columns, types and parameters. */
class EverySqlTest {
    @Test
    void every_statement_is_prepared_by_the_server() throws Exception {
        List<String> seen = new ArrayList<>();
        for (JavaClass store : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("nl.wijkhub")
                .that(com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching(".*Store"))) {
            for (Field field : store.reflect().getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                    field.setAccessible(true);
                    String text = (String) field.get(null);
                    if (isSql(text)) {
                        prepare(store.getSimpleName() + "." + field.getName(), text);
                        seen.add(store.getSimpleName());
                    }
                }
            }
        }
        assertThat(seen)
                .contains("SignalStore", "HouseholdStore", "ReleaseStore", "PlanStore", "QueueStore", "UnitStore");
    }

    private static boolean isSql(String text) {
        String start = text.strip().toLowerCase(Locale.ROOT);
        return start.startsWith("select") || start.startsWith("insert") || start.startsWith("update");
    }

    private static void prepare(String name, String sql) throws Exception {
        if (sql.contains("%s")) {
            for (QueueStore.Sort sort : QueueStore.Sort.values()) {
                Field after = QueueStore.Sort.class.getDeclaredField("after");
                Field order = QueueStore.Sort.class.getDeclaredField("order");
                after.setAccessible(true);
                order.setAccessible(true);
                prepare(name + "/" + sort, sql.formatted(after.get(sort), order.get(sort)));
            }
            return;
        }
        Jdbi jdbi = Jdbi.create(TestDatabase.dataSource());
        try (var handle = jdbi.open();
                var context = handle.createQuery("select 1")) {
            String positional =
                    new ColonPrefixSqlParser().parse(sql, context.getContext()).getSql();
            Connection connection = handle.getConnection();
            try (PreparedStatement statement = connection.prepareStatement(positional)) {
                // asks the server for the parameters: it parses and analyses the statement for that
                assertThat(statement.getParameterMetaData().getParameterCount())
                        .as(name)
                        .isNotNegative();
            }
        }
    }
}
