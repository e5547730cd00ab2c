package nl.wijkhub.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.casework.AskedAttention.Reason;
import nl.wijkhub.casework.AskedAttention.Standing;
import nl.wijkhub.casework.LeadTable.Row;
import nl.wijkhub.casework.LeadTable.Table;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.QueueItem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table on a real database, as the leads of two seats see it, and what they ask of each other. */
class LeadTableTest {
    private static final Recipient SEAT = new Recipient("vb-noord", Discipline.MUNICIPALITY);
    private static final Recipient HOUSING = new Recipient("vb-noord", Discipline.HOUSING);
    private static final Recipient POLICE = new Recipient("vb-noord", Discipline.POLICE);
    private static final String LEAD = "teamleider-demo";
    private static final String OF_HOUSING = "woonconsulent-demo";
    /** More than any secret asks for, and more waiting than any edge. */
    private static final int MANY = LeadTablePolicy.ENOUGH + 20 + LeadTablePolicy.PLACES;

    private TestStages stages;
    private LeadTable table;
    private AskedAttention asked;

    @BeforeEach
    void empty() {
        TestDatabase.empty();
        stages = new TestStages();
        table = stages.parts.casework().leadTable;
        asked = stages.parts.casework().asked;
    }

    @Test
    void of_a_seat_with_much_to_do_the_bands_are_told_and_of_one_with_little_nothing() {
        items(HOUSING, MANY, Duration.ofDays(15));
        items(POLICE, 9, Duration.ofDays(15));

        Table seen = table.of(SEAT, LEAD);

        assertThat(row(seen, HOUSING).figures().waiting()).isEqualTo("20+");
        assertThat(row(seen, HOUSING).figures().late()).isEqualTo("20+");
        assertThat(row(seen, HOUSING).figures().takenUp()).isEqualTo("0-4");
        assertThat(row(seen, HOUSING).figures().oldestWeeks()).isBetween(1, 2);
        assertThat(row(seen, POLICE).figures()).isEqualTo(LeadTablePolicy.Figures.NOTHING);
    }

    @Test
    void what_happens_in_the_course_of_a_day_changes_nothing_of_another_seat() {
        items(HOUSING, MANY, Duration.ofDays(15));
        Row before = row(table.of(SEAT, LEAD), HOUSING);

        items(HOUSING, MANY, Duration.ofMinutes(1));
        stages.database.with(h -> h.execute("""
                insert into recall (release_id, reason, recalled_at) select release_id, 'fake', ? from queue_item
                """, now().minusSeconds(1).atOffset(ZoneOffset.UTC)));

        assertThat(row(table.of(SEAT, LEAD), HOUSING)).isEqualTo(before);
        assertThat(row(table.of(HOUSING, OF_HOUSING), HOUSING).figures().waiting())
                .isEqualTo("0");
    }

    @Test
    void the_own_seat_is_exact_and_live() {
        items(SEAT, 3, Duration.ofDays(8));
        UUID taken = items(SEAT, 1, Duration.ofMinutes(1));
        stages.items.move(taken, QueueItem.ItemState.TAKEN_UP, LEAD, "taken", LEAD, null, now().minusSeconds(1));

        Row own = row(table.of(SEAT, LEAD), SEAT);

        assertThat(own.isLive()).isTrue();
        assertThat(own.figures()).isEqualTo(new LeadTablePolicy.Figures("3", "3", "1", "0", 1, 0));
    }

    @Test
    void plans_are_counted_at_the_coordinators_seat_alone() {
        assertThat(table.of(SEAT, LEAD).plans()).isEqualTo(new LeadTable.Plans(0, 0, 0));
        assertThat(table.of(HOUSING, OF_HOUSING).plans()).isNull();
    }

    @Test
    void whoever_is_no_lead_of_the_seat_is_refused() {
        assertThatThrownBy(() -> table.of(SEAT, "medewerker-demo"))
                .isInstanceOfSatisfying(
                        Rejected.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.NOT_ALLOWED));
    }

    @Test
    void a_question_stands_once_until_it_is_done() {
        Standing first = asked.ask(SEAT, LEAD, HOUSING, Reason.WAITS_LONG);
        assertThat(first.isNew()).isTrue();
        assertThat(asked.ask(SEAT, LEAD, HOUSING, Reason.WAITS_LONG)).isEqualTo(new Standing(first.id(), false));
        assertThat(asked.ask(SEAT, LEAD, HOUSING, Reason.CALL_ME).isNew()).isTrue();
        assertThat(asked.of(HOUSING, OF_HOUSING))
                .extracting(AskedAttention.Asked::reason)
                .containsExactly("waits-long", "call-me");

        asked.done(first.id(), HOUSING, OF_HOUSING);

        assertThat(asked.of(HOUSING, OF_HOUSING))
                .extracting(AskedAttention.Asked::reason)
                .containsExactly("call-me");
        assertThat(asked.ask(SEAT, LEAD, HOUSING, Reason.WAITS_LONG).isNew()).isTrue();
    }

    @Test
    void only_a_lead_asks_and_only_the_asked_seat_answers() {
        UUID question = asked.ask(SEAT, LEAD, POLICE, Reason.CALL_ME).id();

        refused(Problem.NOT_ALLOWED, () -> asked.ask(SEAT, "medewerker-demo", POLICE, Reason.CALL_ME));
        refused(Problem.NOT_FOUND, () -> asked.ask(SEAT, LEAD, SEAT, Reason.CALL_ME));
        refused(Problem.NOT_FOUND, () -> asked.seat("vb-noord", "POLICE", "corporatie-demo"));
        refused(Problem.NOT_FOUND, () -> asked.done(question, HOUSING, OF_HOUSING));
        refused(Problem.NOT_ALLOWED, () -> asked.of(SEAT, "medewerker-demo"));
        // the police have no lead there
        assertThat(asked.of(POLICE, "wijkagent-demo")).hasSize(1);
    }

    private static void refused(Problem problem, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(Rejected.class, refused -> assertThat(refused.problem())
                .isEqualTo(problem));
    }

    private static Row row(Table table, Recipient seat) {
        return table.seats().stream()
                .filter(row -> row.seat().recipient().equals(seat))
                .findFirst()
                .orElseThrow();
    }

    private Instant now() {
        return stages.clock.instant();
    }

    /** Items that came so long ago, with a term of five days; the last of them. */
    private UUID items(Recipient seat, int count, Duration ago) {
        UUID last = null;
        for (int i = 0; i < count; i++) {
            last = UUID.randomUUID();
            UUID id = last;
            Instant came = now().minus(ago);
            stages.database.with(h -> h.execute(
                    """
                    insert into queue_item (queue_item_id, team_id, seat, release_id, signal_id, state, priority,
                        created_at, due_at)
                    values (?, ?, ?, ?, ?, 'WAITING', 'NORMAL', ?, ?)
                    """,
                    id,
                    seat.teamId(),
                    seat.seatName(),
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    came.atOffset(ZoneOffset.UTC),
                    came.plus(Duration.ofDays(5)).atOffset(ZoneOffset.UTC)));
        }
        return last;
    }
}
