package nl.wijkhub.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.casework.QueueLook;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Disclosure;
import nl.wijkhub.sharing.ListedSignal;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.team.Priority;
import nl.wijkhub.team.QueueItem;
import org.junit.jupiter.api.Test;

/** What may not be seen cannot be found by asking for it. */
class QueueFilterTest {
    private static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final QueueItem ITEM = new QueueItem(
            ID,
            new Recipient("vb-noord", Discipline.WELFARE),
            ID,
            ID,
            ID,
            1,
            QueueItem.ItemState.WAITING,
            Priority.HIGH,
            Instant.EPOCH,
            Instant.EPOCH);
    private static final AcceptedSignal SIGNAL = new AcceptedSignal(
            ID,
            "politie-demo",
            Discipline.POLICE,
            Instant.EPOCH,
            Set.of(),
            null,
            null,
            Json.read(
                    "{\"reference\":\"fake\",\"subject\":{\"household\":{}},\"category\":\"nuisance.noise\",\"severity\":\"HIGH\"}",
                    CaseSignal.class));

    private static Decision passing(String shownAs, String... fields) {
        return Decision.builder()
                .disclosure(Disclosure.NOTICE)
                .ruleId("row-1")
                .ground("AVG-6-1-e")
                .policyVersion("fake/1")
                .fields(List.of(fields))
                .shownAs(shownAs)
                .build();
    }

    private static boolean takes(QueueFilter filter, Decision decision) {
        return filter.takes(row(decision, null), "fake-user");
    }

    private static QueueLook.Row row(Decision decision, String takenBy) {
        return new QueueLook.Row(ITEM, ListedSignal.of(SIGNAL, decision), takenBy);
    }

    @Test
    void a_kind_that_did_not_pass_is_not_found() {
        QueueFilter noise = new QueueFilter("nuisance.noise", "", "", false);

        assertThat(takes(noise, passing(null, "contact", "category"))).isTrue();
        assertThat(takes(noise, passing(null, "contact"))).isFalse();
    }

    @Test
    void a_kind_that_is_shown_as_another_is_found_as_that() {
        Decision other = passing("safety.police-contact", "category");

        assertThat(takes(new QueueFilter("nuisance.noise", "", "", false), other))
                .isFalse();
        assertThat(takes(new QueueFilter("safety.police-contact", "", "", false), other))
                .isTrue();
    }

    @Test
    void a_sender_that_did_not_pass_is_not_found() {
        QueueFilter police = new QueueFilter("", "", "POLICE", false);

        assertThat(takes(police, passing(null, "senderDiscipline"))).isTrue();
        assertThat(takes(police, passing(null, "category"))).isFalse();
        assertThat(takes(new QueueFilter("", "", "CARE", false), passing(null, "senderDiscipline")))
                .isFalse();
    }

    @Test
    void priority_and_whose_hands_it_is_in_are_always_known() {
        assertThat(takes(new QueueFilter("", "high", "", false), passing(null))).isTrue();
        assertThat(takes(new QueueFilter("", "acute", "", false), passing(null)))
                .isFalse();
        QueueFilter mine = new QueueFilter("", "", "", true);
        assertThat(mine.takes(row(passing(null), "fake-user"), "fake-user")).isTrue();
        assertThat(takes(mine, passing(null))).isFalse();
        assertThat(mine.takes(row(passing(null), "fake-other"), "fake-user")).isFalse();
    }

    @Test
    void it_can_be_asked_again() {
        assertThat(new QueueFilter("nuisance.noise", "high", "CARE", true).query())
                .isEqualTo("&category=nuisance.noise&priority=high&from=CARE&who=me");
        assertThat(new QueueFilter("", "", "", false).query()).isEmpty();
    }
}
