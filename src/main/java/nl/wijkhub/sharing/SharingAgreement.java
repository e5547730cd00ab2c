package nl.wijkhub.sharing;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.SharingRule.Condition;
import nl.wijkhub.sharing.SharingRule.SubjectKind;
import nl.wijkhub.signal.DataClass;

/** The sharing agreement: versioned rules with dates, read from config/sharing-agreement.yaml. */
public final class SharingAgreement {
    public static final String FILE = "sharing-agreement.yaml";

    /** Every field of a signal that a level may carry. */
    private static final Set<String> FIELDS = Set.of(
            "contact",
            "occurredAt",
            "reportedAt",
            "category",
            "lifeDomains",
            "severity",
            "senderDiscipline",
            "address",
            "area",
            "experiencedImpact",
            "knownToPolice",
            "persons.role",
            "persons.name",
            "persons.birthDate",
            "persons.phone",
            "reporter",
            "workerSafety",
            "narrative",
            "senderTerm",
            "strengths",
            "informalHelpers");

    private static final Set<String> ROLES = Set.of("resident", "tenant", "child", "other");

    private final String id;
    private final String version;
    private final LocalDate validFrom;
    private final LocalDate validUntil;
    private final Map<Disclosure, Set<String>> levels;
    private final Map<String, DataClass> fieldClasses;
    private final Map<String, String> grounds;
    private final List<SharingRule> rules;

    private SharingAgreement(
            String id,
            String version,
            LocalDate validFrom,
            LocalDate validUntil,
            Map<Disclosure, Set<String>> levels,
            Map<String, DataClass> fieldClasses,
            Map<String, String> grounds,
            List<SharingRule> rules) {
        this.id = id;
        this.version = version;
        this.validFrom = validFrom;
        this.validUntil = validUntil;
        this.levels = levels;
        this.fieldClasses = fieldClasses;
        this.grounds = grounds;
        this.rules = rules;
    }

    public static SharingAgreement read(Path config, Set<String> categories, List<ConfigFault> faults) {
        ConfigNode file = ConfigNode.read(config, FILE, faults);
        String id = file.text("id");
        String version = file.text("version");
        LocalDate from = file.date("validFrom").orElse(null);
        LocalDate until = file.date("validUntil").orElse(null);
        if (from == null || until == null || until.isBefore(from)) {
            file.fault("an agreement needs 'validFrom' and a 'validUntil' after it");
        }
        Map<String, String> grounds = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("grounds")) {
            grounds.put(node.text("id"), node.text("nl"));
            node.nothingElse();
        }
        Map<Disclosure, Set<String>> levels = levels(file);
        Map<String, DataClass> fieldClasses = fieldClasses(file);
        Map<String, SharingRule> rules = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("rules")) {
            SharingRule rule = rule(node, grounds.keySet(), categories);
            if (rules.put(rule.id(), rule) != null) {
                node.fault("the rule '" + rule.id() + "' stands twice");
            }
        }
        file.nothingElse();
        return new SharingAgreement(
                id, version, from, until, levels, fieldClasses, grounds, List.copyOf(rules.values()));
    }

    private static Map<Disclosure, Set<String>> levels(ConfigNode file) {
        Map<Disclosure, Set<String>> levels = new EnumMap<>(Disclosure.class);
        Set<String> sofar = new LinkedHashSet<>();
        levels.put(Disclosure.NONE, Set.of());
        ConfigNode node = file.node("levels").orElse(file);
        for (Disclosure level : List.of(Disclosure.NOTICE, Disclosure.SUMMARY, Disclosure.FULL)) {
            if (!node.has(level.name())) {
                node.fault("the level '" + level + "' is missing");
            }
            sofar.addAll(fields(node, level.name()));
            levels.put(level, Set.copyOf(sofar));
        }
        return levels;
    }

    private static Map<String, DataClass> fieldClasses(ConfigNode file) {
        Map<String, DataClass> classes = new LinkedHashMap<>();
        file.node("fields").ifPresent(node -> {
            for (String field : node.keys()) {
                if (!FIELDS.contains(field)) {
                    node.fault("'" + field + "' is no field of a signal");
                }
                node.value(field, "a data class", DataClass::of).ifPresent(c -> classes.put(field, c));
            }
        });
        return classes;
    }

    private static SharingRule rule(ConfigNode node, Set<String> grounds, Set<String> categories) {
        String effect = node.required("effect", "permit or prohibition", "prohibition", t -> Optional.of(t)
                .filter(Set.of("permit", "prohibition")::contains));
        boolean permit = effect.equals("permit");
        Set<Discipline> to = Set.of();
        Optional<ConfigNode> toNode = node.node("to");
        if (toNode.isPresent()) {
            to = Set.copyOf(toNode.get().values("disciplines", "a discipline", Discipline::of));
            toNode.get().nothingElse();
        }
        SharingRule rule = new SharingRule(
                node.text("id"),
                node.integer("row").orElse(0),
                permit,
                Set.copyOf(node.values("from", "a discipline", Discipline::of)),
                to,
                Set.copyOf(node.values("classes", "a data class", DataClass::of)),
                Set.copyOf(node.values("categories", "a category of the vocabulary", t -> Optional.of(t)
                        .filter(categories::contains))),
                node.value("subject", "household or area", SharingAgreement::subject)
                        .orElse(SubjectKind.BOTH),
                Set.copyOf(node.values("when", "one of " + conditions(), SharingAgreement::condition)),
                node.value("disclosure", "NOTICE, SUMMARY or FULL", Disclosure::of)
                        .orElse(Disclosure.NONE),
                node.text("ground"),
                fields(node, "withhold"),
                fields(node, "also"),
                Set.copyOf(node.values(
                        "roles", "one of " + ROLES, t -> Optional.of(t).filter(ROLES::contains))),
                node.texts("obligations"),
                node.value("field", "a field of a signal", t -> Optional.of(t).filter(FIELDS::contains))
                        .orElse(null),
                node.date("validFrom").orElse(null),
                node.date("validUntil").orElse(null));
        if (permit
                && (rule.disclosure() == Disclosure.NONE
                        || rule.from().isEmpty()
                        || rule.to().isEmpty()
                        || rule.classes().isEmpty())) {
            node.fault("a permit names 'from', 'to.disciplines', 'classes' and a 'disclosure' above NONE");
        }
        if (permit && rule.field() != null) {
            node.fault("only a prohibition can be about one field");
        }
        if (!permit && rule.disclosure() != Disclosure.NONE) {
            node.fault("a prohibition has no 'disclosure'");
        }
        if (!grounds.contains(rule.ground())) {
            node.fault("the ground '" + rule.ground() + "' is not among 'grounds'");
        }
        node.nothingElse();
        return rule;
    }

    private static Set<String> fields(ConfigNode node, String key) {
        return Set.copyOf(
                node.values(key, "a field of a signal", t -> Optional.of(t).filter(FIELDS::contains)));
    }

    private static Optional<SubjectKind> subject(String text) {
        return switch (text) {
            case "household" -> Optional.of(SubjectKind.HOUSEHOLD);
            case "area" -> Optional.of(SubjectKind.AREA);
            default -> Optional.empty();
        };
    }

    private static Optional<Condition> condition(String text) {
        return Arrays.stream(Condition.values())
                .filter(c -> code(c).equals(text))
                .findFirst();
    }

    private static String conditions() {
        return Arrays.stream(Condition.values()).map(SharingAgreement::code).collect(Collectors.joining(", "));
    }

    private static String code(Condition condition) {
        return condition.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Id and version as a release carries them, e.g. {@code veilige-buurten-demo/2026-1}. */
    public String policyVersion() {
        return id + '/' + version;
    }

    boolean isValidOn(LocalDate day) {
        return validFrom != null && validUntil != null && !day.isBefore(validFrom) && !day.isAfter(validUntil);
    }

    /** The fields of a level, those of the levels below it included. */
    Set<String> fieldsOf(Disclosure level) {
        return levels.getOrDefault(level, Set.of());
    }

    /** Every field any level knows. */
    Set<String> allFields() {
        return fieldsOf(Disclosure.FULL);
    }

    Optional<DataClass> classOf(String field) {
        return Optional.ofNullable(fieldClasses.get(field));
    }

    public List<SharingRule> rules() {
        return rules;
    }

    /** A ground in words, for a person. */
    public String groundNl(String ground) {
        return grounds.getOrDefault(ground, ground);
    }
}
