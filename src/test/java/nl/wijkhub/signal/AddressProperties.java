package nl.wijkhub.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AddressProperties {
    @Property
    void spelling_does_not_matter(@ForAll("postalCodes") String postalCode, @ForAll("spaces") String space) {
        String spelt = " " + postalCode.substring(0, 4) + space
                + postalCode.substring(4).toLowerCase() + " ";

        assertThat(Address.normalPostalCode(spelt)).isEqualTo(postalCode);
    }

    @Property
    void normalising_twice_changes_nothing(@ForAll String text) {
        String once = Address.normalPostalCode(text);

        assertThat(once == null ? null : Address.normalPostalCode(once)).isEqualTo(once);
        String part = Address.normalPart(text);
        assertThat(Address.normalPart(part)).isEqualTo(part);
    }

    @Example
    void postal_codes_that_cannot_exist_are_refused() {
        assertThat(Address.normalPostalCode("0999 AB")).isNull();
        assertThat(Address.normalPostalCode("9990 SS")).isNull();
        assertThat(Address.normalPostalCode("9990 SA")).isNull();
        assertThat(Address.normalPostalCode("9990 SD")).isNull();
        assertThat(Address.normalPostalCode("9990 A1")).isNull();
        assertThat(Address.normalPostalCode(null)).isNull();
    }

    @Example
    void what_follows_the_number_tells_households_apart_whoever_splits_it() {
        assertThat(new Address("9990AB", 1, "A", null, null).matchKey())
                .isNotEqualTo(new Address("9990AB", 1, "B", null, null).matchKey())
                .isNotEqualTo(new Address("9990AB", 1, null, null, null).matchKey())
                .isEqualTo(new Address("9990AB", 1, null, "A", null).matchKey())
                .isEqualTo(new Address("9990AB", 1, "A", null, "0363200000000001").matchKey());
    }

    @Example
    void the_ground_floor_is_one_address_however_it_is_written() {
        Address bag = new Address("9990AB", 1, Address.normalPart("h"), null, null);

        for (String written : new String[] {"hs", "HS", "h.s.", "huis", "-hs", "H"}) {
            assertThat(new Address("9990AB", 1, null, Address.normalPart(written), null).matchKey())
                    .isEqualTo(bag.matchKey());
        }
        assertThat(new Address("9990AB", 1, null, Address.normalPart("bis"), null).matchKey())
                .isEqualTo(new Address("9990AB", 1, null, Address.normalPart("BIS"), null).matchKey())
                .isNotEqualTo(new Address("9990AB", 1, "B", null, null).matchKey())
                .isNotEqualTo(bag.matchKey());
    }

    /** Of each line every spelling is one address, and no two lines are. */
    @Example
    void an_address_is_one_however_it_is_written_and_no_other() {
        String[][] addresses = {
            {"", " ", "-"},
            {"B", "b", "-b", "/B", ". b"},
            {"B|2", "|B2", "|b-2", "|B 2", "|b/2", "B|-2", "|B.2", "|b \u2013 2", "B|II", "|b-ii", "|B2"},
            {"|2", "|-2", "|/2", "|II", "|ii", "| 2 ", "|i i"},
            {"|3", "|III", "|-iii"},
            {"|4", "|IV"},
            {"|1", "|-1", "|/1"},
            {"I", "|I", "|i"},
            {"|bis", "|BIS", "|Bis", "|-bis", "| b i s", "B|is", "|bis."},
            {"|bis2", "|BIS-2", "|bis 2", "|Bis/2"},
            {"|bisA", "|bis-a", "|BIS A"},
            {"H", "|H", "|hs", "|HS", "|h.s.", "|huis", "|-Huis", "|/hs"},
            {"A|H", "|A-hs", "|a huis", "A|hs", "|AH"},
            {"|VII", "|vii"},
        };

        Map<String, String> lineOf = new HashMap<>();
        for (String[] line : addresses) {
            for (String written : line) {
                String key = spelt(written).matchKey();
                assertThat(lineOf.computeIfAbsent(key, k -> line[0]))
                        .as(written)
                        .isEqualTo(line[0]);
                assertThat(key).as(written).isEqualTo(spelt(line[0]).matchKey());
            }
        }
        assertThat(lineOf).hasSize(addresses.length);
    }

    /** House letter and addition, with a bar between where a system keeps them apart. */
    private static Address spelt(String written) {
        int bar = written.indexOf('|');
        return new Address(
                "9990AB",
                12,
                Address.normalPart(bar < 0 ? written : written.substring(0, bar)),
                bar < 0 ? null : Address.normalPart(written.substring(bar + 1)),
                null);
    }

    @Provide
    Arbitrary<String> postalCodes() {
        return Arbitraries.integers().between(1000, 9999).flatMap(number -> Arbitraries.strings()
                .withChars('A', 'B', 'C', 'T', 'Z')
                .ofLength(2)
                .map(letters -> number + letters));
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of("", " ", "  ", "\t");
    }
}
