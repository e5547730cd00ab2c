package nl.wijkhub.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import nl.wijkhub.signal.CaseSignal.Neighbourhood;
import org.junit.jupiter.api.Test;

class PlaceAreasTest {
    private static final Path CONFIG = Path.of("config");
    private final PlaceAreas areas =
            new PlaceAreas(Neighbourhoods.read(CONFIG, new ArrayList<>()), Teams.read(CONFIG, new ArrayList<>()));

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

    @Test
    void what_lies_in_no_neighbourhood_stays_in_words_with_all_that_is_known() {
        assertThat(areas.area("1011PN", "Fakekade", "Elders"))
                .isEqualTo(new Neighbourhood(null, "Fakekade, 1011 PN Elders"));
        assertThat(areas.area("1011PN", null, null)).isEqualTo(new Neighbourhood(null, "1011 PN"));
    }
}
