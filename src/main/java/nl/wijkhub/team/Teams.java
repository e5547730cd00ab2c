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
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.RecipientsOfPlace;
import nl.wijkhub.signal.CaseSignal;

/** The teams of config/teams.yaml: their areas, seats and people. */
public final class Teams implements RecipientsOfPlace {
    public static final String FILE = "teams.yaml";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Map<String, Team> teams;
    private final Map<String, Member> people;
    private final Map<String, List<Recipient>> recipients;
    private final TeamArea area;
    private final String orphanTeam;

    private Teams(Map<String, Team> teams, Map<String, Member> people, TeamArea area) {
        this.teams = teams;
        this.people = people;
        this.area = area;
        this.recipients = new HashMap<>();
        teams.values().forEach(team -> recipients.put(team.id(), team.recipients()));
        this.orphanTeam = teams.values().stream()
                .filter(Team::orphan)
                .map(Team::id)
                .findFirst()
                .orElse("");
    }

    public static Teams read(Path config, List<ConfigFault> faults) {
        ConfigNode file = ConfigNode.read(config, FILE, faults);
        Map<String, Team> teams = new LinkedHashMap<>();
        Map<String, Member> people = new LinkedHashMap<>();
        TeamArea area = new TeamArea();
        for (ConfigNode node : file.nodes("teams")) {
            Team team = team(node, people, area);
            if (teams.put(team.id(), team) != null) {
                node.fault("the team '" + team.id() + "' stands twice");
            }
        }
        for (ConfigNode node : file.nodes("staff")) {
            String user = node.text("user");
            Role role = node.required("role", "privacy-officer or administrator", Role.ADMINISTRATOR, Role::ofStaff);
            if (people.put(user, new Member(user, null, Set.of(), Set.of(role))) != null) {
                node.fault("'" + user + "' has a seat in a team already");
            }
            node.nothingElse();
        }
        file.nothingElse();
        if (teams.values().stream().filter(Team::orphan).count() != 1) {
            file.fault("exactly one team must have 'orphan: true', for what no area covers");
        }
        return new Teams(teams, people, area);
    }

    private static Team team(ConfigNode node, Map<String, Member> people, TeamArea area) {
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
        Map<Discipline, Set<String>> members = new EnumMap<>(Discipline.class);
        for (ConfigNode seat : node.nodes("members")) {
            Discipline discipline = seat.required(
                    "discipline", "one of " + List.of(Discipline.values()), Discipline.RESIDENT, Discipline::of);
            Set<String> users = new LinkedHashSet<>(seat.texts("users"));
            List<String> seatLeads = seat.texts("leads");
            users.addAll(seatLeads);
            users.forEach(user -> seatLeads(seat, people, id, discipline, user, seatLeads.contains(user)));
            if (members.put(discipline, users) != null) {
                seat.fault("the discipline " + discipline + " stands twice in this team");
            }
            seat.nothingElse();
        }
        if (!members.containsKey(Discipline.MUNICIPALITY)) {
            node.fault("every team has a MUNICIPALITY member: the coordinator's seat");
        }
        Set<String> consulted = new LinkedHashSet<>(node.texts("consulted"));
        if (!consulted.isEmpty() && !members.containsKey(Discipline.CARE)) {
            node.fault("'consulted' goes with a CARE member: without one nobody is asked");
        }
        node.nothingElse();
        return new Team(id, name, contact, orphan, terms, members, consulted);
    }

    private static void seatLeads(
            ConfigNode seat,
            Map<String, Member> people,
            String team,
            Discipline discipline,
            String user,
            boolean lead) {
        Member known = people.get(user);
        if (known != null && known.discipline() != discipline) {
            seat.fault("'" + user + "' has the discipline " + known.discipline() + " already; a user has one");
            return;
        }
        Set<String> teams = new LinkedHashSet<>(known == null ? Set.of() : known.teams());
        teams.add(team);
        Set<Role> roles = new LinkedHashSet<>(known == null ? Set.of(Role.TEAM_MEMBER) : known.roles());
        if (lead) {
            roles.add(Role.TEAM_LEAD);
        }
        people.put(user, new Member(user, discipline, teams, roles));
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

    public Optional<Member> member(String user) {
        return Optional.ofNullable(user).map(people::get);
    }

    /** The users who sit for one discipline in a team. */
    public Set<String> at(Recipient pair) {
        return find(pair.teamId())
                .map(team -> team.members().get(pair.discipline()))
                .orElse(Set.of());
    }

    /** The pair whose own systems log in under this client id, e.g. {@code vb-noord.municipality}. */
    public Optional<Recipient> system(String clientId) {
        int dot = clientId == null ? -1 : clientId.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        return Coded.of(Discipline.class, clientId.substring(dot + 1))
                .map(discipline -> new Recipient(clientId.substring(0, dot), discipline))
                .filter(pair -> ofTeam(pair.teamId()).contains(pair));
    }
}
