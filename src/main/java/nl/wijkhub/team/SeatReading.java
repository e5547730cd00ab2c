package nl.wijkhub.team;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.team.Seat.SeatUser;

/**
 * The seats of one team of config/teams.yaml. Each fault at its line: a partner nobody knows or of another discipline, two
 * seats of one partner and discipline, a user at two seats, and the form of before the seats.
 */
final class SeatReading {
    private static final Pattern AREA = Pattern.compile("BU[0-9]{8}|WK[0-9]{6}|GM[0-9]{4}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 -]{2,18}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    /** Whom `for` narrows: the others are there for every household, or by what they hold of it. */
    private static final Set<Discipline> BY_TASK = Set.of(Discipline.WELFARE, Discipline.COMMUNITY_WORK);

    private final String team;
    private final Partners partners;
    private final Set<String> categories;

    /** @param categories what the vocabulary knows; empty when it could not be read */
    SeatReading(String team, Partners partners, Set<String> categories) {
        this.team = team;
        this.partners = partners;
        this.categories = categories;
    }

    List<Seat> read(ConfigNode node) {
        if (node.has("members")) {
            node.nodes("members");
            node.fault("'members' is the form of before 0.2.0: write 'seats', each with the partner that sits there and"
                    + " its users as {user, name, phone} (docs/operating.md, \"Seats\")");
        }
        List<Seat> seats = new ArrayList<>();
        Map<Discipline, Set<String>> taken = new EnumMap<>(Discipline.class);
        Map<String, Integer> sitting = new HashMap<>();
        for (ConfigNode one : node.nodes("seats")) {
            Seat seat = seat(one, taken);
            for (SeatUser user : seat.users()) {
                Integer other = sitting.putIfAbsent(user.user(), one.line());
                if (other != null) {
                    one.fault("'" + user.user() + "' has a seat in this team already, on line " + other
                            + "; a user sits for one organisation");
                }
            }
            seats.add(seat);
        }
        if (taken.getOrDefault(Discipline.MUNICIPALITY, Set.of()).size() != 1 && !node.has("members")) {
            node.fault("every team has one MUNICIPALITY seat: the coordinator's");
        }
        boolean hasCare = seats.stream().anyMatch(seat -> seat.discipline() == Discipline.CARE);
        if (hasCare && seats.stream().filter(Seat::designated).count() != 1) {
            node.fault(
                    "one CARE seat of a team is 'designated: true', the crisis care: what the police share of a crisis goes"
                            + " there alone");
        }
        return List.copyOf(seats);
    }

    private Seat seat(ConfigNode node, Map<Discipline, Set<String>> taken) {
        Discipline discipline = node.required(
                "discipline", "one of " + List.of(Discipline.values()), Discipline.RESIDENT, Discipline::of);
        String partner = node.text("partner");
        Optional<Partner> known = partners.find(partner);
        if (known.isEmpty() && node.has("partner") && !partners.ids().isEmpty()) {
            node.fault("'partner' must be one of " + Partners.FILE + ", not '" + partner + "'");
        }
        known.filter(one -> one.discipline() != discipline)
                .ifPresent(one -> node.fault("the partner '" + partner + "' has the discipline " + one.discipline()));
        Set<String> before = taken.computeIfAbsent(discipline, d -> new LinkedHashSet<>());
        boolean isFirst = before.isEmpty();
        if (!before.add(partner)) {
            node.fault("'" + partner + "' has a seat of " + discipline + " in this team already");
        }
        List<SeatUser> users =
                node.nodes("users").stream().map(SeatReading::user).toList();
        Set<String> leads = new LinkedHashSet<>(node.texts("leads"));
        Set<String> strangers = new HashSet<>(leads);
        users.forEach(user -> strangers.remove(user.user()));
        strangers.forEach(lead -> node.fault("the lead '" + lead + "' is not among the 'users' of this seat"));
        boolean isDesignated = node.flag("designated", false);
        if (isDesignated && discipline != Discipline.CARE) {
            node.fault("only a CARE seat is 'designated'");
        }
        Set<String> areas = new LinkedHashSet<>();
        Set<String> about = new LinkedHashSet<>();
        node.node("for").ifPresent(task -> task(task, discipline, areas, about));
        node.nothingElse();
        Recipient recipient =
                new Recipient(Recipient.RecipientKind.TEAM, team, discipline, isFirst ? null : partner, null);
        return new Seat(recipient, partner, users, leads, areas, about, isDesignated);
    }

    private void task(ConfigNode task, Discipline discipline, Set<String> areas, Set<String> about) {
        if (!BY_TASK.contains(discipline)) {
            task.fault("'for' is for WELFARE and COMMUNITY_WORK alone");
        }
        areas.addAll(task.values("areas", "a CBS code like BU99990101, WK999901 or GM9999", t -> Optional.of(t)
                .filter(code -> AREA.matcher(code).matches())));
        about.addAll(task.values("categories", "a category or the first word of one", t -> Optional.of(t)
                .filter(this::isKnown)));
        task.nothingElse();
    }

    private boolean isKnown(String category) {
        return categories.isEmpty()
                || categories.stream().anyMatch(known -> known.equals(category) || known.startsWith(category + '.'));
    }

    private static SeatUser user(ConfigNode node) {
        String user = node.text("user");
        SeatUser read = new SeatUser(
                user,
                node.optionalText("name").orElse(user),
                node.value("phone", "a telephone number", t -> Optional.of(t)
                                .filter(p -> PHONE.matcher(p).matches()))
                        .orElse(null),
                node.value("email", "an e-mail address", t -> Optional.of(t)
                                .filter(e -> EMAIL.matcher(e).matches()))
                        .orElse(null));
        node.nothingElse();
        return read;
    }
}
