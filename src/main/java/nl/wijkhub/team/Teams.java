package nl.wijkhub.team;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.RecipientsOfPlace;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Partners;

/** The teams of config/teams.yaml: their areas, seats and people. */
public final class Teams implements RecipientsOfPlace {
    public static final String FILE = "teams.yaml";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Map<String, Team> teams;
    private final Map<String, Member> people;
    private final Map<String, List<Recipient>> recipients;
    private final Map<Recipient, Seat> seats;
    private final Map<String, Recipient> systems;
    private final TeamArea area;
    private final String orphanTeam;
    private final Neighbourhoods neighbourhoods;

    private Teams(Map<String, Team> teams, Map<String, Member> people, TeamArea area, Neighbourhoods neighbourhoods) {
        this.teams = teams;
        this.people = people;
        this.area = area;
        this.neighbourhoods = neighbourhoods;
        this.recipients = new HashMap<>();
        this.seats = new HashMap<>();
        this.systems = new HashMap<>();
        for (Team team : teams.values()) {
            recipients.put(team.id(), team.recipients());
            for (Seat seat : team.seats()) {
                seats.put(seat.recipient(), seat);
                systems.put(seat.recipient().clientId(), seat.recipient());
                // the first seat of a discipline goes by two names
                systems.put(seat.longClientId(), seat.recipient());
            }
        }
        this.orphanTeam = teams.values().stream()
                .filter(Team::orphan)
                .map(Team::id)
                .findFirst()
                .orElse("");
    }

    /**
     * What the file may name.
     *
     * @param neighbourhoods where an address lies
     * @param categories of the vocabulary; empty when it could not be read
     */
    public record Known(Partners partners, Neighbourhoods neighbourhoods, Set<String> categories) {}

    public static Teams read(Path config, Known known, List<ConfigFault> faults) {
        ConfigNode file = ConfigNode.read(config, FILE, faults);
        Map<String, Team> teams = new LinkedHashMap<>();
        Map<String, Member> people = new LinkedHashMap<>();
        TeamArea area = new TeamArea();
        for (ConfigNode node : file.nodes("teams")) {
            Team team = team(node, known, people, area);
            if (teams.put(team.id(), team) != null) {
                node.fault("the team '" + team.id() + "' stands twice");
            }
        }
        for (ConfigNode node : file.nodes("staff")) {
            String user = node.text("user");
            Role role = node.required("role", "privacy-officer or administrator", Role.ADMINISTRATOR, Role::ofStaff);
            if (people.put(user, new Member(user, null, null, Map.of(), Set.of(role))) != null) {
                node.fault("'" + user + "' has a seat in a team already");
            }
            node.nothingElse();
        }
        file.nothingElse();
        if (teams.values().stream().filter(Team::orphan).count() != 1) {
            file.fault("exactly one team must have 'orphan: true', for what no area covers");
        }
        return new Teams(teams, people, area, known.neighbourhoods());
    }

    private static Team team(ConfigNode node, Known known, Map<String, Member> people, TeamArea area) {
        String id = node.required("id", "lower case with dashes", "", t -> Optional.of(t)
                .filter(i -> ID.matcher(i).matches()));
        String name = node.text("name");
        String contact = node.text("contact");
        boolean orphan = node.flag("orphan", false);
        node.node("area").ifPresentOrElse(a -> area.add(id, a), () -> {
            if (!orphan) {
                node.fault("'area' is missing");
            }
        });
        Map<Priority, Duration> terms = terms(node);
        List<Seat> seats = new SeatReading(id, known.partners(), known.categories()).read(node);
        seats.forEach(seat -> seat.users().forEach(user -> sits(node, people, seat, user.user())));
        Set<String> consulted = new LinkedHashSet<>(node.texts("consulted"));
        if (!consulted.isEmpty() && seats.stream().noneMatch(seat -> seat.discipline() == Discipline.CARE)) {
            node.fault("'consulted' goes with a CARE seat: without one nobody is asked");
        }
        node.nothingElse();
        return new Team(id, name, contact, orphan, terms, seats, consulted);
    }

    private static void sits(ConfigNode team, Map<String, Member> people, Seat seat, String user) {
        Member known = people.get(user);
        if (known != null
                && (known.discipline() != seat.discipline() || !seat.partner().equals(known.organisation()))) {
            team.fault("'" + user + "' sits for " + known.discipline() + " of '" + known.organisation()
                    + "' already; a user has one discipline and one organisation");
            return;
        }
        Map<String, Recipient> seats = new LinkedHashMap<>(known == null ? Map.of() : known.seats());
        seats.putIfAbsent(seat.recipient().teamId(), seat.recipient());
        Set<Role> roles = new LinkedHashSet<>(known == null ? Set.of(Role.TEAM_MEMBER) : known.roles());
        if (seat.leads().contains(user)) {
            roles.add(Role.TEAM_LEAD);
        }
        people.put(user, new Member(user, seat.discipline(), seat.partner(), seats, roles));
    }

    private static Map<Priority, Duration> terms(ConfigNode node) {
        Map<Priority, Duration> terms = new EnumMap<>(Priority.class);
        Optional<ConfigNode> given = node.node("terms");
        for (Priority priority : Priority.values()) {
            Duration term = given.flatMap(t -> t.duration(priority.code())).orElse(null);
            if (term == null) {
                node.fault("'terms." + priority.code() + "' is missing");
                term = Duration.ZERO;
            }
            terms.put(priority, term);
        }
        given.ifPresent(ConfigNode::nothingElse);
        return terms;
    }

    @Override
    public List<Recipient> of(CaseSignal.Subject subject) {
        return recipients.get(area.teamOf(subject).orElse(orphanTeam));
    }

    /** Whether an area of a team covers it; what none covers goes to the orphan team. */
    boolean isDrawn(CaseSignal.Subject subject) {
        return area.teamOf(subject).isPresent();
    }

    @Override
    public List<Recipient> ofTeam(String teamId) {
        return recipients.getOrDefault(teamId, List.of());
    }

    @Override
    public String contactOf(String teamId) {
        return find(teamId).map(Team::contact).orElse(null);
    }

    /** How the codes of all buurten begin that a team is drawn for by code. */
    public Collection<String> buurtenOf(String teamId) {
        return area.beginsOf(teamId);
    }

    public Optional<Team> find(String id) {
        return Optional.ofNullable(teams.get(id));
    }

    public Collection<Team> all() {
        return teams.values();
    }

    /** The teams that consult this partner, by id. */
    public Set<String> consulting(String partner) {
        return teams.values().stream()
                .filter(team -> team.consulted().contains(partner))
                .map(Team::id)
                .collect(Collectors.toSet());
    }

    /** The care seat of a provider in a team that consults it; a place of its own where it has no seat. */
    public Recipient careSeatOf(String partner, String teamId) {
        Recipient own = new Recipient(Recipient.RecipientKind.TEAM, teamId, Discipline.CARE, partner, null);
        return find(teamId).stream()
                .flatMap(team -> team.seats().stream())
                .filter(seat ->
                        seat.discipline() == Discipline.CARE && seat.partner().equals(partner))
                .map(Seat::recipient)
                .findFirst()
                .orElse(own);
    }

    public Optional<Member> member(String user) {
        return Optional.ofNullable(user).map(people::get);
    }

    /** The seat of a recipient in a team; empty when nobody sits there any more. */
    public Optional<Seat> seat(Recipient recipient) {
        return Optional.ofNullable(seats.get(recipient.seat()));
    }

    /** The users who sit there. */
    public Set<String> at(Recipient recipient) {
        return seat(recipient).stream()
                .flatMap(seat -> seat.users().stream())
                .map(Seat.SeatUser::user)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Who leads at one seat or at all: a person is a lead of the seat that lists them. */
    public boolean leads(String user, Recipient recipient) {
        return seat(recipient).filter(seat -> seat.leads().contains(user)).isPresent();
    }

    @Override
    public String organisationOf(Recipient recipient) {
        return seat(recipient).map(Seat::partner).orElse(recipient.organisation());
    }

    @Override
    public boolean isConsulted(Recipient recipient) {
        return recipient.discipline() == Discipline.CARE
                && recipient.organisation() != null
                && consulting(recipient.organisation()).contains(recipient.teamId());
    }

    @Override
    public boolean isDesignated(Recipient recipient) {
        return seat(recipient).filter(Seat::designated).isPresent();
    }

    @Override
    public boolean isThereFor(Recipient recipient, CaseSignal.Subject place, String category) {
        return seat(recipient)
                .filter(seat -> seat.isForCategory(category))
                .filter(seat -> seat.areas().isEmpty()
                        || neighbourhoods
                                .buurtOf(place)
                                .filter(seat::isForBuurt)
                                .isPresent())
                .isPresent();
    }

    /** The coordinator's seat is its counterpart in every team, whatever municipality it is of. */
    @Override
    public Optional<Recipient> counterpart(Recipient recipient, String otherTeam) {
        String organisation = organisationOf(recipient);
        return find(otherTeam).stream()
                .flatMap(team -> team.seats().stream())
                .filter(seat -> seat.discipline() == recipient.discipline())
                .filter(seat -> seat.discipline() == Discipline.MUNICIPALITY
                        || seat.partner().equals(organisation))
                .map(Seat::recipient)
                .findFirst();
    }

    /**
     * The seat whose own systems log in under this client id: {@code vb-noord.municipality}, or with the organisation
     * {@code vb-noord.housing.corporatie-twee}.
     */
    public Optional<Recipient> system(String clientId) {
        return Optional.ofNullable(clientId).map(systems::get);
    }
}
