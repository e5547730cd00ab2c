package nl.wijkhub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may be done with numbers and texts that somebody else wrote: a few characters of them can ask for any amount of memory. */
class OutsideTextTest {
    private static final JavaClasses HOUSE = House.CLASSES;

    /** A literal of a regular expression, wherever one is written. */
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:Pattern\\.compile|matches|replaceAll|replaceFirst|split)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** A group that repeats: each time round costs a frame of the stack. */
    private static final Pattern REPEATED_GROUP = Pattern.compile("\\)(?:[*+]|\\{[0-9]*,[0-9]*})");

    /** Over what an operator wrote in config, and nobody else. */
    private static final Set<String> OVER_CONFIG = Set.of(
            "[a-z][a-z0-9]*(-[a-z0-9]+)*", // ids of partners and teams
            "[a-z]+\\\\.[a-z]+(-[a-z]+)*"); // codes of the vocabulary

    @Test
    void no_number_is_written_out_in_full() {
        for (String full : List.of("toPlainString", "toBigInteger", "toBigIntegerExact", "setScale")) {
            noClasses()
                    .should()
                    .callMethodWhere(calls(BigDecimal.class, full))
                    .because("1e1000000000 is twelve characters, and a gigabyte in full")
                    .check(HOUSE);
        }
        for (String full : List.of("bigIntegerValue", "decimalValue")) {
            noClasses()
                    .should()
                    .callMethodWhere(calls(JsonNode.class, full))
                    .because("what is made of a number is bounded where it is read")
                    .check(HOUSE);
        }
    }

    @Test
    void no_number_is_made_of_a_text_that_may_have_any_length() {
        for (Class<?> number : List.of(BigDecimal.class, BigInteger.class)) {
            noClasses()
                    .should()
                    .callConstructor(number, String.class)
                    .because("the time it takes grows with the square of the digits")
                    .check(HOUSE);
        }
    }

    private static DescribedPredicate<JavaMethodCall> calls(Class<?> owner, String method) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + '.' + method,
                call -> call.getName().equals(method) && call.getTargetOwner().isAssignableTo(owner));
    }

    @Test
    void no_pattern_over_what_others_write_repeats_a_group() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            Matcher written = WRITTEN.matcher(Files.readString(file));
            while (written.find()) {
                String pattern = written.group(1);
                if (REPEATED_GROUP.matcher(pattern.replace("\\\\)", "")).find() && !OVER_CONFIG.contains(pattern)) {
                    found.add(file.getFileName() + " " + pattern);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void the_published_schema_has_none_either() throws IOException {
        String schema = Files.readString(Path.of("src/main/resources/schema/case-signal.json"));

        assertThat(REPEATED_GROUP.matcher(schema).find()).isFalse();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> hub = Files.walk(Path.of("src/main/java"));
                Stream<Path> lab = Files.walk(Path.of("src/lab/java"))) {
            return Stream.concat(hub, lab)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }
}
