package nl.wijkhub.signal;

import static org.assertj.core.api.Assertions.assertThat;

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
