package nl.wijkhub.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.FaultTexts;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.AreaAgenda.Scope;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Disclosure;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.team.FeedbackStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The agenda of a neighbourhood on a real database, as each pair sees it. */
class AreaAgendaTest {
    private static final Scope BUURT = new Scope("BU99990101", Set.of());
    private static final Scope WIJK = new Scope("WK999901", Set.of("vb-noord"));
    private static final Recipient MUNICIPALITY = new Recipient("vb-noord", Discipline.MUNICIPALITY);
    private static final Recipient POLICE = new Recipient("vb-noord", Discipline.POLICE);
    private static final Recipient CARE = new Recipient("vb-noord", Discipline.CARE);
    private static final List<String> SUMMARY =
            List.of("area", "category", "experiencedImpact", "reportedAt", "senderDiscipline");
    private static final List<String> WITH_POLICE_DATA =
            List.of("area", "category", "experiencedImpact", "knownToPolice", "senderDiscipline");
    private static final String REASON = "Fictief: besproken in het overleg";

    /** A clock that goes on by a minute each time it is asked. */
    private static final class Minutes extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public synchronized Instant instant() {
            now = now.plus(Duration.ofMinutes(1));
            return now;
        }
    }

    private final Database database = TestDatabase.store();
    private final AreaAgenda agenda = new AreaAgenda(
            new AreaAgendaStore(database, TestVault.vault()),
            new AgendaStepStore(database, TestVault.vault()),
            new FeedbackStore(database),
            TestVault.vault(),
            new Minutes());

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void signals_about_one_area_and_category_are_one_item_and_each_pair_counts_what_it_sees() {
        attach(
                aSignal(Discipline.RESIDENT, 4, null, SUMMARY, MUNICIPALITY, POLICE, CARE),
                aSignal(Discipline.RESIDENT, 2, null, SUMMARY, MUNICIPALITY, POLICE, CARE));
        attach(aSignal(Discipline.HOUSING, 5, null, SUMMARY, MUNICIPALITY, POLICE));
        attach(aSignal(Discipline.HOUSING, null, null, SUMMARY, MUNICIPALITY));

        AgendaItem all = only(MUNICIPALITY);
        assertThat(all.recordedCount()).isEqualTo(4);
        assertThat(all.experiencedImpact()).isEqualTo(Map.of(1, 0, 2, 1, 3, 0, 4, 1, 5, 1));
        assertThat(all.senders()).isEqualTo(Map.of(Discipline.HOUSING, 2, Discipline.RESIDENT, 2));
        assertThat(all.status()).isEqualTo(AgendaState.RAISED);
        assertThat(only(POLICE).recordedCount()).isEqualTo(3);
        assertThat(only(CARE).recordedCount()).isEqualTo(2);
        assertThat(only(CARE).senders()).isEqualTo(Map.of(Discipline.RESIDENT, 2));
        assertThat(see(WIJK, new Recipient("vb-zuid", Discipline.MUNICIPALITY))).isEmpty();
        assertThat(see(new Scope("WK999902", Set.of()), MUNICIPALITY)).isEmpty();
        assertThat(see(new Scope("GM9999", Set.of()), MUNICIPALITY)).hasSize(1);
    }

    @Test
    void what_the_police_do_not_know_of_counts_where_it_passes_and_nowhere_else() {
        attach(
                aSignal(Discipline.POLICE, 4, false, WITH_POLICE_DATA, MUNICIPALITY),
                aSignal(Discipline.POLICE, 2, false, WITH_POLICE_DATA, MUNICIPALITY),
                aSignal(Discipline.POLICE, 5, true, WITH_POLICE_DATA, MUNICIPALITY),
                aSignal(Discipline.RESIDENT, 5, false, SUMMARY, MUNICIPALITY, CARE));

        assertThat(only(MUNICIPALITY).knownToPolice()).isEqualTo(new AgendaItem.KnownToPolice(1, 2, 1));
        assertThat(only(MUNICIPALITY).gap()).isEqualTo(1);
        assertThat(only(CARE).knownToPolice()).isEqualTo(new AgendaItem.KnownToPolice(0, 0, 1));
        assertThat(only(CARE).gap()).isZero();
    }

    @Test
    void what_is_not_released_to_somebody_moves_nothing_of_what_that_one_sees() {
        attach(aSignal(Discipline.RESIDENT, 3, null, SUMMARY, CARE));
        AgendaItem alone = only(CARE);
        TestDatabase.empty();

        attach(aSignal(Discipline.POLICE, 5, false, WITH_POLICE_DATA, MUNICIPALITY));
        agenda.move(only(MUNICIPALITY).id(), BUURT, List.of(MUNICIPALITY), AgendaState.ON_AGENDA, "fake-user", null);
        attach(aSignal(Discipline.RESIDENT, 3, null, SUMMARY, CARE, MUNICIPALITY));
        AgendaItem after = only(CARE);

        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("id", "statusSince")
                .isEqualTo(alone);
        assertThat(after.status()).isEqualTo(AgendaState.RAISED);
        assertThat(after.statusSince()).isAfter(only(MUNICIPALITY).statusSince());
        assertThat(only(MUNICIPALITY).status()).isEqualTo(AgendaState.ON_AGENDA);

        agenda.move(after.id(), BUURT, List.of(MUNICIPALITY), AgendaState.PICKED_UP, "fake-user", null);
        assertThat(only(CARE).status()).isEqualTo(AgendaState.PICKED_UP);
        assertThat(only(CARE).steps()).hasSize(1);
    }

    @Test
    void who_may_not_see_the_area_or_the_category_has_no_item_and_another_word_is_another_item() {
        DecidedSignal notice = aSignal(Discipline.POLICE, 3, null, List.of("contact"), CARE);
        DecidedSignal other = with(notice, release(notice, MUNICIPALITY, SUMMARY, "safety.police-contact"));
        attach(other);

        assertThat(see(BUURT, CARE)).isEmpty();
        assertThat(only(MUNICIPALITY).category()).isEqualTo("safety.police-contact");
    }

    @Test
    void what_was_recalled_counts_no_more_and_the_signal_stays() {
        DecidedSignal first = aSignal(Discipline.RESIDENT, 4, null, SUMMARY, MUNICIPALITY, CARE);
        attach(first, aSignal(Discipline.RESIDENT, 4, null, SUMMARY, MUNICIPALITY));

        agenda.takeBack(first.releases());

        assertThat(only(MUNICIPALITY).recordedCount()).isEqualTo(1);
        assertThat(see(BUURT, CARE)).isEmpty();
        assertThat(count("select count(*) from agenda_signal")).isEqualTo(2);
    }

    @Test
    void a_subject_goes_its_way_step_by_step_and_no_other() {
        attach(aSignal(Discipline.RESIDENT, 4, null, SUMMARY, MUNICIPALITY));
        UUID id = only(MUNICIPALITY).id();

        assertThatThrownBy(() -> move(id, AgendaState.DONE)).satisfies(failure -> {
            assertThat(((Rejected) failure).problem()).isEqualTo(Problem.STATE_CONFLICT);
            assertThat(((Rejected) failure).faults())
                    .extracting(FaultTexts.DUTCH::of)
                    .containsExactly("Van raised kan dit naar on-agenda of declined.");
        });
        move(id, AgendaState.ON_AGENDA);
        // again is the same
        move(id, AgendaState.ON_AGENDA);
        move(id, AgendaState.PICKED_UP);
        move(id, AgendaState.DONE);
        assertThatThrownBy(() -> move(id, AgendaState.ON_AGENDA)).isInstanceOf(Rejected.class);
        assertThat(only(MUNICIPALITY).steps())
                .extracting(AgendaItem.AgendaEvent::kind)
                .containsExactly("on-agenda", "picked-up", "done");
        assertThat(only(MUNICIPALITY).steps())
                .extracting(AgendaItem.AgendaEvent::reason)
                .containsOnly(REASON);
        assertThat(count("select count(*) from agenda_step where position('Fictief'::bytea in reason_sealed) > 0"))
                .isZero();
    }

    @Test
    void a_new_signal_after_the_end_opens_a_new_item_that_names_the_former() {
        attach(aSignal(Discipline.RESIDENT, 4, null, SUMMARY, MUNICIPALITY));
        UUID former = only(MUNICIPALITY).id();
        move(former, AgendaState.DECLINED);

        attach(aSignal(Discipline.RESIDENT, 4, null, SUMMARY, MUNICIPALITY, CARE));

        List<AgendaItem> items = see(BUURT, MUNICIPALITY);
        assertThat(items).extracting(AgendaItem::status).containsExactly(AgendaState.RAISED, AgendaState.DECLINED);
        assertThat(items.get(0).follows()).isEqualTo(former);
        assertThat(items.get(0).recordedCount()).isEqualTo(1);
        // who did not see the former is not told of it
        assertThat(only(CARE).follows()).isNull();
    }

    @Test
    void duplicates_are_linked_and_stay_and_a_link_can_be_undone() {
        attach(
                aSignal(Discipline.RESIDENT, 4, null, SUMMARY, MUNICIPALITY, CARE),
                about(new CaseSignal.Neighbourhood("BU99990102", null), MUNICIPALITY, CARE));
        UUID one = only(MUNICIPALITY).id();
        UUID other = see(new Scope("BU99990102", Set.of()), MUNICIPALITY).get(0).id();

        agenda.link(one, other, WIJK, List.of(MUNICIPALITY), "fake-user", REASON);
        AgendaItem shown = see(WIJK, MUNICIPALITY).get(0);
        assertThat(see(WIJK, MUNICIPALITY)).hasSize(1);
        assertThat(shown.id()).isEqualTo(other);
        assertThat(shown.recordedCount()).isEqualTo(1);
        assertThat(shown.linked()).extracting(AgendaItem::id).containsExactly(one);
        assertThat(only(MUNICIPALITY).linkedTo()).isEqualTo(other);
        attach(aSignal(Discipline.RESIDENT, 4, null, SUMMARY, MUNICIPALITY));
        assertThat(only(MUNICIPALITY).recordedCount()).isEqualTo(2);

        assertThatThrownBy(() -> agenda.link(other, one, WIJK, List.of(MUNICIPALITY), "fake-user", REASON))
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> agenda.link(one, one, WIJK, List.of(MUNICIPALITY), "fake-user", REASON))
                .isInstanceOf(Rejected.class);
        agenda.unlink(one, WIJK, List.of(MUNICIPALITY), "fake-user", REASON);
        assertThat(see(WIJK, MUNICIPALITY)).hasSize(2);
        assertThatThrownBy(() -> agenda.unlink(one, WIJK, List.of(MUNICIPALITY), "fake-user", REASON))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void what_one_may_not_see_or_lies_elsewhere_is_not_found() {
        attach(aSignal(Discipline.RESIDENT, 4, null, SUMMARY, CARE));
        UUID id = only(CARE).id();

        for (Recipient pair : List.of(MUNICIPALITY, new Recipient("vb-zuid", Discipline.MUNICIPALITY))) {
            assertThatThrownBy(() -> agenda.move(id, BUURT, List.of(pair), AgendaState.ON_AGENDA, "fake-user", null))
                    .satisfies(failure ->
                            assertThat(((Rejected) failure).problem()).isEqualTo(Problem.NOT_FOUND));
        }
        assertThatThrownBy(() -> agenda.move(
                        id, new Scope("BU99990102", Set.of()), List.of(CARE), AgendaState.ON_AGENDA, "fake-user", null))
                .satisfies(failure -> assertThat(((Rejected) failure).problem()).isEqualTo(Problem.NOT_FOUND));
    }

    @Test
    void a_place_in_words_stands_with_its_team_whatever_the_spelling_and_is_sealed() {
        attach(about(new CaseSignal.Neighbourhood(null, "Voorbeeldlaan, Voorbeeldstad"), MUNICIPALITY));
        attach(about(new CaseSignal.Neighbourhood(null, " voorbeeldlaan,  VOORBEELDSTAD"), MUNICIPALITY));

        AgendaItem item = see(WIJK, MUNICIPALITY).get(0);
        assertThat(item.place()).isEqualTo("Voorbeeldlaan, Voorbeeldstad");
        assertThat(item.area()).isNull();
        assertThat(item.recordedCount()).isEqualTo(2);
        assertThat(see(BUURT, MUNICIPALITY)).isEmpty();
        assertThat(count("select count(*) from agenda_item where position('oorbeeldlaan'::bytea in place_sealed) > 0"))
                .isZero();
    }

    @Test
    void batches_at_once_make_one_item() throws Exception {
        ExecutorService all = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Object>> batches = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                DecidedSignal here = aSignal(Discipline.RESIDENT, 4, null, SUMMARY, MUNICIPALITY);
                DecidedSignal there = about(new CaseSignal.Neighbourhood("BU99990102", null), MUNICIPALITY);
                boolean isTurned = i % 2 == 0;
                batches.add(() -> {
                    attach(isTurned ? there : here, isTurned ? here : there);
                    return null;
                });
            }
            for (Future<Object> one : all.invokeAll(batches)) {
                one.get();
            }
        } finally {
            all.shutdownNow();
        }

        assertThat(see(WIJK, MUNICIPALITY))
                .extracting(AgendaItem::recordedCount)
                .containsExactly(16, 16);
    }

    private void attach(DecidedSignal... batch) {
        database.inTransaction(() -> {
            agenda.attach(List.of(batch));
            return null;
        });
    }

    private void move(UUID id, AgendaState to) {
        agenda.move(id, BUURT, List.of(MUNICIPALITY), to, "fake-user", REASON);
    }

    private List<AgendaItem> see(Scope scope, Recipient pair) {
        return agenda.see(scope, List.of(pair));
    }

    private AgendaItem only(Recipient pair) {
        List<AgendaItem> items = see(BUURT, pair);
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private long count(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private DecidedSignal aSignal(
            Discipline from, Integer impact, Boolean known, List<String> fields, Recipient... released) {
        return decided(new CaseSignal.Neighbourhood("BU99990101", null), from, impact, known, fields, released);
    }

    private DecidedSignal about(CaseSignal.Neighbourhood area, Recipient... released) {
        return decided(area, Discipline.RESIDENT, 3, null, SUMMARY, released);
    }

    private DecidedSignal decided(
            CaseSignal.Neighbourhood area,
            Discipline from,
            Integer impact,
            Boolean known,
            List<String> fields,
            Recipient... released) {
        UUID id = Identifier.next();
        store(id, from);
        OffsetDateTime at = OffsetDateTime.parse("2026-11-21T10:00:00Z");
        CaseSignal signal = CaseSignal.builder()
                .reference("fake-" + id)
                .occurredAt(at)
                .reportedAt(at)
                .about(area)
                .category("nuisance.noise")
                .severity(Severity.LOW)
                .knownToPolice(known)
                .experiencedImpact(impact)
                .ground("AVG-6-1-e")
                .build();
        AcceptedSignal accepted = new AcceptedSignal(
                id, "fake-partner", from, at.toInstant(), Set.of(DataClass.N), null, Trace.continuing(null), signal);
        DecidedSignal bare = new DecidedSignal(
                new MatchedSignal(accepted, null, signal.subject(), null, List.of(), List.of()), List.of(), List.of());
        List<Release> releases = new ArrayList<>();
        for (Recipient pair : released) {
            releases.add(release(bare, pair, fields, null));
        }
        return new DecidedSignal(bare.matched(), releases, List.of());
    }

    private static DecidedSignal with(DecidedSignal decided, Release more) {
        List<Release> releases = new ArrayList<>(decided.releases());
        releases.add(more);
        return new DecidedSignal(decided.matched(), releases, List.of());
    }

    private static Release release(DecidedSignal decided, Recipient pair, List<String> fields, String shownAs) {
        Decision decision = Decision.builder()
                .disclosure(fields.contains("area") ? Disclosure.SUMMARY : Disclosure.NOTICE)
                .ruleId("row-30")
                .ground("PUBLIC-TASK")
                .policyVersion("fake/1")
                .fields(fields)
                .reasons(List.of("permitted"))
                .shownAs(shownAs)
                .purpose("household-help")
                .build();
        return new Release(
                Identifier.next(), decided.signalId(), null, pair, decision, Instant.parse("2026-11-21T11:00:00Z"));
    }

    private void store(UUID id, Discipline from) {
        database.with(h -> h.createUpdate("""
                        insert into signal (signal_id, partner_id, discipline, reference_key, content_key, category,
                            severity, data_class, group_key, trace_id, span_id, accepted_at, body_sealed)
                        values (:id, 'fake-partner', :discipline, :key, :key, 'nuisance.noise', 'low', '{N}', 'g', 't',
                            's', now(), :key)
                        """)
                .bind("id", id)
                .bind("discipline", from.name())
                .bind("key", id.toString().getBytes(StandardCharsets.UTF_8))
                .execute());
    }
}
