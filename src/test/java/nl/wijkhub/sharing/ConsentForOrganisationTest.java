package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.sharing.ConsentStore.Incoming;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.ConsentStatus;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A consent is stored with the organisations it named, and decided with the partners of the day. */
@Tag("sharing")
class ConsentForOrganisationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String SOMEBODY =
            HexFormat.of().formatHex(TestVault.vault().pseudonym("fake", "fake-somebody"));

    private final ConsentStore consents = new ConsentStore(TestDatabase.store(), TestVault.vault());
    private final SharingInputs inputs = new SharingInputs(consents, null, null, null, SignalFixture.PARTNERS, null);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void who_is_no_partner_keeps_its_number_and_who_has_become_one_goes_by_its_id() {
        register("agbZ|99990052", "kvk|99990099", "welzijn-demo");

        assertThat(organisations(consents.of(List.of(about())).get(SOMEBODY)))
                .containsExactly("agbZ|99990052", "kvk|99990099", "welzijn-demo");
        assertThat(organisations(inputs.said(List.of(about())).get(SOMEBODY)))
                .containsExactly("kvk|99990099", "welzijn-demo", "zorg-demo");
    }

    private static Set<String> organisations(Set<ConsentStore.Registered> said) {
        return said.iterator().next().consent().organisations();
    }

    private void register(String... organisations) {
        Consent consent = new Consent(
                ConsentStatus.ACTIVE,
                EnumSet.of(Voice.PERSON),
                List.of(new Provision(true, 1, Reach.NAMED, Set.of(), Set.of(organisations), null, null)));
        Incoming one = new Incoming(
                UUID.randomUUID(),
                null,
                "zorg-demo",
                consents.referenceKey("zorg-demo", "fake-1"),
                consent,
                "{}",
                List.of(SOMEBODY),
                NOW);
        consents.register(List.of(one), NOW);
    }

    private static MatchedSignal about() {
        return new MatchedSignal(null, null, null, null, List.of(UUID.randomUUID()), List.of(List.of(SOMEBODY)));
    }
}
