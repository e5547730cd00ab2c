package nl.wijkhub.sharing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient.RecipientKind;
import nl.wijkhub.sharing.SharingAgreement.Purpose;
import nl.wijkhub.sharing.SharingAgreement.Sentence;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Severity;

/** Reads config/sharing-agreement.yaml; what is missing, misspelt or does not fit together is a fault on its line. */
final class AgreementFile {
    /** Every field of a signal that a level may carry. */
    static final Set<String> FIELDS = Set.of(
            "contact",
            "occurredAt",
            "reportedAt",
            "category",
            "lifeDomains",
            "severity",
            "senderDiscipline",
            "address",
            "area",
            "categoryClass",
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
            "informalHelpers",
            "scores");

    /** What a rule may name. */
    record KnownCodes(
            Set<String> grounds,
            Set<String> sentences,
            Set<String> categories,
            Map<String, Purpose> purposes,
            Set<String> switches) {}

    private AgreementFile() {}

    static SharingAgreement read(Path folder, String name, Set<String> categories, List<ConfigFault> faults) {
        return read(ConfigNode.read(folder, name, faults), categories);
    }

    static SharingAgreement of(String name, String text, Set<String> categories, List<ConfigFault> faults) {
        return read(ConfigNode.of(name, text, faults), categories);
    }

    private static SharingAgreement read(ConfigNode file, Set<String> categories) {
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
        Map<String, Sentence> sentences = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("sentences")) {
            sentences.put(
                    node.text("id"),
                    new Sentence(
                            node.text("nl"),
                            node.value(
                                            "severity",
                                            "low, elevated, high or acute",
                                            code -> Coded.of(Severity.class, code))
                                    .orElse(null)));
            node.nothingElse();
        }
        Map<String, ExternalDecision> decisions = decisions(file);
        Map<String, Purpose> purposes = purposes(file);
        Map<String, LocalDate> switches = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("switches")) {
            // without a date it is off
            switches.put(node.text("id"), node.date("on").orElse(null));
            node.optionalText("nl");
            node.nothingElse();
        }
        Map<String, Duration> duties = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("duties")) {
            String obligation = node.text("obligation");
            node.duration("within")
                    .ifPresentOrElse(
                            term -> duties.put(obligation, term),
                            () -> node.fault("a duty needs 'within', such as P30D"));
            node.text("nl");
            node.nothingElse();
        }
        KnownCodes known =
                new KnownCodes(grounds.keySet(), sentences.keySet(), categories, purposes, switches.keySet());
        Map<String, SharingRule> rules = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("rules")) {
            SharingRule rule = new RuleReading(node, known).rule();
            if (rules.put(rule.id(), rule) != null) {
                node.fault("the rule '" + rule.id() + "' stands twice");
            }
        }
        List<SharingHold> holds = holds(file, known, rules.keySet());
        file.nothingElse();
        return new SharingAgreement(
                new SharingAgreement.Header(id, version, from, until),
                new SharingAgreement.Fields(levels, fieldClasses),
                new SharingAgreement.Named(grounds, sentences, decisions, purposes, switches),
                duties,
                holds,
                List.copyOf(rules.values()));
    }

    private static List<SharingHold> holds(ConfigNode file, KnownCodes known, Set<String> ruleIds) {
        Map<String, SharingHold> holds = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("holds")) {
            SharingHold hold = new SharingHold(
                    node.text("id"),
                    node.text("nl"),
                    node.required(
                            "kind", "one of " + holdKinds(), SharingHold.HoldKind.OBJECTION, AgreementFile::holdKind),
                    Set.copyOf(node.values("from", "a discipline", Discipline::of)),
                    Set.copyOf(node.values("to", "a discipline", Discipline::of)),
                    categories(node, known),
                    purposes(node, "purposes", known),
                    node.duration("within").orElse(Duration.ZERO),
                    node.line());
            if (hold.within().isZero() || hold.within().isNegative()) {
                node.fault("a hold needs 'within', such as P2D");
            }
            if (hold.purposes().isEmpty()) {
                node.fault("a hold names the 'purposes' it holds up");
            }
            if (holds.put(hold.id(), hold) != null || ruleIds.contains(hold.id())) {
                node.fault("the hold '" + hold.id() + "' has the name of another hold or rule");
            }
            node.nothingElse();
        }
        return List.copyOf(holds.values());
    }

    static Set<String> categories(ConfigNode node, KnownCodes known) {
        return Set.copyOf(node.values("categories", "a category of the vocabulary", t -> Optional.of(t)
                .filter(known.categories()::contains)));
    }

    static Set<String> purposes(ConfigNode node, String key, KnownCodes known) {
        return Set.copyOf(
                node.values(key, "one of 'purposes'", t -> Optional.of(t).filter(known.purposes()::containsKey)));
    }

    private static Map<String, Purpose> purposes(ConfigNode file) {
        Map<String, Purpose> purposes = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("purposes")) {
            Purpose purpose = new Purpose(
                    node.text("id"),
                    node.text("nl"),
                    Set.copyOf(node.texts("articles")),
                    Set.copyOf(node.values("kinds", "one of " + kinds(), AgreementFile::kind)));
            purposes.values().stream()
                    .filter(other -> !Collections.disjoint(other.kinds(), purpose.kinds())
                            && (other.articles().isEmpty()
                                    ? purpose.articles().isEmpty()
                                    : !Collections.disjoint(other.articles(), purpose.articles())))
                    .forEach(other -> node.fault("'" + purpose.id() + "' and '" + other.id()
                            + "' are both what the same asking is for: name 'articles' or other 'kinds'"));
            if (purposes.put(purpose.id(), purpose) != null) {
                node.fault("the purpose '" + purpose.id() + "' stands twice");
            }
            node.nothingElse();
        }
        return purposes;
    }

    private static Map<String, ExternalDecision> decisions(ConfigNode file) {
        Map<String, ExternalDecision> decisions = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("decisions")) {
            ExternalDecision decision = new ExternalDecision(
                    node.text("id"),
                    node.text("article"),
                    Set.copyOf(node.texts("teams")),
                    Set.copyOf(node.values("disciplines", "a discipline", Discipline::of)),
                    node.date("validFrom").orElse(LocalDate.MAX),
                    node.date("validUntil").orElse(LocalDate.MIN),
                    node.line());
            if (decision.validUntil().isBefore(decision.validFrom())) {
                node.fault("a decision needs 'validFrom' and a 'validUntil' after it");
            }
            if (decision.teams().isEmpty() || decision.disciplines().isEmpty()) {
                node.fault("a decision names 'teams' and 'disciplines'");
            }
            if (decisions.put(decision.id(), decision) != null) {
                node.fault("the decision '" + decision.id() + "' stands twice");
            }
            node.nothingElse();
        }
        return decisions;
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

    static Set<String> fields(ConfigNode node, String key) {
        return Set.copyOf(
                node.values(key, "a field of a signal", t -> Optional.of(t).filter(FIELDS::contains)));
    }

    static Optional<RecipientKind> kind(String text) {
        return Arrays.stream(RecipientKind.values())
                .filter(k -> k.code().equals(text))
                .findFirst();
    }

    static String kinds() {
        return Arrays.stream(RecipientKind.values()).map(RecipientKind::code).collect(Collectors.joining(", "));
    }

    private static Optional<SharingHold.HoldKind> holdKind(String text) {
        return Arrays.stream(SharingHold.HoldKind.values())
                .filter(k -> k.code().equals(text))
                .findFirst();
    }

    private static String holdKinds() {
        return Arrays.stream(SharingHold.HoldKind.values())
                .map(SharingHold.HoldKind::code)
                .collect(Collectors.joining(", "));
    }
}
