package nl.wijkhub.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.AgendaItem;
import nl.wijkhub.plan.AgendaState;
import nl.wijkhub.sharing.Recipient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The agenda of an area as each viewer sees it: who finds it, who works on it, and to whom it shows what was done. */
class AgendaWorkTest {
    private static final String BUURT = "BU99990101";
    private static final String WORDS = "Fictief: besproken in het overleg";
    private static final Actor SEAT = actor("fake-seat", "vb-noord", Discipline.MUNICIPALITY);
    private static final Actor POLICE = actor("fake-police", "vb-noord", Discipline.POLICE);

    private AgendaWork agenda;
    private UUID noise;
    private UUID smell;

    @BeforeEach
    void two_items() {
        TestDatabase.empty();
        TestStages stages = new TestStages();
        agenda = stages.parts.casework().agenda;
        for (String category : List.of("nuisance.noise", "nuisance.smell")) {
            stages.send("corporatie-demo", category, "{\"neighbourhood\":{\"buurtCode\":\"" + BUURT + "\"}}");
        }
        noise = itemOf("nuisance.noise");
        smell = itemOf("nuisance.smell");
    }

    @Test
    void what_was_done_and_why_shows_to_the_seat_and_to_nobody_else_not_even_under_another_item() {
        agenda.move(SEAT, BUURT, noise, AgendaState.ON_AGENDA, WORDS);
        AgendaItem linked = agenda.link(SEAT, BUURT, noise, smell, WORDS);

        assertThat(linked.steps()).hasSize(2);
        AgendaItem seen = agenda.see(SEAT, BUURT).items().get(0);
        assertThat(seen.linked()).containsExactly(linked);
        AgendaWork.AgendaView told = agenda.see(POLICE, BUURT);
        assertThat(told.isOfSeat()).isFalse();
        assertThat(told.items()).containsExactly(seen.withoutSteps());
        assertThat(told.items().get(0).linked()).allMatch(item -> item.steps().isEmpty());
        assertThat(told.items().get(0).linked()).extracting(AgendaItem::status).containsExactly(AgendaState.ON_AGENDA);
    }

    @Test
    void to_whom_no_team_is_drawn_for_the_area_there_is_none() {
        Actor south = actor("fake-south", "vb-zuid", Discipline.MUNICIPALITY);

        assertThat(agenda.mayLook(south, BUURT)).isFalse();
        refused(Problem.NOT_FOUND, () -> agenda.see(south, BUURT));
        refused(Problem.NOT_FOUND, () -> agenda.mayWork(south, BUURT));
        refused(Problem.NOT_FOUND, () -> agenda.see(SEAT, "BU00000000"));
    }

    @Test
    void only_people_of_the_seat_work_on_it() {
        Actor system = new Actor(null, SEAT.pairs(), Trace.continuing(null));

        assertThat(agenda.see(system, BUURT).items()).hasSize(2);
        refused(Problem.NOT_ALLOWED, () -> agenda.move(system, BUURT, noise, AgendaState.ON_AGENDA, null));
        refused(Problem.NOT_ALLOWED, () -> agenda.move(POLICE, BUURT, noise, AgendaState.ON_AGENDA, null));
        assertThat(agenda.see(SEAT, BUURT).items())
                .allMatch(item -> item.steps().isEmpty());
    }

    private UUID itemOf(String category) {
        return agenda.see(SEAT, BUURT).items().stream()
                .filter(item -> item.category().equals(category))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Actor actor(String user, String team, Discipline discipline) {
        return new Actor(user, List.of(new Recipient(team, discipline)), Trace.continuing(null));
    }

    private static void refused(Problem problem, Runnable attempt) {
        assertThatThrownBy(attempt::run)
                .isInstanceOf(Rejected.class)
                .extracting(refused -> ((Rejected) refused).problem())
                .isEqualTo(problem);
    }
}
