package nl.wijkhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** The SQL of every store of the hub: which constants it gives to the database is read in its source, what stands in them in the class. */
final class StoreStatements {
    private static final Path HUB = Path.of("src/main/java");
    private static final Pattern IS_SQL = Pattern.compile(
            "\\s*(select|insert|update|delete|merge|with|values|truncate|lock|create|alter|drop|set|call|do|copy|listen"
                    + "|notify|table|analyze|vacuum)\\s.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** One that is run, in the order in which its store declares it. */
    record Statement(Class<?> store, String constant, String sql) {
        String name() {
            return store.getName().substring("nl.wijkhub.".length()) + "." + constant;
        }

        /** The top-level room; of a partner, its own. */
        String room() {
            String[] parts = name().split("\\.");
            return parts[0].equals("partner") ? parts[0] + "." + parts[1] : parts[0];
        }
    }

    final List<Statement> run = new ArrayList<>();
    /** Places that give SQL to the database which no constant of a store holds. */
    final List<String> faults = new ArrayList<>();
    /** Constants with SQL that is not run, nor a part of what is run. */
    final List<String> idle = new ArrayList<>();

    /** Read once: the sources do not change while the tests run. */
    static final StoreStatements OF_THE_HUB = new StoreStatements();

    private StoreStatements() {
        Map<Class<?>, Set<String>> stores = new LinkedHashMap<>();
        try (var files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(HUB)) {
            List<Path> paths = sources.filter(path -> path.toString().endsWith("Store.java"))
                    .sorted()
                    .toList();
            for (JavaFileObject file : files.getJavaFileObjectsFromPaths(paths)) {
                String name = HUB.relativize(Path.of(file.getName())).toString();
                withNested(named(name.replace('/', '.').replace(".java", "")))
                        .forEach(store -> stores.put(store, new LinkedHashSet<>()));
                StoreSource source = StoreSource.of(file);
                faults.addAll(source.faults);
                source.constants.forEach(constant -> add(constant, stores));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stores.forEach((store, used) -> texts(store).forEach((constant, text) -> {
            if (used.contains(constant)) {
                run.add(new Statement(store, constant, text));
            }
        }));
        stores.forEach((store, used) -> texts(store).forEach((constant, text) -> {
            if (IS_SQL.matcher(text).matches()
                    && run.stream().noneMatch(one -> one.sql().contains(text))) {
                idle.add(store.getSimpleName() + "." + constant);
            }
        }));
    }

    private void add(StoreSource.Constant constant, Map<Class<?>, Set<String>> stores) {
        String where = constant.owner() == null
                ? constant.user()
                : constant.user().substring(0, constant.user().lastIndexOf('.') + 1) + constant.owner();
        for (Class<?> store = named(where); store != null; store = store.getEnclosingClass()) {
            if (texts(store).containsKey(constant.name())) {
                stores.computeIfAbsent(store, one -> new LinkedHashSet<>()).add(constant.name());
                return;
            }
        }
        faults.add(constant.user() + ": " + constant.name());
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Class<?>> withNested(Class<?> store) {
        return Stream.concat(
                Stream.of(store), Stream.of(store.getDeclaredClasses()).flatMap(StoreStatements::withNested));
    }

    private static Map<String, String> texts(Class<?> store) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Field field : store.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && Modifier.isFinal(field.getModifiers())
                    && field.getType() == String.class) {
                try {
                    field.setAccessible(true);
                    texts.put(field.getName(), (String) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return texts;
    }
}
