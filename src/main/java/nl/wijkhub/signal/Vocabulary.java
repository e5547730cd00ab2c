package nl.wijkhub.signal;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;

/** The shared vocabulary of config/vocabulary/categories.yaml. */
public final class Vocabulary {
    public static final String FILE = "vocabulary/categories.yaml";
    private static final Pattern CODE = Pattern.compile("[a-z]+\\.[a-z]+(-[a-z]+)*");
    private static final Set<DataClass> CATEGORY_CLASSES =
            EnumSet.of(DataClass.N, DataClass.F, DataClass.P, DataClass.H, DataClass.C, DataClass.K);

    /**
     * One category.
     *
     * @param nl Dutch label
     * @param severity the least severity
     */
    public record Category(
            String code, String nl, Set<DataClass> classes, List<String> lifeDomains, Severity severity) {}

    private final Map<String, Category> categories;
    private final Map<String, String> lifeDomains;
    private final Map<String, DataClass> lifeDomainClasses;

    private Vocabulary(
            Map<String, Category> categories,
            Map<String, String> lifeDomains,
            Map<String, DataClass> lifeDomainClasses) {
        this.categories = Map.copyOf(categories);
        this.lifeDomains = Map.copyOf(lifeDomains);
        this.lifeDomainClasses = Map.copyOf(lifeDomainClasses);
    }

    public static Vocabulary read(Path config, List<ConfigFault> faults) {
        ConfigNode file = ConfigNode.read(config, FILE, faults);
        file.text("version");
        Map<String, String> domains = new LinkedHashMap<>();
        Map<String, DataClass> domainClasses = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("lifeDomains")) {
            String code = node.text("code");
            if (domains.put(code, node.text("nl")) != null) {
                node.fault("this life domain stands twice");
            }
            node.value("class", "a data class", DataClass::of).ifPresent(c -> domainClasses.put(code, c));
            node.nothingElse();
        }
        Map<String, Category> categories = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("categories")) {
            Category category = category(node, domains);
            if (categories.put(category.code(), category) != null) {
                node.fault("the category '" + category.code() + "' stands twice");
            }
        }
        file.nothingElse();
        return new Vocabulary(categories, domains, domainClasses);
    }

    private static Category category(ConfigNode node, Map<String, String> domains) {
        String code = node.required("code", "a code like nuisance.noise", "", t -> Optional.of(t)
                .filter(c -> CODE.matcher(c).matches()));
        String nl = node.text("nl");
        List<DataClass> classes = node.values(
                "classes", "one of " + CATEGORY_CLASSES, t -> DataClass.of(t).filter(CATEGORY_CLASSES::contains));
        if (classes.isEmpty()) {
            node.fault("'classes' must name at least one of " + CATEGORY_CLASSES);
        }
        List<String> lifeDomains = node.values(
                "domains", "a life domain of this file", t -> Optional.of(t).filter(domains::containsKey));
        Severity severity = node.required(
                "severity", "low, elevated, high or acute", Severity.ACUTE, text -> Coded.of(Severity.class, text));
        node.nothingElse();
        return new Category(
                code, nl, classes.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(classes)), lifeDomains, severity);
    }

    /** The class a life domain adds when a sender names it beside those of the category; empty for none. */
    public Optional<DataClass> classOfLifeDomain(String code) {
        return Optional.ofNullable(lifeDomainClasses.get(code));
    }

    public Optional<Category> category(String code) {
        return Optional.ofNullable(code).map(categories::get);
    }

    /** Every category code. */
    public Set<String> codes() {
        return categories.keySet();
    }

    /** Every life domain code. */
    public Set<String> lifeDomains() {
        return lifeDomains.keySet();
    }

    public boolean knowsLifeDomain(String code) {
        return lifeDomains.containsKey(code);
    }

    /** The Dutch label of a category, or the code itself when it is no longer known. */
    public String label(String code) {
        return category(code).map(Category::nl).orElse(code);
    }
}
