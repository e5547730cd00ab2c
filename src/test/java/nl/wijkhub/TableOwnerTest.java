package nl.wijkhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import nl.wijkhub.StoreStatements.Statement;
import org.junit.jupiter.api.Test;

/** A table is written by the stores of one package. Others read it only where it is listed here, with the reason. */
class TableOwnerTest {
    /** The packages from left to right; a room that is not named here stands above all of them. */
    private static final List<String> LADDER = List.of(
            "kernel",
            "audit",
            "signal",
            "household",
            "sharing",
            "plan",
            "escalation",
            "team",
            "referral",
            "casework",
            "subscription");

    private static final Map<String, String> OWNER = new HashMap<>();

    static {
        owns("kernel", "key_check pulse");
        owns("audit", "audit_batch audit_export audit_seal decision_facts decision_log decision_set processing_log");
        owns("audit", "timeline timeline_step");
        owns("signal", "in_hand partner_traffic quarantine quarantine_part receipt signal");
        owns("household", "collective_address household household_alias household_change household_change_moved");
        owns("household", "household_match housing_register housing_unit person unit_conflict");
        owns("sharing", "agreement break_glass consent consent_subject consultation consultation_answer duty hold");
        owns(
                "sharing",
                "decided_release decision_words narrative_class objection objection_person objection_subject recall release withdrawal");
        owns("plan", "agenda_item agenda_signal agenda_signal_seen agenda_step area_rollup area_rollup_period plan");
        owns("plan", "plan_agreement plan_event plan_goal plan_participant plan_position plan_reference plan_score");
        owns("plan", "plan_signal plan_signal_seen plan_tally plan_weighing");
        owns("escalation", "escalation escalation_answer escalation_event escalation_look household_change_step");
        owns("team", "board_visit delivery feedback queue_event queue_item queue_item_step seat");
        owns("casework", "attention attention_asked handover");
        owns("subscription", "notification subscription");
        owns("web", "board_session");
    }

    /** Written by earlier releases; read, and written no more. */
    private static final Set<String> OF_BEFORE = Set.of("decision_facts", "decision_log", "timeline");

    /** Shown from other tables. */
    private static final Set<String> VIEWS = Set.of("decided_release");

    /** Each connection has a temporary one of its own; the schema does not know it. */
    private static final Set<String> OF_A_CONNECTION = Set.of("probe_room");

    /** Reads of what stands further to the left: {@code table by package}, and the reason. */
    private static final Map<String, String> READS = new TreeMap<>();

    static {
        reads("household", "signal", "which signals count for a household is asked where they came in");
        reads("sharing", "signal", "which releases stand for a household is known by its signals");
        reads(
                "sharing",
                "decision_facts decision_log decision_set",
                "a decision is checked again with the facts that were logged");
        reads(
                "plan",
                "signal withdrawal",
                "a quarter counts what was worked and not withdrawn; a split what is in no plan");
        reads("plan", "household", "a quarter is counted per household, and by where it lives");
        reads("plan", "household_change household_change_moved", "plans follow what was merged, moved or split");
        reads("plan", "household_match", "a seat sees only doubts about plans of its own, in one statement");
        reads("plan", "decided_release recall", "a seat sees of a doubt only what a release that stands tells it");
        reads(
                "escalation",
                "plan plan_signal plan_signal_seen",
                "a ladder counts what each recipient sees of this life of a plan");
        reads("escalation", "signal", "severity and category are with the signal alone");
        reads(
                "escalation",
                "decided_release recall",
                "severity and category count only where a release that stands lets them pass");
        reads(
                "escalation",
                "consultation withdrawal",
                "a step that waits for care goes on when nothing waits any more");
        reads("team", "signal", "feedback goes to the sender of a signal, in one insert for many");
        reads(
                "team",
                "plan_signal plan_signal_seen",
                "senders hear that a plan was taken up or closed with signals its seat sees");
        reads("team", "recall", "an item whose release was recalled is nobody's, in every list and lock");
        reads("team", "release", "the item of a signal is found by its release");
        reads("team", "withdrawal", "a sender is not told of what it withdrew");
        reads(
                "casework",
                "plan plan_agreement plan_participant plan_signal plan_signal_seen",
                "what is late or done by nobody in a plan");
        reads("casework", "plan_event plan_position plan_weighing", "attention looks for who was not heard of");
        reads("casework", "consultation escalation", "attention looks for what nobody answers");
        reads("casework", "escalation_look", "a plan that was just looked at waits for its turn");
        reads("casework", "queue_item recall", "items past their term, without those that are nobody's");
        reads(
                "casework",
                "queue_item_step escalation_event",
                "a lead is told how a seat stood, from what was done there");
        reads("subscription", "escalation escalation_event plan", "steps that nobody was told of, with where they lie");
        reads("subscription", "consultation feedback", "questions and feedback that nobody was told of");
        reads("subscription", "delivery quarantine signal", "one look at what is stuck, wherever it is");
    }

    /** Reads of what stands further to the right: each turns the ladder round, and wants a reason of its own. */
    private static final Map<String, String> READS_TO_THE_RIGHT = new TreeMap<>();

    static {
        toTheRight(
                "audit",
                "decided_release",
                "a logged decision is not written twice: its words are those of the release");
        toTheRight(
                "household", "decided_release recall", "a doubt is shown by a signal of which a seat may still know");
    }

    private static final List<Statement> RUN = StoreStatements.OF_THE_HUB.run;

    @Test
    void every_table_has_an_owner() throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (var connection = TestDatabase.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select table_name from information_schema.tables
                        where table_schema = 'public' and table_name <> 'flyway_schema_history'
                        """)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertThat(new TreeSet<>(OWNER.keySet()))
                .as("the tables of the schema: give each the package whose stores write it")
                .isEqualTo(tables);
    }

    @Test
    void stores_name_only_tables_of_the_schema() {
        Set<String> unknown = new TreeSet<>();
        for (Statement one : RUN) {
            TableUse use = TableUse.of(one.sql());
            unknown.addAll(use.written());
            unknown.addAll(use.read());
        }
        unknown.removeAll(OWNER.keySet());
        assertThat(unknown).as("tables that nobody owns").isEqualTo(OF_A_CONNECTION);
    }

    @Test
    void a_table_is_written_by_its_owner_alone() {
        List<String> foreign = new ArrayList<>();
        Set<String> written = new TreeSet<>();
        for (Statement one : RUN) {
            for (String table : TableUse.of(one.sql()).written()) {
                written.add(table);
                String owner = OWNER.getOrDefault(table, one.room());
                if (!owner.equals(one.room())) {
                    foreign.add(one.name() + " writes " + table + ", which is of " + owner);
                }
            }
        }
        assertThat(foreign)
                .as("foreign writes: let a store of the owner write, and call it")
                .isEmpty();
        assertThat(OWNER.keySet().stream().filter(table -> !written.contains(table) && !VIEWS.contains(table)))
                .as("tables that are not written any more")
                .containsExactlyInAnyOrderElementsOf(OF_BEFORE);
    }

    @Test
    void a_table_is_read_by_others_only_where_it_is_listed() {
        Map<String, String> listed = new TreeMap<>(READS);
        listed.putAll(READS_TO_THE_RIGHT);
        Map<String, Set<String>> found = new TreeMap<>();
        for (Statement one : RUN) {
            for (String table : TableUse.of(one.sql()).read()) {
                if (!OWNER.getOrDefault(table, one.room()).equals(one.room())) {
                    found.computeIfAbsent(read(table, one.room()), read -> new TreeSet<>())
                            .add(one.name());
                }
            }
        }
        Map<String, Set<String>> unlisted = new TreeMap<>(found);
        unlisted.keySet().removeAll(listed.keySet());
        assertThat(unlisted)
                .as("reads across packages: ask the owner, or list them with the reason")
                .isEmpty();
        listed.keySet().removeAll(found.keySet());
        assertThat(listed).as("listed, and not read any more").isEmpty();
    }

    @Test
    void what_reads_to_the_right_is_listed_apart() {
        assertThat(READS.keySet())
                .filteredOn(TableOwnerTest::isToTheRight)
                .as("to the right, and listed with those to the left")
                .isEmpty();
        assertThat(READS_TO_THE_RIGHT.keySet())
                .filteredOn(read -> !isToTheRight(read))
                .as("to the left, and listed with those to the right")
                .isEmpty();
    }

    private static boolean isToTheRight(String read) {
        String[] parts = read.split(" by ");
        return height(OWNER.getOrDefault(parts[0], parts[1])) > height(parts[1]);
    }

    private static int height(String room) {
        int height = LADDER.indexOf(room);
        return height < 0 ? LADDER.size() : height;
    }

    private static String read(String table, String room) {
        return table + " by " + room;
    }

    private static void owns(String room, String tables) {
        for (String table : tables.split(" ")) {
            put(OWNER, table, room);
        }
    }

    private static void reads(String room, String tables, String reason) {
        for (String table : tables.split(" ")) {
            put(READS, read(table, room), reason);
        }
    }

    private static void toTheRight(String room, String tables, String reason) {
        for (String table : tables.split(" ")) {
            put(READS_TO_THE_RIGHT, read(table, room), reason);
        }
    }

    private static void put(Map<String, String> map, String key, String value) {
        if (map.put(key, value) != null) {
            throw new IllegalStateException(key + " is listed twice");
        }
    }
}
