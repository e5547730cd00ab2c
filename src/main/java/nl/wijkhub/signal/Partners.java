package nl.wijkhub.signal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.OrganisationNumber.Register;

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
    private final Map<String, Partner> byNumber;

    private Partners(Map<String, Partner> partners, Map<String, Partner> byNumber) {
        this.partners = partners;
        this.byNumber = byNumber;
    }

    /** @param doors what a partner may be let through */
    public static Partners read(Path config, PartnerDoors doors, List<ConfigFault> faults) {
        ConfigNode file = ConfigNode.read(config, FILE, faults);
        Map<String, Partner> partners = new LinkedHashMap<>();
        Map<String, Partner> byNumber = new HashMap<>();
        for (ConfigNode node : file.nodes("partners")) {
            List<OrganisationNumber> numbers = numbers(node);
            Partner partner = partner(node, doors);
            if (partners.put(partner.id(), partner) != null) {
                node.fault("the partner '" + partner.id() + "' stands twice");
            }
            for (OrganisationNumber number : numbers) {
                Partner other = byNumber.putIfAbsent(number.word(), partner);
                if (other != null) {
                    node.fault("the " + number.register().key() + " " + number.value() + " is also that of '"
                            + other.id() + "'");
                }
            }
        }
        file.nothingElse();
        return new Partners(partners, byNumber);
    }

    private static List<OrganisationNumber> numbers(ConfigNode node) {
        List<OrganisationNumber> numbers = new ArrayList<>();
        for (Register register : Register.values()) {
            node.value(register.key(), register.digits() + " digits", register::number)
                    .ifPresent(numbers::add);
        }
        if (!node.has(Register.OIN.key()) && !node.has(Register.KVK.key())) {
            node.fault("'oin' or 'kvk' is needed");
        }
        return numbers;
    }

    private static Partner partner(ConfigNode node, PartnerDoors known) {
        String id = node.required("id", "lower case with dashes", "", t -> Optional.of(t)
                .filter(i -> ID.matcher(i).matches()));
        Discipline discipline = node.required(
                "discipline", "one of " + List.of(Discipline.values()), Discipline.RESIDENT, Discipline::of);
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
        if (hasRegister && !node.has("areas")) {
            node.fault("'areas' is missing: a partner with the door '" + REGISTER
                    + "' declares where the units of its register lie");
        }
        return declared.orElse(0);
    }

    public Optional<Partner> find(String id) {
        return Optional.ofNullable(id).map(partners::get);
    }

    public Optional<Partner> byIdentifier(Register system, String value) {
        return Optional.ofNullable(byNumber.get(new OrganisationNumber(system, value).word()));
    }

    /** Whom a consent names: by the id of a partner, or by a number of an organisation in one word. */
    public Optional<Partner> named(String organisation) {
        return find(organisation).or(() -> Optional.ofNullable(byNumber.get(organisation)));
    }

    /** The partner of an id that an accepted signal carries. */
    public Partner get(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("a partner left partners.yaml with signals open"));
    }

    public Set<String> ids() {
        return partners.keySet();
    }
}
