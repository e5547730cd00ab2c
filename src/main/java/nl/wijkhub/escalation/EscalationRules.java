package nl.wijkhub.escalation;

import dev.cel.common.CelValidationException;
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
import java.util.List;
import java.util.Optional;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;

/** The escalation rules of config/escalation.yaml: CEL expressions over declared facts, compiled once. */
public final class EscalationRules {
    public static final String FILE = "escalation.yaml";
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .addVar("severity", SimpleType.STRING)
            .addVar("category", SimpleType.STRING)
            .addVar("disciplines30", SimpleType.INT)
            .addVar("signals30", SimpleType.INT)
            .setResultType(SimpleType.BOOL)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();

    /**
     * One rule.
     *
     * @param level step of the ladder, 1..4
     * @param due how soon somebody must have taken it up
     */
    public record Rule(String id, int level, CelRuntime.Program when, Duration due, String nl) {}

    private final List<Rule> rules;

    private EscalationRules(List<Rule> rules) {
        this.rules = rules;
    }

    public static EscalationRules read(Path config, List<ConfigFault> faults) {
        ConfigNode file = ConfigNode.read(config, FILE, faults);
        file.text("version");
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
        rules.sort(Comparator.comparingInt(Rule::level).reversed().thenComparing(Rule::id));
        return new EscalationRules(List.copyOf(rules));
    }

    private static Optional<Rule> rule(ConfigNode node) {
        String id = node.text("id");
        int level = node.integer("level").orElse(0);
        if (level < 1 || level > 4) {
            node.fault("'level' must be 1, 2, 3 or 4");
        }
        String when = node.text("when");
        Duration due = node.duration("due").orElse(Duration.ZERO);
        if (due.isZero()) {
            node.fault("'due' is missing, expected an ISO 8601 duration like PT4H");
        }
        String nl = node.text("nl");
        node.nothingElse();
        try {
            var program = RUNTIME.createProgram(COMPILER.compile(when).getAst());
            return Optional.of(new Rule(id, level, program, due, nl));
        } catch (CelValidationException | CelEvaluationException e) {
            node.fault("'when' is no expression over the declared facts: " + firstLine(e));
            return Optional.empty();
        }
    }

    /** The rules that hold for these facts, highest level first, one per level. */
    public List<Rule> matching(EscalationFacts facts) {
        List<Rule> matching = new ArrayList<>();
        for (Rule rule : rules) {
            boolean taken = matching.stream().anyMatch(r -> r.level() == rule.level());
            if (!taken && holds(rule, facts)) {
                matching.add(rule);
            }
        }
        return matching;
    }

    private static boolean holds(Rule rule, EscalationFacts facts) {
        try {
            return Boolean.TRUE.equals(rule.when().eval(facts.variables()));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("the rule " + rule.id() + " cannot be evaluated", e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
