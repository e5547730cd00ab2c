package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import nl.wijkhub.TestStages;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Organisations.Party;
import nl.wijkhub.sharing.Recipient.RecipientKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of which organisation they are whom a log names: by seat, by partner, and after a seat left the configuration. */
@Tag("sharing")
class OrganisationsTest {
    private static final Recipient SECOND = Recipient.at("vb-noord", "HOUSING/corporatie-twee");
    private static final Recipient GONE = new Recipient("vb-gone", Discipline.WELFARE);
    private static final Map<Recipient, String> BEFORE = Map.of(GONE, "fake-gone");

    private final Organisations organisations = new Organisations(
            TestStages.CONFIG.partners(), TestStages.CONFIG.teams(), seat -> Optional.ofNullable(BEFORE.get(seat)));

    @Test
    void whoever_sits_somewhere_is_of_the_organisation_of_the_seat() {
        Party first = organisations.behind("woonconsulent-demo", "vb-noord.housing");
        Party second = organisations.behind("woonconsulent-twee", "vb-noord.housing.corporatie-twee");

        assertThat(first.name()).isEqualTo("Woonstichting Demo");
        assertThat(second).isEqualTo(new Party(SECOND, "corporatie-twee", "Woonstichting Twee"));
        assertThat(second.teamId()).isEqualTo("vb-noord");
        assertThat(second.discipline()).isEqualTo(Discipline.HOUSING);
        assertThat(organisations.of(SECOND.as(RecipientKind.BREAK_GLASS)).id()).isEqualTo("corporatie-twee");
    }

    @Test
    void a_subscriber_and_whoever_was_consulted_are_the_partner_itself() {
        assertThat(organisations
                        .behind("zorg-twee", "subscriber (vb-noord.care)")
                        .name())
                .isEqualTo("Zorg Twee");
        assertThat(organisations
                        .behind("zorg-twee", "consulted (vb-noord.care)")
                        .name())
                .isEqualTo("Zorg Twee");
    }

    @Test
    void a_sender_is_the_partner_and_sits_in_no_team() {
        Party sender = organisations.of(
                new Recipient(RecipientKind.SENDER, "corporatie-twee", Discipline.HOUSING, null, null));

        assertThat(sender.name()).isEqualTo("Woonstichting Twee");
        assertThat(sender.teamId()).isNull();
    }

    @Test
    void whoever_is_asked_together_is_no_one_organisation() {
        assertThat(organisations
                        .of(new Recipient("vb-noord", Discipline.CARE).as(RecipientKind.CONSULTED))
                        .id())
                .isNull();
        assertThat(organisations
                        .of(new Recipient("vb-noord", Discipline.MUNICIPALITY).as(RecipientKind.SAFETY_HOUSE))
                        .id())
                .isNull();
    }

    @Test
    void a_seat_that_left_the_configuration_keeps_its_organisation() {
        assertThat(organisations.behind("fake-user", "vb-gone.welfare"))
                .isEqualTo(new Party(GONE, "fake-gone", "fake-gone"));
        assertThat(organisations.behind("fake-user", "vb-gone.care.zorg-twee").name())
                .isEqualTo("Zorg Twee");
    }

    @Test
    void what_nobody_remembers_and_who_sits_nowhere_have_no_organisation() {
        Party unknown = organisations.behind("fake-user", "vb-gone.police");
        assertThat(unknown.discipline()).isEqualTo(Discipline.POLICE);
        assertThat(unknown.name()).isNull();
        assertThat(organisations.behind("privacy-demo", "privacy-officer")).isEqualTo(new Party(null, null, null));
        assertThat(organisations.behind("fake-user", null)).isEqualTo(new Party(null, null, null));
    }

    @Test
    void a_recipient_is_read_back_from_its_name() {
        for (RecipientKind kind : RecipientKind.values()) {
            for (Discipline discipline : Discipline.values()) {
                Recipient first = new Recipient("vb-noord", discipline).as(kind);
                Recipient later = new Recipient(kind, "vb-noord", discipline, "fake-partner", null);
                assertThat(Recipient.ofName(first.name())).contains(first);
                assertThat(Recipient.ofName(later.name())).contains(later);
            }
        }
        assertThat(Recipient.ofName("fake-kind (vb-noord.care)")).isEmpty();
        assertThat(Recipient.ofName("vb-noord.fake-discipline")).isEmpty();
    }
}
