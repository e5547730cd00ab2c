package nl.wijkhub.team;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;

/**
 * Which team is drawn for which place: administrative codes and the neighbourhood as people live it, side by side.
 * Streets beat postal codes, postal codes beat codes; within codes the longer one wins. Look-ups do not grow with the
 * number of teams.
 */
final class TeamArea {
    private static final Pattern CODE = Pattern.compile("GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8}");
    private static final Pattern POSTAL = Pattern.compile("([1-9][0-9]{3})(?: ?([A-Z]{2})(?:-([A-Z]{2}))?)?");
    private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

    private record Range(String from, String to, String team) {}

    private record Houses(int from, int to, String team) {}

    private final Map<String, String> byCode = new HashMap<>();
    private final TreeMap<String, Range> byPostalCode = new TreeMap<>();
    private final Map<String, List<Houses>> byHouses = new HashMap<>();
    private final Map<String, String> byStreet = new HashMap<>();

    /** Adds the area of one team; what another team has at the same precision is a fault. */
    void add(String team, ConfigNode area) {
        for (String code : area.values("buurten", "a CBS code like BU99990101", t -> Optional.of(t)
                .filter(c -> CODE.matcher(c).matches()))) {
            claim(area, byCode, code, team);
        }
        for (Matcher postal : area.values("postalCodes", "9990, 9990 AB or 9990 AA-ZZ", TeamArea::postal)) {
            String from = postal.group(1) + (postal.group(2) == null ? "AA" : postal.group(2));
            String to = postal.group(1)
                    + (postal.group(2) == null ? "ZZ" : postal.group(3) == null ? postal.group(2) : postal.group(3));
            addRange(area, new Range(from, to, team));
        }
        for (ConfigNode street : area.nodes("streets")) {
            addStreet(team, street);
        }
        area.nothingElse();
    }

    private void addRange(ConfigNode at, Range range) {
        var below = byPostalCode.floorEntry(range.to());
        if (below != null && below.getValue().to().compareTo(range.from()) >= 0) {
            at.fault("postal codes " + range.from() + "-" + range.to() + " are drawn twice: also for "
                    + below.getValue().team());
        }
        if (range.from().compareTo(range.to()) > 0) {
            at.fault("the postal code range " + range.from() + "-" + range.to() + " runs backwards");
        }
        byPostalCode.put(range.from(), range);
    }

    private void addStreet(String team, ConfigNode street) {
        String name = street.text("name");
        claim(street, byStreet, normal(name + ", " + street.text("town")), team);
        int from = 0;
        int to = Integer.MAX_VALUE;
        Optional<Matcher> numbers =
                street.value("houseNumbers", "a range like 1-99", t -> Optional.of(NUMBERS.matcher(t))
                        .filter(Matcher::matches));
        if (numbers.isPresent()) {
            from = Integer.parseInt(numbers.get().group(1));
            to = Integer.parseInt(numbers.get().group(2));
        }
        for (String postal : street.values(
                "postalCodes", "a postal code like 9990 AB", t -> Optional.ofNullable(Address.normalPostalCode(t)))) {
            List<Houses> houses = byHouses.computeIfAbsent(postal, p -> new ArrayList<>());
            for (Houses other : houses) {
                if (!other.team().equals(team) && from <= other.to() && other.from() <= to) {
                    street.fault("house numbers at " + postal + " are drawn twice: also for " + other.team());
                }
            }
            houses.add(new Houses(from, to, team));
        }
        street.nothingElse();
    }

    private static void claim(ConfigNode at, Map<String, String> claimed, String key, String team) {
        String other = claimed.putIfAbsent(key, team);
        if (other != null && !other.equals(team)) {
            at.fault("'" + key + "' is drawn twice: also for " + other);
        }
    }

    /** The team of a place; empty when no area covers it. */
    Optional<String> teamOf(CaseSignal.Subject subject) {
        if (subject.isHousehold()) {
            return Optional.ofNullable(subject.household().address()).flatMap(this::teamOf);
        }
        CaseSignal.Neighbourhood area = subject.neighbourhood();
        return area.buurtCode() != null ? teamOfCode(area.buurtCode()) : teamOfText(area.place());
    }

    private Optional<String> teamOf(Address address) {
        for (Houses houses : byHouses.getOrDefault(address.postalCode(), List.of())) {
            if (houses.from() <= address.houseNumber() && address.houseNumber() <= houses.to()) {
                return Optional.of(houses.team());
            }
        }
        return teamOfPostalCode(address.postalCode());
    }

    private Optional<String> teamOfPostalCode(String postalCode) {
        return Optional.ofNullable(byPostalCode.floorEntry(postalCode))
                .map(Map.Entry::getValue)
                .filter(range -> range.to().compareTo(postalCode) >= 0)
                .map(Range::team);
    }

    /** BU03630000 lies in WK036300, which lies in GM0363. */
    private Optional<String> teamOfCode(String buurt) {
        return Optional.ofNullable(byCode.get(buurt))
                .or(() -> Optional.ofNullable(byCode.get("WK" + buurt.substring(2, 8))))
                .or(() -> Optional.ofNullable(byCode.get("GM" + buurt.substring(2, 6))));
    }

    /** A place in words: a street of an area, or a text that ends in a postal code. */
    private Optional<String> teamOfText(String place) {
        Optional<String> street = Optional.ofNullable(byStreet.get(normal(place)));
        return street.or(() -> {
            Matcher matcher = Pattern.compile("([1-9][0-9]{3}) ?([A-Z]{2})").matcher(place.toUpperCase(Locale.ROOT));
            return matcher.find() ? teamOfPostalCode(matcher.group(1) + matcher.group(2)) : Optional.empty();
        });
    }

    private static Optional<Matcher> postal(String text) {
        return Optional.of(POSTAL.matcher(text)).filter(Matcher::matches);
    }

    private static String normal(String place) {
        return place.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** How the codes of all buurten begin that a team is drawn for by code. */
    Collection<String> beginsOf(String team) {
        return byCode.entrySet().stream()
                .filter(drawn -> drawn.getValue().equals(team))
                .map(drawn -> "BU" + drawn.getKey().substring(2))
                .sorted()
                .toList();
    }
}
