package nl.wijkhub.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal.Household;
import nl.wijkhub.signal.CaseSignal.Neighbourhood;
import nl.wijkhub.signal.CaseSignal.Person;
import nl.wijkhub.signal.CaseSignal.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeamsTest {
    @TempDir
    private Path folder;

    private final List<ConfigFault> faults = new ArrayList<>();
    private final Teams.Known known = TeamsFixture.known(Path.of("config"), faults);
    private final Teams teams = Teams.read(Path.of("config"), known, faults);

    @ParameterizedTest(name = "{0} {1} belongs to {2}")
    @CsvSource({
        "9990AA, 1, vb-noord",
        "9990ZZ, 400, vb-noord",
        "9991AA, 1, vb-zuid",
        "9991AB, 49, vb-noord",
        "9991AB, 50, vb-zuid",
        "9992AA, 1, zonder-team",
        "1000AA, 1, zonder-team",
    })
    void an_address_belongs_to_the_team_drawn_for_it(String postalCode, int number, String team) {
        assertThat(teamOf(
                        new Subject(new Household(new Address(postalCode, number, null, null, null), List.of()), null)))
                .isEqualTo(team);
    }

    @ParameterizedTest(name = "{0}{1} belongs to {2}")
    @CsvSource({
        "BU99990101, , vb-noord",
        "BU99990209, , vb-zuid",
        "BU99990301, , zonder-team",
        ", 'Voorbeeldlaan,  voorbeeldstad', vb-noord",
        ", 'Plein, 9991 CD Voorbeeldstad', vb-zuid",
        ", 'Nergens', zonder-team",
    })
    void a_neighbourhood_belongs_to_the_team_drawn_for_it(String code, String place, String team) {
        assertThat(teamOf(new Subject(null, new Neighbourhood(code, place)))).isEqualTo(team);
    }

    @Test
    void somebody_without_an_address_is_an_orphan() {
        assertThat(teamOf(new Subject(
                        new Household(null, List.of(new Person("other", "Fake Bewoner", null, null, null))), null)))
                .isEqualTo("zonder-team");
    }

    @Test
    void a_team_s_own_system_is_one_pair() {
        assertThat(teams.system("vb-noord.municipality")).contains(new Recipient("vb-noord", Discipline.MUNICIPALITY));
        assertThat(teams.system("vb-noord.informal")).isEmpty();
        assertThat(teams.system("vb-west.municipality")).isEmpty();
        assertThat(teams.system("corporatie-demo")).isEmpty();
    }

    @Test
    void the_first_seat_of_a_discipline_goes_by_two_names_and_another_by_its_own() {
        assertThat(teams.system("vb-noord.housing.corporatie-demo"))
                .isEqualTo(teams.system("vb-noord.housing"))
                .contains(new Recipient("vb-noord", Discipline.HOUSING));
        assertThat(teams.system("vb-noord.housing.corporatie-twee"))
                .contains(Recipient.at("vb-noord", "HOUSING/corporatie-twee"));
        assertThat(teams.member("woonconsulent-twee")
                        .orElseThrow()
                        .in("vb-noord")
                        .queue())
                .isEqualTo("team.vb-noord.housing.corporatie-twee");
    }

    @Test
    void every_fault_of_a_seat_stands_at_its_line() throws IOException {
        Files.writeString(folder.resolve(Teams.FILE), """
                teams:
                  - id: a
                    name: A
                    contact: c
                    orphan: true
                    terms: {acute: PT4H, high: P1D, normal: P5D}
                    seats:
                      - {discipline: MUNICIPALITY, partner: gemeente-demo, users: [{user: fake-one}], leads: [fake-two]}
                      - {discipline: HOUSING, partner: nobody-at-all}
                      - {discipline: HOUSING, partner: politie-demo}
                      - {discipline: HOUSING, partner: corporatie-demo, users: [{user: fake-one}]}
                      - {discipline: HOUSING, partner: corporatie-demo, designated: true}
                      - {discipline: POLICE, partner: politie-demo, for: {areas: [BU99990101]}}
                      - {discipline: WELFARE, partner: welzijn-demo, for: {areas: [Noord], categories: [nonsense]}}
                      - {discipline: CARE, partner: zorg-demo, designated: true, users: [{user: fake-three, phone: "call me"}]}
                      - {discipline: CARE, partner: zorg-twee, designated: true}
                """);

        Teams.read(folder, known, faults);

        assertThat(faults.toString())
                .contains("the lead 'fake-two' is not among the 'users'")
                .contains("not 'nobody-at-all'")
                .contains("the partner 'politie-demo' has the discipline POLICE")
                .contains("'fake-one' has a seat in this team already, on line 8")
                .contains("'corporatie-demo' has a seat of HOUSING in this team already")
                .contains("only a CARE seat is 'designated'")
                .contains("'for' is for WELFARE and COMMUNITY_WORK alone")
                .contains("an item of 'areas' is not a CBS code")
                .contains("an item of 'categories' is not a category")
                .contains("a telephone number")
                .contains("one CARE seat of a team is 'designated: true'");
        assertThat(faults).allMatch(fault -> fault.line() > 0);
    }

    @Test
    void the_form_of_before_the_seats_is_refused_with_what_to_do() throws IOException {
        Files.writeString(folder.resolve(Teams.FILE), """
                teams:
                  - id: a
                    name: A
                    contact: c
                    orphan: true
                    terms: {acute: PT4H, high: P1D, normal: P5D}
                    members:
                      - {discipline: MUNICIPALITY, users: [fake-user]}
                """);

        Teams.read(folder, known, faults);

        assertThat(faults).hasSize(1).allMatch(fault -> fault.reason().contains("write 'seats'"));
    }

    @Test
    void a_care_provider_outside_is_consulted_by_the_teams_that_name_it_and_only_beside_a_care_seat()
            throws IOException {
        assertThat(teams.consulting("zorg-demo")).containsExactlyInAnyOrder("vb-noord", "vb-zuid");
        assertThat(teams.consulting("welzijn-demo")).isEmpty();
        Files.writeString(folder.resolve(Teams.FILE), """
                teams:
                  - id: a
                    name: A
                    contact: c
                    orphan: true
                    terms: {acute: PT4H, high: P1D, normal: P5D}
                    seats: [{discipline: MUNICIPALITY, partner: gemeente-demo}]
                    consulted: [zorg-demo]
                """);

        Teams.read(folder, known, faults);

        assertThat(faults).singleElement().asString().contains("'consulted' goes with a CARE seat");
    }

    @Test
    void what_is_drawn_twice_and_who_sits_twice_is_a_fault_with_its_line() throws IOException {
        Files.writeString(folder.resolve(Teams.FILE), """
                teams:
                  - id: a
                    name: A
                    contact: c
                    area: {postalCodes: ["9990 AA-MM"], buurten: [BU99990101]}
                    terms: {acute: PT4H, high: P1D, normal: P5D}
                    seats: [{discipline: MUNICIPALITY, partner: gemeente-demo, users: [{user: fake-user}]}]
                  - id: b
                    name: B
                    contact: c
                    area: {postalCodes: ["9990 MM-ZZ"], buurten: [BU99990101]}
                    terms: {acute: PT4H, high: P1D}
                    seats: [{discipline: POLICE, partner: politie-demo, users: [{user: fake-user}]}]
                """);

        Teams.read(folder, known, faults);

        assertThat(faults.toString())
                .contains("drawn twice", "'BU99990101' is drawn twice", "'terms.normal' is missing")
                .contains(
                        "every team has one MUNICIPALITY seat",
                        "a user has one discipline and one organisation",
                        "exactly one team must have");
        assertThat(faults).allMatch(fault -> fault.line() > 0);
    }

    private String teamOf(Subject subject) {
        return teams.of(subject).get(0).teamId();
    }
}
