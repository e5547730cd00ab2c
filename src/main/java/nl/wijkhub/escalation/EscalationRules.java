package nl.wijkhub.escalation;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.kernel.Discipline;

/** The escalation rules of config/escalation.yaml: CEL expressions over declared facts, compiled once. */
public final class EscalationRules {
    public static final String FILE = "escalation.yaml";
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .addVar("severity", SimpleType.STRING)
            .addVar("category", SimpleType.STRING)
            .addVar("disciplines30", SimpleType.INT)
            .addVar("signals30", SimpleType.INT)
            .addVar("disciplines", SimpleType.INT)
            .addVar("signals", SimpleType.INT)
            .addVar("days", SimpleType.INT)
            .addVar("reopened", SimpleType.BOOL)
            .addVar("children", SimpleType.INT)
            .addVar("lateAgreements", SimpleType.INT)
            .addVar("unansweredHandovers", SimpleType.INT)
            .addVar("level", SimpleType.INT)
            .setResultType(SimpleType.BOOL)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();

    /** What is tried before a step opens. */
    public enum First implements Coded {
        MEDIATION,
        CONSULT_CARE
    }

    /**
     * One rule.
     *
     * @param level step of the ladder, 1..4
     * @param to for which recipients it runs; empty for all
     * @param due how soon somebody must have taken it up
     * @param first null for nothing: the step opens at once
     * @param within how long that is tried; null with {@code first}
     * @param quiet after how long without holding an open step is closed; null for never by itself
     */
    public record Rule(
            String id,
            int level,
            Set<Discipline> to,
            When when,
            Duration due,
            First first,
            Duration within,
            Duration quiet,
            String nl) {
        boolean isFor(Discipline discipline) {
            return to.isEmpty() || to.contains(discipline);
        }
    }

    /**
     * An expression.
     *
     * @param looksAt the names of the facts it speaks of
     */
    public record When(CelRuntime.Program program, List<String> looksAt) {}

    /** One rule asked about what it looks at: the same question has the same answer. */
    private record Question(String ruleId, List<Object> seen) {}

    private final String version;
    private final List<Rule> rules;
    private final BiPredicate<Rule, EscalationFacts> holds;

    private EscalationRules(String version, List<Rule> rules, BiPredicate<Rule, EscalationFacts> holds) {
        this.version = version;
        this.rules = rules;
        this.holds = holds;
    }

    /** The same rules, for one thread and a while: each is evaluated once for the same of what it looks at. */
    EscalationRules remembering() {
        Map<Question, Boolean> answers = new HashMap<>();
        return new EscalationRules(version, rules, (rule, facts) -> {
            List<Object> seen = new ArrayList<>(rule.when().looksAt().size());
            for (String name : rule.when().looksAt()) {
                seen.add(facts.find(name).orElseThrow());
            }
            return answers.computeIfAbsent(new Question(rule.id(), seen), question -> evaluate(rule, facts));
        });
    }

    public static EscalationRules read(Path config, List<ConfigFault> faults) {
        return read(config, FILE, faults);
    }

    /** The same from a file of another name, to be held against the one in force. */
    public static EscalationRules read(Path folder, String name, List<ConfigFault> faults) {
        ConfigNode file = ConfigNode.read(folder, name, faults);
        String version = file.text("version");
        List<Rule> rules = new ArrayList<>();
        for (ConfigNode node : file.nodes("rules")) {
            rule(node).ifPresent(rule -> {
                if (rules.stream().anyMatch(r -> r.id().equals(rule.id()))) {
                    node.fault("the rule '" + rule.id() + "' stands twice");
                }
                rules.add(rule);
            });
        }
        file.nothingElse();
        // of one level, what opens at once goes before what is tried first
        rules.sort(Comparator.comparingInt(Rule::level)
                .reversed()
                .thenComparing(rule -> rule.first() != null)
                .thenComparing(Rule::id));
        return new EscalationRules(version, List.copyOf(rules), EscalationRules::evaluate);
    }

    private static Optional<Rule> rule(ConfigNode node) {
        String id = node.text("id");
        int level = node.integer("level").orElse(0);
        if (level < 1 || level > 4) {
            node.fault("'level' must be 1, 2, 3 or 4");
        }
        Set<Discipline> to = Set.copyOf(node.values("to", "a discipline", Discipline::of));
        if (node.has("to") && to.isEmpty()) {
            node.fault("'to' names no discipline: leave it out for all");
        }
        String when = node.text("when");
        Duration due = term(node, "due").orElse(Duration.ZERO);
        if (due.isZero()) {
            node.fault("'due' is missing, expected an ISO 8601 duration like PT4H");
        }
        First first = node.value("first", "mediation or consult-care", code -> Coded.of(First.class, code))
                .orElse(null);
        Duration within = term(node, "within").orElse(null);
        if (node.has("first") != node.has("within")) {
            node.fault("'first' and 'within' go together: what is tried, and for how long");
        }
        Duration quiet = term(node, "quiet").orElse(null);
        String nl = node.text("nl");
        node.nothingElse();
        return when(node, when).map(holds -> new Rule(id, level, to, holds, due, first, within, quiet, nl));
    }

    /** A time that is longer than nothing. */
    private static Optional<Duration> term(ConfigNode node, String key) {
        Optional<Duration> term = node.duration(key);
        if (term.filter(t -> t.isZero() || t.isNegative()).isPresent()) {
            node.fault("'" + key + "' must be longer than nothing");
            return Optional.empty();
        }
        return term;
    }

    private static Optional<When> when(ConfigNode node, String when) {
        try {
            CelAbstractSyntaxTree read = COMPILER.compile(when).getAst();
            CelRuntime.Program program = RUNTIME.createProgram(read);
            // what fails on the least there is to see would fail a batch one day
            program.eval(EscalationFacts.NONE::find);
            List<String> looksAt = read.getReferenceMap().values().stream()
                    .map(CelReference::name)
                    .distinct()
                    .filter(name -> EscalationFacts.NONE.find(name).isPresent())
                    .toList();
            return Optional.of(new When(program, looksAt));
        } catch (CelValidationException e) {
            node.fault("'when' is no expression over the declared facts: " + firstLine(e));
        } catch (CelEvaluationException e) {
            node.fault("'when' cannot be evaluated where there is nothing to see: " + firstLine(e));
        }
        return Optional.empty();
    }

    public String version() {
        return version;
    }

    public List<String> ids() {
        return rules.stream().map(Rule::id).toList();
    }

    Optional<Rule> find(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /**
     * The rules that hold for these facts, highest level first, one per level.
     *
     * @param to the recipient's discipline
     * @param without ids of rules that do not count
     */
    List<Rule> matching(EscalationFacts facts, Discipline to, Set<String> without) {
        List<Rule> matching = new ArrayList<>();
        for (Rule rule : rules) {
            // the levels come one after the other
            boolean isTaken =
                    !matching.isEmpty() && matching.get(matching.size() - 1).level() == rule.level();
            if (!isTaken && rule.isFor(to) && !without.contains(rule.id()) && holds(rule, facts)) {
                matching.add(rule);
            }
        }
        return matching;
    }

    boolean holds(Rule rule, EscalationFacts facts) {
        return holds.test(rule, facts);
    }

    private static boolean evaluate(Rule rule, EscalationFacts facts) {
        try {
            return Boolean.TRUE.equals(rule.when().program().eval(facts::find));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("the rule " + rule.id() + " cannot be evaluated", e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
