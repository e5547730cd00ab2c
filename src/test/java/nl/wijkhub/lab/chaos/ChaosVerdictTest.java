package nl.wijkhub.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run of the fault harness saw → exit code and words. */
class ChaosVerdictTest {
    private static final int FLOOR = 50;
    private static final ChaosCount SOUND = new ChaosCount(400, 410, 410, 60, 820, 820, List.of(), List.of());

    @Test
    void enough_kills_with_enough_work_and_nothing_wrong_is_a_proof() {
        ChaosVerdict verdict = verdict(List.of(hub(50, 8), database(70), hub(60, 3)), 50, SOUND);

        assertThat(verdict.exit()).isZero();
        assertThat(verdict.lines())
                .containsExactly(
                        "kills 3 (0 aimed, 1 of the database, 2 with requests in hand), signals acknowledged per kill 60"
                                + " (floor 50), after the last 50",
                        "nothing lost, nothing doubled, nothing shared undecided");
    }

    @Test
    void fewer_signals_per_kill_than_the_floor_are_no_proof() {
        notAProof(
                verdict(List.of(hub(8, 8), hub(49, 8), hub(184, 8)), 50, SOUND),
                "not a proof: 49 signals acknowledged per kill (median of 3), at least 50 are asked");
    }

    @Test
    void one_rich_kill_does_not_make_up_for_a_poor_one() {
        notAProof(
                verdict(List.of(hub(8, 8), hub(9_000, 8)), 50, SOUND),
                "not a proof: 8 signals acknowledged per kill (median of 2), at least 50 are asked");
    }

    @Test
    void a_run_without_a_kill_of_the_hub_is_no_proof() {
        notAProof(
                verdict(List.of(), 8, SOUND),
                "not a proof: no kill of the hub: a kill comes after 50 acknowledged signals, there were 8");
        notAProof(
                verdict(List.of(database(60)), 60, SOUND),
                "not a proof: no kill of the hub: a kill comes after 50 acknowledged signals, there were 60");
    }

    @Test
    void too_little_work_after_the_last_kill_is_no_proof() {
        notAProof(
                verdict(List.of(hub(60, 8)), 49, SOUND),
                "not a proof: 49 signals acknowledged after the last kill, at least 50 are asked");
    }

    @Test
    void signals_that_were_acknowledged_after_the_last_kill_and_not_worked_are_no_proof() {
        ChaosCount idle = new ChaosCount(400, 400, 400, 0, 800, 800, List.of(), List.of());

        notAProof(verdict(List.of(hub(60, 8)), 50, idle), "not a proof: no signal was worked after the last kill");
    }

    @Test
    void kills_that_met_no_request_are_no_proof() {
        notAProof(verdict(List.of(hub(60, 0), hub(60, 0)), 50, SOUND), "not a proof: no kill met a request in hand");
    }

    @Test
    void what_went_wrong_with_the_run_is_told() {
        ChaosFigures figures = new ChaosFigures(
                FLOOR,
                null,
                List.of(hub(60, 8)),
                0,
                null,
                List.of(),
                List.of("after kill 1: the hub did not become ready; see its log"));

        ChaosVerdict verdict = ChaosVerdict.of(figures);

        assertThat(verdict.exit()).isEqualTo(2);
        assertThat(verdict.lines())
                .contains(
                        "not a proof: after kill 1: the hub did not become ready; see its log",
                        "not a proof: nothing was counted");
    }

    @Test
    void a_count_that_read_too_little_is_no_proof() {
        ChaosCount unread = new ChaosCount(
                400, 400, 400, 60, 800, 0, List.of(), List.of("0 of 800 messages on the team queues could be read"));

        notAProof(
                verdict(List.of(hub(60, 8)), 50, unread),
                "not a proof: 0 of 800 messages on the team queues could be read");
    }

    @Test
    void a_fault_counts_however_little_happened() {
        ChaosCount lost = new ChaosCount(8, 7, 7, 0, 7, 7, List.of("1 acknowledged, not in the database"), List.of());

        ChaosVerdict verdict = verdict(List.of(), 8, lost);

        assertThat(verdict.exit()).isEqualTo(1);
        assertThat(verdict.lines()).contains("FAULT: 1 acknowledged, not in the database", "NOT SOUND");
        assertThat(verdict.lines()).noneMatch(line -> line.contains("not a proof"));
        assertThat(verdict.lines()).anyMatch(line -> line.startsWith("besides: no kill of the hub"));
    }

    @Test
    void what_a_sender_saw_that_may_never_be_is_a_fault() {
        ChaosFigures figures = new ChaosFigures(
                FLOOR, null, List.of(hub(60, 8)), 60, SOUND, List.of("one reference, two ids"), List.of());

        assertThat(ChaosVerdict.of(figures).exit()).isEqualTo(1);
        assertThat(ChaosVerdict.of(figures).lines()).contains("FAULT: one reference, two ids");
    }

    @Test
    void a_planted_fault_that_is_not_found_is_no_proof() {
        ChaosFigures random =
                new ChaosFigures(FLOOR, "send-before-commit", List.of(hub(60, 8)), 60, SOUND, List.of(), List.of());

        notAProof(
                ChaosVerdict.of(random),
                "not a proof: no kill met the step of send-before-commit",
                "not a proof: send-before-commit was planted and not found");
    }

    @Test
    void a_planted_fault_that_is_found_is_a_fault() {
        ChaosCount doubled = new ChaosCount(
                400, 400, 400, 60, 800, 864, List.of("64 signals stand on a team queue more than once"), List.of());
        ChaosFigures aimed = new ChaosFigures(
                FLOOR,
                "send-before-commit",
                List.of(new ChaosKill(ChaosKill.Victim.HUB, true, 60, 8)),
                60,
                doubled,
                List.of(),
                List.of());

        assertThat(ChaosVerdict.of(aimed).exit()).isEqualTo(1);
        assertThat(ChaosVerdict.of(aimed).lines().get(0)).startsWith("kills 1 (1 aimed,");
    }

    private static void notAProof(ChaosVerdict verdict, String... why) {
        assertThat(verdict.exit()).isEqualTo(2);
        assertThat(verdict.lines().stream().filter(line -> line.startsWith("not a proof")))
                .containsExactly(why);
        assertThat(verdict.lines()).noneMatch(line -> line.contains("nothing lost"));
    }

    private static ChaosVerdict verdict(List<ChaosKill> kills, int sinceLast, ChaosCount count) {
        return ChaosVerdict.of(new ChaosFigures(FLOOR, null, kills, sinceLast, count, List.of(), List.of()));
    }

    private static ChaosKill hub(int acknowledged, int inHand) {
        return new ChaosKill(ChaosKill.Victim.HUB, false, acknowledged, inHand);
    }

    private static ChaosKill database(int acknowledged) {
        return new ChaosKill(ChaosKill.Victim.DATABASE, false, acknowledged, 0);
    }
}
