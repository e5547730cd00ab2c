package nl.wijkhub.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import nl.wijkhub.kernel.Discipline;
import org.junit.jupiter.api.Test;

/** What is counted, as it stands in the database: the next release reads what this one wrote. */
class TallyTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

    @Test
    void its_form_in_the_database_stays_what_it_is() throws IOException {
        Tally tally = new Tally();
        assertThat(written(tally))
                .isEqualTo("0000" + "0000" + "00000000" + "00000000" + "00000000" + "8000000000000000");
        tally.add(null, 0, NOON);
        tally.add(Discipline.POLICE, 3, NOON.plusSeconds(1));
        tally.add(Discipline.MUNICIPALITY, 2, NOON.plusSeconds(2));

        assertThat(written(tally))
                .isEqualTo("0012" + "0012" + "00000003" + "00000003" + "00000003" + "000660c819a35240");
        assertThat(read(written(tally))).usingRecursiveComparison().isEqualTo(tally);
        assertThat(read(written(new Tally()))).usingRecursiveComparison().isEqualTo(new Tally());
    }

    @Test
    void a_discipline_is_written_by_its_place() {
        assertThat(Discipline.values())
                .as("a new one comes last")
                .startsWith(
                        Discipline.HOUSING,
                        Discipline.POLICE,
                        Discipline.WELFARE,
                        Discipline.CARE,
                        Discipline.MUNICIPALITY,
                        Discipline.COMMUNITY_WORK,
                        Discipline.INFORMAL,
                        Discipline.RESIDENT);
    }

    private static String written(Tally tally) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tally.write(new DataOutputStream(bytes));
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Tally read(String written) throws IOException {
        return Tally.read(
                new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(written))));
    }
}
