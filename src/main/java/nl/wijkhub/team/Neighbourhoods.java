package nl.wijkhub.team;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.plan.AreaCode;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;

/**
 * The one fixed set of areas that counts are told for: config/neighbourhoods.yaml. No two of them share a postal code.
 */
public final class Neighbourhoods {
    public static final String FILE = "neighbourhoods.yaml";

    private final Map<String, String> names;
    private final TeamArea drawn;

    private Neighbourhoods(Map<String, String> names, TeamArea drawn) {
        this.names = names;
        this.drawn = drawn;
    }

    public static Neighbourhoods read(Path config, List<ConfigFault> faults) {
        ConfigNode file = ConfigNode.read(config, FILE, faults);
        Map<String, String> names = new LinkedHashMap<>();
        // drawn as the areas of teams are, each buurt for itself
        TeamArea drawn = new TeamArea();
        for (ConfigNode node : file.nodes("neighbourhoods")) {
            String code = node.required("code", "a CBS code like BU99990101", "", t -> Optional.of(t)
                    .filter(AreaCode::isBuurt));
            if (names.put(code, node.text("name")) != null && !code.isEmpty()) {
                node.fault("the neighbourhood '" + code + "' stands twice");
            }
            if (!node.has("postalCodes")) {
                node.fault("'postalCodes' is missing");
            }
            for (String other : List.of("buurten", "streets")) {
                if (node.has(other)) {
                    node.fault("unknown key '" + other + "'");
                }
            }
            drawn.add(code, node);
        }
        file.nothingElse();
        names.remove("");
        return new Neighbourhoods(names, drawn);
    }

    /** The buurt that a postal code counts in; empty when it lies outside all of them. */
    public Optional<String> buurtOf(String postalCode) {
        Address anyHouse = new Address(postalCode, 1, null, null, null);
        return drawn.teamOf(new CaseSignal.Subject(new CaseSignal.Household(anyHouse, List.of()), null));
    }

    /** The buurt that a subject lies in; empty when nobody can tell. */
    Optional<String> buurtOf(CaseSignal.Subject subject) {
        return Optional.ofNullable(subject.neighbourhood())
                .map(CaseSignal.Neighbourhood::buurtCode)
                .or(() -> drawn.teamOf(subject));
    }

    /** The code of every buurt. */
    public Set<String> buurten() {
        return names.keySet();
    }

    /** Every buurt that is, or lies in, the area of a BU, WK or GM code; none when nobody knows the code. */
    public List<String> in(String code) {
        return names.keySet().stream()
                .filter(buurt -> AreaCode.holds(code, buurt))
                .sorted()
                .toList();
    }

    /** The area of a code and those right below it: of a gemeente its wijken, of a wijk its buurten. */
    public List<String> withParts(String code) {
        TreeSet<String> parts = new TreeSet<>();
        for (String buurt : in(code)) {
            parts.add(code.startsWith("GM") ? AreaCode.wijkOf(buurt) : buurt);
        }
        parts.remove(code);
        List<String> areas = new ArrayList<>(List.of(code));
        areas.addAll(parts);
        return areas;
    }

    /** What people call a buurt; null for a wijk or gemeente. */
    public String nameOf(String code) {
        return names.get(code);
    }
}
