package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.team.Teams;

/**
 * An invented town to measure with: teams of five disciplines or more seats with a four-digit postal code each, and
 * households spread evenly over them. Its config folder is a copy of the hub's with teams and partners of its own.
 */
record BenchTown(int households, int teams, int partners, int seats) {
    /** Sits at the coordinator's seat of every team. */
    static final String USER = "bench-lid";

    private static final int FIRST_CODE = 1000;
    private static final int MOST_TEAMS = 9999 - FIRST_CODE;
    private static final List<Discipline> SEATS = List.of(
            Discipline.MUNICIPALITY, Discipline.POLICE, Discipline.HOUSING, Discipline.WELFARE, Discipline.CARE);

    /** Who gets something of a corporation's noise nuisance, by the agreement's rows 2, 3 and 32. */
    private static final List<Discipline> RECEIVING =
            List.of(Discipline.MUNICIPALITY, Discipline.POLICE, Discipline.WELFARE);

    private static final List<String> LETTERS = letters();

    /** With one seat of each discipline. */
    BenchTown(int households, int teams, int partners) {
        this(households, teams, partners, SEATS.size());
    }

    BenchTown {
        if (seats < SEATS.size()) {
            throw new IllegalArgumentException("a team has at least " + SEATS.size() + " seats");
        }
        if (households < teams || teams < 1 || teams > MOST_TEAMS || partners < 1) {
            throw new IllegalArgumentException(
                    "at least one partner and one household per team are needed, and at most " + MOST_TEAMS + " teams");
        }
    }

    /** A care provider that may be told of all that happens in the town. */
    static final String CARE = "bench-zorg";

    static String partner(int number) {
        return "bench-corporatie-" + number;
    }

    /** The partner that sits for a discipline in every team. */
    private static String organisation(Discipline discipline) {
        return switch (discipline) {
            case HOUSING -> partner(0);
            case CARE -> CARE;
            default -> "bench-" + discipline.code();
        };
    }

    /** Landlords and care providers by turns: of the seats after the first five. */
    private static Discipline disciplineOf(int seat) {
        return seat % 2 == 0 ? Discipline.CARE : Discipline.HOUSING;
    }

    private static String another(int seat) {
        return "bench-seat-" + seat;
    }

    private static String team(int number) {
        return "bench-team-" + number;
    }

    int queueCount() {
        return teams * seats;
    }

    String teamOf(int household) {
        return team(household % teams);
    }

    Address address(int household) {
        int inTeam = household / teams;
        String postalCode = FIRST_CODE + household % teams + LETTERS.get(inTeam % LETTERS.size());
        return new Address(postalCode, 1 + inTeam / LETTERS.size(), null, null, null);
    }

    /** The queues on which deliveries come out. */
    List<String> receivingQueues() {
        List<String> queues = new ArrayList<>();
        for (int i = 0; i < teams; i++) {
            for (Discipline discipline : RECEIVING) {
                queues.add(new Recipient(team(i), discipline).queue());
            }
        }
        return queues;
    }

    /** Writes the config folder: a copy of a hub's, without its secrets, teams and partners. */
    void writeConfig(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(f -> !f.startsWith(from.resolve("secrets"))).toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        Files.writeString(to.resolve(Teams.FILE), teamsYaml());
        Path agreement = to.resolve(SharingAgreement.FILE);
        // the decisions it holds name teams of another town
        Files.writeString(
                agreement, Files.readString(agreement).replaceAll("teams: \\[[^]]*]", "teams: [" + team(0) + "]"));
        Files.writeString(to.resolve(Partners.FILE), partnersYaml());
    }

    private String teamsYaml() {
        StringBuilder yaml = new StringBuilder("teams:\n");
        for (int i = 0; i < teams; i++) {
            yaml.append("""
                      - id: %s
                        name: "Team %d"
                        contact: "0900-0000000"
                        area: {buurten: [BU9999%04d], postalCodes: ["%d"]}
                        terms: {acute: PT4H, high: P1D, normal: P5D}
                        seats:
                    """.formatted(team(i), i, i, FIRST_CODE + i).indent(0));
            SEATS.forEach(seat -> yaml.append("      - {discipline: " + seat + ", partner: " + organisation(seat)
                    + (seat == Discipline.MUNICIPALITY ? ", users: [{user: " + USER + "}]" : "")
                    + (seat == Discipline.CARE ? ", designated: true" : "") + "}\n"));
            for (int more = SEATS.size(); more < seats; more++) {
                yaml.append("      - {discipline: " + disciplineOf(more) + ", partner: " + another(more) + "}\n");
            }
        }
        return yaml + """
                  - id: zonder-team
                    name: "Zonder team"
                    contact: "0900-0000000"
                    orphan: true
                    terms: {acute: PT4H, high: P1D, normal: P5D}
                    seats:
                      - {discipline: MUNICIPALITY, partner: bench-municipality}
                staff: []
                """.indent(0);
    }

    private String partnersYaml() {
        StringBuilder yaml = new StringBuilder("partners:\n");
        for (int i = 0; i < partners; i++) {
            yaml.append("  - {id: %s, name: \"Corporatie %d\", discipline: HOUSING, kvk: \"%08d\", doors: [signals],"
                    .formatted(partner(i), i, 99_990_000 + i));
            yaml.append(" ground: AVG-6-1-f, maySendBsn: false, requestsPerSecond: 100000}\n");
        }
        for (Discipline discipline : List.of(Discipline.MUNICIPALITY, Discipline.POLICE, Discipline.WELFARE)) {
            yaml.append("  - {id: %s, name: \"%s\", discipline: %s, kvk: \"%08d\", doors: [signals]}%n"
                    .formatted(organisation(discipline), discipline, discipline, 99_970_000 + discipline.ordinal()));
        }
        for (int more = SEATS.size(); more < seats; more++) {
            yaml.append("  - {id: %s, name: \"%s\", discipline: %s, kvk: \"%08d\", doors: [signals]}%n"
                    .formatted(another(more), another(more), disciplineOf(more), 99_960_000 + more));
        }
        yaml.append("  - {id: " + CARE + ", name: \"Zorg\", discipline: CARE, kvk: \"99980000\", doors: [signals],"
                + " ground: AVG-9-2-h, requestsPerSecond: 100000, areas: [GM9999]}\n");
        return yaml.toString();
    }

    /** Every pair of letters a Dutch postal code can end in. */
    private static List<String> letters() {
        List<String> pairs = new ArrayList<>();
        for (char first = 'A'; first <= 'Z'; first++) {
            for (char second = 'A'; second <= 'Z'; second++) {
                String pair = "" + first + second;
                if (Address.normalPostalCode(FIRST_CODE + pair) != null) {
                    pairs.add(pair);
                }
            }
        }
        return List.copyOf(pairs);
    }
}
