package nl.wijkhub.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal.Neighbourhood;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceAreasTest {
    private static final Path CONFIG = Path.of("config");
    private final PlaceAreas areas = new PlaceAreas(
            Neighbourhoods.read(CONFIG, new ArrayList<>()), TeamsFixture.read(CONFIG, new ArrayList<>()));

    @TempDir
    private Path folder;

    @Test
    void a_postal_code_lies_in_its_neighbourhood_whatever_the_street() {
        assertThat(areas.area("9990AB", "Fakestraat", "Voorbeeldstad"))
                .isEqualTo(new Neighbourhood("BU99990101", null));
        assertThat(areas.area("9991ZZ", null, null)).isEqualTo(new Neighbourhood("BU99990209", null));
    }

    @Test
    void a_street_that_is_drawn_for_another_team_stays_in_words_so_that_it_goes_there() {
        assertThat(areas.area("9991AB", "Voorbeeldlaan", "Voorbeeldstad"))
                .isEqualTo(new Neighbourhood(null, "Voorbeeldlaan, Voorbeeldstad"));
        assertThat(areas.area(null, "Voorbeeldlaan", "Voorbeeldstad"))
                .isEqualTo(new Neighbourhood(null, "Voorbeeldlaan, Voorbeeldstad"));
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "9990AB, GM9999, true",
        "9990AB, WK999901, true",
        "9990AB, BU99990101, true",
        "9990AB, BU99990102, false",
        "9990AB, WK999902, false",
        "9991ZZ, WK999902, true",
        "9995ZZ, GM9999, false"
    })
    void an_address_lies_in_the_area_of_its_neighbourhood(String postalCode, String code, boolean lies) {
        assertThat(areas.isWithin(new Address(postalCode, 1, null, null, null), Set.of("BU00000000", code)))
                .isEqualTo(lies);
    }

    @ParameterizedTest(name = "in {0}: {1}")
    @CsvSource({"'WK999901,BU99990299', true", "GM9999, true", "WK999901, false", "BU99990299, false"})
    void where_no_neighbourhood_is_known_all_that_its_team_is_drawn_for_has_to_lie_there(String codes, boolean lies)
            throws IOException {
        String text = Files.readString(CONFIG.resolve(Teams.FILE));
        Files.writeString(
                folder.resolve(Teams.FILE),
                text.replace("\"9990 AA-ZZ\"", "\"9990 AA-ZZ\", \"9995 ZZ\"")
                        .replaceFirst("buurten: \\[", "buurten: [BU99990299, "));
        List<ConfigFault> faults = new ArrayList<>();
        PlaceAreas drawn = new PlaceAreas(
                Neighbourhoods.read(CONFIG, faults), Teams.read(folder, TeamsFixture.known(CONFIG, faults), faults));

        assertThat(faults).isEmpty();
        assertThat(drawn.isWithin(new Address("9995ZZ", 1, null, null, null), Set.of(codes.split(","))))
                .isEqualTo(lies);
        assertThat(drawn.isWithin(new Address("9996ZZ", 1, null, null, null), Set.of(codes.split(","))))
                .isFalse();
    }

    @Test
    void whoever_works_nowhere_has_no_address_there() {
        assertThat(areas.isWithin(new Address("9990AB", 1, null, null, null), Set.of()))
                .isFalse();
    }

    @Test
    void what_lies_in_no_neighbourhood_stays_in_words_with_all_that_is_known() {
        assertThat(areas.area("1011PN", "Fakekade", "Elders"))
                .isEqualTo(new Neighbourhood(null, "Fakekade, 1011 PN Elders"));
        assertThat(areas.area("1011PN", null, null)).isEqualTo(new Neighbourhood(null, "1011 PN"));
    }
}
