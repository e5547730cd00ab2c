package nl.wijkhub.golden;

import static nl.wijkhub.TestStages.CONFIG;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.wijkhub.House;
import nl.wijkhub.sharing.Circumstance;
import nl.wijkhub.sharing.SharingAgreement;

/** The rules of config/ that have to meet a sample: all of the ladder, and all of the agreement that the hub can meet. */
final class GoldenRules {
    private GoldenRules() {}

    static Set<String> ofTheLadder() {
        return new TreeSet<>(CONFIG.escalation().ids());
    }

    /**
     * Those about a discipline in a team, and that of no rule at all. A rule that asks for a circumstance which no class
     * of the hub ever names can be met by nothing that comes in: it counts from the day that one names it.
     */
    static Set<String> ofTheAgreement() throws IOException {
        Set<String> unnamed = unnamedCircumstances();
        Set<String> ids = new TreeSet<>(CONFIG.agreement().ruleIdsForTeams());
        for (JsonNode rule : agreement().get("rules")) {
            for (JsonNode condition : rule.path("when")) {
                if (unnamed.contains(condition.asText())) {
                    ids.remove(rule.get("id").asText());
                }
            }
        }
        ids.add("row-24");
        return ids;
    }

    /** As the agreement writes them. */
    private static Set<String> unnamedCircumstances() {
        JavaClasses hub = House.CLASSES;
        Set<String> named = hub.stream()
                .filter(one -> !one.isEquivalentTo(Circumstance.class))
                .map(JavaClass::getFieldAccessesFromSelf)
                .flatMap(Set::stream)
                .filter(access -> access.getTargetOwner().isEquivalentTo(Circumstance.class))
                .map(access -> access.getTarget().getName())
                .collect(Collectors.toSet());
        return Arrays.stream(Circumstance.values())
                .map(Enum::name)
                .filter(name -> !named.contains(name))
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toSet());
    }

    /** What of the agreement makes something wait. */
    static Set<String> holds() throws IOException {
        Set<String> ids = new TreeSet<>();
        agreement().get("holds").forEach(hold -> ids.add(hold.get("id").asText()));
        return ids;
    }

    private static JsonNode agreement() throws IOException {
        return new YAMLMapper()
                .readTree(Path.of("config", SharingAgreement.FILE).toFile());
    }
}
