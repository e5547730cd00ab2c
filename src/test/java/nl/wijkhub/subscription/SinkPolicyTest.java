package nl.wijkhub.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the hub lets itself be sent to. */
class SinkPolicyTest {
    private static final URI HTTPS = URI.create("https://ontvanger.example.nl/hook");
    private static final URI HTTP = URI.create("http://ontvanger.example.nl/hook");
    private final SinkPolicy strict = new SinkPolicy(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:8.8.8.8",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001::1",
                "2001:db8::1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void no_address_that_is_not_public_is_reached(String address) throws UnknownHostException {
        InetAddress one = InetAddress.getByName(address);
        // Java itself turns a mapped address into the one it stands for
        boolean isMappedPublic = address.equals("::ffff:8.8.8.8");

        assertThat(strict.mayReach(HTTPS, List.of(one))).isEqualTo(isMappedPublic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.63.255.255", "172.32.0.1", "193.0.0.1", "2a00::1", "2606:4700::1"})
    void a_public_address_is_reached_over_https_alone(String address) throws UnknownHostException {
        List<InetAddress> one = List.of(InetAddress.getByName(address));

        assertThat(strict.mayReach(HTTPS, one)).isTrue();
        assertThat(strict.mayReach(HTTP, one)).isFalse();
    }

    @Test
    void one_bad_address_among_good_ones_is_enough_to_stay_away() throws UnknownHostException {
        List<InetAddress> mixed = new ArrayList<>(List.of(InetAddress.getByName("8.8.8.8")));
        mixed.add(InetAddress.getByName("10.0.0.1"));

        assertThat(strict.mayReach(HTTPS, mixed)).isFalse();
        assertThat(strict.mayReach(HTTPS, List.of())).isFalse();
    }

    @Test
    void what_an_operator_allows_is_reached_and_without_encryption_the_machine_itself_alone()
            throws UnknownHostException {
        SinkPolicy allowing = new SinkPolicy(List.of("10.20.0.0/16", "127.0.0.0/8", "::1/128"));

        assertThat(allowing.mayReach(HTTPS, List.of(InetAddress.getByName("10.20.3.4"))))
                .isTrue();
        assertThat(allowing.mayReach(HTTP, List.of(InetAddress.getByName("10.20.3.4"))))
                .isFalse();
        assertThat(allowing.mayReach(HTTPS, List.of(InetAddress.getByName("10.21.0.1"))))
                .isFalse();
        assertThat(allowing.mayReach(HTTP, List.of(InetAddress.getByName("127.0.0.1"))))
                .isTrue();
        assertThat(allowing.mayReach(HTTP, List.of(InetAddress.getByName("::1"))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://10.0.0.1/, address-refused",
        "https://[fd00::1]/, address-refused",
        "https://[::1]/, address-refused",
        "https://2130706433/, address-refused",
        "https://127.1/, no-url",
        "https://0x7f000001/, address-refused",
        "https://localhost/, address-refused",
        "https://hub.localhost/, address-refused",
        "https://broker/, address-refused",
        "https://printer.local/, address-refused",
        "http://8.8.8.8/, no-https",
        "ftp://example.nl/, no-https",
        "https://user:fake@example.nl/, user-in-url",
        "https://example.nl/#deel, fragment-in-url",
        "https://example.nl:70000/, no-port",
        "https:///hook, no-host",
        "fake, no-https",
        "'https://exa mple.nl/', no-url"
    })
    void says_what_is_wrong_with_a_wish(String sink, String fault) {
        SinkPolicy.Asked asked = strict.read(sink);

        assertThat(asked.sink()).isNull();
        assertThat(asked.faults()).contains(fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ontvanger.example.nl/hook?welke=1",
                "https://3a.de/",
                "https://8.8.8.8:8443/x",
                "https://xn--bcher-kva.example/"
            })
    void takes_a_sound_wish(String sink) {
        assertThat(strict.read(sink).faults()).isEmpty();
        assertThat(strict.read(sink).sink()).isEqualTo(URI.create(sink));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "fake/8", "10.0.0.0/33", "::/129", "10.0.0.0/8/8", "example.nl/8"})
    void what_is_no_block_of_addresses_is_none(String cidr) {
        assertThat(SinkPolicy.isRange(cidr)).isFalse();
    }
}
