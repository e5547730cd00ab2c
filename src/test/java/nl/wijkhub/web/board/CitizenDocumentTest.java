package nl.wijkhub.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.TestStages;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.CitizenExport.Exported;
import nl.wijkhub.sharing.CitizenExport.ExportedLook;
import nl.wijkhub.sharing.CitizenExport.ExportedRelease;
import nl.wijkhub.sharing.CitizenExport.ExportedSignal;
import nl.wijkhub.sharing.Disclosure;
import nl.wijkhub.sharing.Organisations;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Recipient.RecipientKind;
import org.junit.jupiter.api.Test;

/** The document for a citizen, and the board, name organisations as people know them. */
class CitizenDocumentTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Organisations ORGANISATIONS =
            new Organisations(TestStages.CONFIG.partners(), TestStages.CONFIG.teams(), seat -> Optional.empty());
    private static final Texts TEXTS = Texts.in("nl");

    @Test
    void a_citizen_reads_the_organisation_behind_every_line() {
        String html = CitizenDocument.print(new Exported(
                AT,
                List.of(new ExportedSignal(
                        new UUID(0, 1),
                        "fake-category",
                        "Fictief",
                        Discipline.MUNICIPALITY,
                        AT,
                        List.of(told(Recipient.at("vb-noord", "HOUSING/corporatie-twee"))),
                        List.of(look("woonconsulent-twee", "vb-noord.housing.corporatie-twee")))),
                List.of(look("opbouwwerk-lid-demo", "vb-noord.community-work"))));

        assertThat(html)
                .contains("<th scope=\"row\">Woonstichting Twee (corporatie, vb-noord)</th>")
                .contains("<li>woonconsulent-twee, Woonstichting Twee (corporatie, vb-noord), 21 nov")
                .containsSubsequence("Het huishouden en zijn plan", "<li>opbouwwerk-lid-demo, ");
    }

    @Test
    void a_system_is_its_organisation_s() {
        assertThat(TEXTS.who(look("vb-noord.housing", "vb-noord.housing")))
                .isEqualTo("systeem van Woonstichting Demo (corporatie, vb-noord)");
        assertThat(TEXTS.who(look("zorg-twee", "subscriber (vb-noord.care)")))
                .isEqualTo("systeem van abonnee, Zorg Twee (zorg, vb-noord)");
    }

    @Test
    void staff_are_called_by_what_they_do_and_nobody_by_a_guess() {
        assertThat(TEXTS.who(look("privacy-demo", "privacy-officer"))).isEqualTo("privacy-demo, privacyfunctionaris");
        assertThat(TEXTS.who(look("fake-user", null))).isEqualTo("fake-user");
        assertThat(TEXTS.who(look("fake-user", "vb-gone.police")))
                .isEqualTo("fake-user, onbekende organisatie (politie, vb-gone)");
    }

    @Test
    void whoever_is_more_than_a_seat_is_called_so_first() {
        Recipient care = new Recipient("vb-noord", Discipline.CARE);

        assertThat(TEXTS.who(ORGANISATIONS.of(care.as(RecipientKind.BREAK_GLASS))))
                .isEqualTo("blik in nood, Zorg Voorbeeldstad (zorg, vb-noord)");
        assertThat(TEXTS.who(ORGANISATIONS.of(care.as(RecipientKind.CONSULTED))))
                .isEqualTo("gevraagd mee te kijken, zorg, vb-noord");
        assertThat(TEXTS.who(ORGANISATIONS.of(
                        new Recipient(RecipientKind.SENDER, "corporatie-twee", Discipline.HOUSING, null, null))))
                .isEqualTo("afzender, Woonstichting Twee (corporatie)");
    }

    private static ExportedLook look(String user, String role) {
        return new ExportedLook(user, role, ORGANISATIONS.behind(user, role), "signal-pull", AT);
    }

    private static ExportedRelease told(Recipient to) {
        return new ExportedRelease(
                ORGANISATIONS.of(to), AT, Disclosure.SUMMARY, List.of(), false, "FAKE", "Fictief", null, null, null);
    }
}
