package nl.wijkhub.signal;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.kernel.Discipline;

/** Who may speak to the hub: config/partners.yaml. */
public final class Partners {
    public static final String FILE = "partners.yaml";
    /** Who may register what people say about sharing. */
    private static final Set<Discipline> REGISTRARS =
            Set.of(Discipline.WELFARE, Discipline.CARE, Discipline.MUNICIPALITY);

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** The door behind which the register of units stands. */
    private static final String REGISTER = "housing";

    private static final Pattern AREA = Pattern.compile("BU[0-9]{8}|WK[0-9]{6}|GM[0-9]{4}");

    /**
     * One partner.
     *
     * @param defaultGround the ground its signals rest on when they name none; null for none
     * @param requestsPerSecond above it a door answers 429
     * @param areas CBS codes of where it works: of what happens there it may ask to be told, and the units of a
     *     corporation lie there
     * @param dwellings how many units its register may hold; 0 for who has none
     */
    public record Partner(
            String id,
            String name,
            Discipline discipline,
            Set<String> doors,
            String defaultGround,
            boolean maySendBsn,
            int requestsPerSecond,
            Set<String> areas,
            int dwellings) {}

    private final Map<String, Partner> partners;

    private Partners(Map<String, Partner> partners) {
        this.partners = partners;
    }

    /** @param doors what a partner may be let through */
    public static Partners read(Path config, PartnerDoors doors, List<ConfigFault> faults) {
        ConfigNode file = ConfigNode.read(config, FILE, faults);
        Map<String, Partner> partners = new LinkedHashMap<>();
        for (ConfigNode node : file.nodes("partners")) {
            Partner partner = partner(node, doors);
            if (partners.put(partner.id(), partner) != null) {
                node.fault("the partner '" + partner.id() + "' stands twice");
            }
        }
        file.nothingElse();
        return new Partners(partners);
    }

    private static Partner partner(ConfigNode node, PartnerDoors known) {
        String id = node.required("id", "lower case with dashes", "", t -> Optional.of(t)
                .filter(i -> ID.matcher(i).matches()));
        Discipline discipline = node.required(
                "discipline", "one of " + List.of(Discipline.values()), Discipline.RESIDENT, Discipline::of);
        boolean oin = node.value("oin", "20 digits", t -> Optional.of(t).filter(o -> o.matches("[0-9]{20}")))
                .isPresent();
        boolean kvk = node.value("kvk", "8 digits", t -> Optional.of(t).filter(o -> o.matches("[0-9]{8}")))
                .isPresent();
        if (oin == kvk) {
            node.fault("exactly one of 'oin' and 'kvk' is needed");
        }
        Set<String> names = known.names();
        List<String> doors = node.values("doors", "one of " + names, t -> Optional.of(t)
                // no route file could be read: that is told already
                .filter(door -> names.isEmpty() || names.contains(door)));
        for (String door : doors) {
            known.disciplineOf(door)
                    .filter(own -> own != discipline)
                    .ifPresent(own -> node.fault("the door '" + door + "' is for " + own + " alone"));
        }
        if (doors.contains("consents") && !REGISTRARS.contains(discipline)) {
            node.fault("the door 'consents' is for WELFARE, CARE and MUNICIPALITY alone");
        }
        boolean maySendBsn = node.flag("maySendBsn", false);
        if (maySendBsn && discipline == Discipline.HOUSING) {
            node.fault("a HOUSING partner may never send a BSN");
        }
        int dwellings = dwellings(node, discipline, doors.contains(REGISTER));
        Partner partner = new Partner(
                id,
                node.text("name"),
                discipline,
                Set.copyOf(doors),
                node.optionalText("ground").orElse(null),
                maySendBsn,
                node.integer("requestsPerSecond").orElse(100),
                Set.copyOf(node.values("areas", "a CBS code like BU99990101, WK999901 or GM9999", t -> Optional.of(t)
                        .filter(a -> AREA.matcher(a).matches()))),
                dwellings);
        node.nothingElse();
        return partner;
    }

    /** Whoever has a register says how large it is: else anybody could claim a town. */
    private static int dwellings(ConfigNode node, Discipline discipline, boolean hasRegister) {
        Optional<Integer> declared = node.value("dwellings", "a whole number from 1", t -> Optional.of(t)
                .filter(n -> n.matches("[1-9][0-9]{0,8}"))
                .map(Integer::valueOf));
        if (declared.isPresent() && discipline != Discipline.HOUSING) {
            node.fault("'dwellings' is for HOUSING alone");
        }
        if (hasRegister && !node.has("dwellings")) {
            node.fault("'dwellings' is missing: a partner with the door '" + REGISTER
                    + "' declares how many units its register holds at most");
        }
        return declared.orElse(0);
    }

    public Optional<Partner> find(String id) {
        return Optional.ofNullable(id).map(partners::get);
    }

    /** The partner of an id that an accepted signal carries. */
    public Partner get(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("a partner left partners.yaml with signals open"));
    }

    public Set<String> ids() {
        return partners.keySet();
    }
}
