package nl.wijkhub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom. The arrays are the house: a package sees those to its left, never those to its right. */
class LadderTest {
    private static final String[] LADDER = {
        "kernel", "audit", "signal", "household", "sharing", "plan", "escalation", "team", "casework", "subscription"
    };

    /** Rooms of web: every other sees the first, and none of the others. */
    private static final String[] WEB = {"http", "api", "fhir", "contract", "board"};

    /** Rooms of app, from the wire inwards to the command line. */
    private static final String[] APP = {"broker", "batch", "inbox", "outbound", "door", "wiring", "command"};

    /** Rooms of the lab: all that needs an embedded server or invents data. */
    private static final String[] LAB = {"embedded", "demo", "chaos", "bench"};

    /** What a partner's room may see of the house. */
    private static final String[] FOR_PARTNERS = {"kernel", "signal", "household", "sharing", "subscription"};

    private static final JavaClasses HOUSE = House.CLASSES;

    @Test
    void a_package_imports_only_what_stands_to_its_left() {
        for (int i = 0; i < LADDER.length; i++) {
            List<String> forbidden = new ArrayList<>(
                    List.of("nl.wijkhub.partner..", "nl.wijkhub.web..", "nl.wijkhub.app..", "nl.wijkhub.lab.."));
            for (int j = i + 1; j < LADDER.length; j++) {
                forbidden.add("nl.wijkhub." + LADDER[j] + "..");
            }
            none("nl.wijkhub." + LADDER[i] + "..", forbidden);
        }
    }

    @Test
    void the_rooms_of_web_see_http_and_never_each_other() {
        assertThat(across("nl.wijkhub.web.", WEB, (from, to) -> to > 0)).isEmpty();
    }

    @Test
    void the_rooms_of_app_see_those_to_their_left() {
        assertThat(across("nl.wijkhub.app.", APP, (from, to) -> to > from)).isEmpty();
    }

    @Test
    void the_rooms_of_the_lab_see_those_to_their_left() {
        assertThat(across("nl.wijkhub.lab.", LAB, (from, to) -> to > from)).isEmpty();
    }

    /** A page shows records: JSON is one of three ways to say the same, and none of them asks another. */
    @Test
    void no_page_reads_json() {
        noClasses()
                .that()
                .resideInAPackage("nl.wijkhub.web.board..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .check(HOUSE);
    }

    @Test
    void every_class_has_a_room_and_every_room_its_row() {
        Set<String> rows = new TreeSet<>();
        for (String room : LADDER) {
            rows.add(room);
        }
        for (String room : WEB) {
            rows.add("web." + room);
        }
        for (String room : APP) {
            rows.add("app." + room);
        }
        for (String room : LAB) {
            rows.add("lab." + room);
        }
        Set<String> stand = new TreeSet<>();
        HOUSE.stream()
                .filter(c -> !List.of("nl.wijkhub.app.Main", "nl.wijkhub.lab.LabMain")
                        .contains(c.getName()))
                .map(c -> c.getPackageName().substring("nl.wijkhub".length()).replaceFirst("^\\.", ""))
                .filter(room -> !room.startsWith("partner."))
                .map(room -> room.replaceFirst("\\.fhir$", room.startsWith("web") ? ".fhir" : ""))
                .forEach(stand::add);
        assertThat(stand).isEqualTo(rows);
    }

    @Test
    void nobody_imports_what_stands_on_top() {
        none("nl.wijkhub.web..", List.of("nl.wijkhub.app..", "nl.wijkhub.lab..", "nl.wijkhub.partner.."));
        none("nl.wijkhub.app..", List.of("nl.wijkhub.lab.."));
        noClasses()
                .that()
                .resideInAPackage("nl.wijkhub..")
                .and()
                .resideOutsideOfPackage("nl.wijkhub.lab..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("nl.wijkhub.app.Main")
                .allowEmptyShould(true)
                .check(House.CLASSES.that(DescribedPredicate.describe(
                        "are not Main", c -> !c.getName().startsWith("nl.wijkhub.app.Main"))));
    }

    @ParameterizedTest
    @MethodSource("partners")
    void a_partner_sees_what_partners_may_see_and_no_other_partner(String partner) {
        classes()
                .that()
                .resideInAPackage("nl.wijkhub.partner." + partner + "..")
                .should()
                .onlyDependOnClassesThat(
                        new DescribedPredicate<>("stand outside the house, in the same room or are for partners") {
                            @Override
                            public boolean test(JavaClass target) {
                                String room = target.getPackageName();
                                return !room.startsWith("nl.wijkhub.")
                                        || room.startsWith("nl.wijkhub.partner." + partner)
                                        || Arrays.stream(FOR_PARTNERS)
                                                .anyMatch(open -> room.startsWith("nl.wijkhub." + open));
                            }
                        })
                .check(HOUSE);
    }

    private static Set<String> partners() {
        return HOUSE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("nl.wijkhub.partner."))
                .map(name -> name.split("\\.")[3])
                .collect(Collectors.toSet());
    }

    /** A partner is a folder: its route file names its classes, and no class of ours does. */
    @Test
    void nobody_names_the_classes_of_a_partner() {
        noClasses()
                .that()
                .resideOutsideOfPackage("nl.wijkhub.partner..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("nl.wijkhub.partner..")
                .check(HOUSE);
    }

    @Test
    void camel_and_the_broker_stay_in_app_and_lab() {
        only(List.of("nl.wijkhub.app..", "nl.wijkhub.lab.."), "org.apache.camel..", "org.apache.activemq..");
    }

    @Test
    void vertx_stays_in_web_app_and_lab() {
        only(List.of("nl.wijkhub.web..", "nl.wijkhub.app..", "nl.wijkhub.lab.."), "io.vertx..");
    }

    /** Servers that run inside a process are the lab's: the hub has clients of them. */
    @Test
    void embedded_servers_stay_in_the_lab() {
        only(
                List.of("nl.wijkhub.lab.."),
                "org.apache.activemq.artemis.core.server..",
                "org.apache.activemq.artemis.core.config..",
                "org.apache.activemq.artemis.spi.core.security..",
                "no.nav..",
                "org.apache.commons.compress..",
                "org.tukaani..");
    }

    @Test
    void sql_stays_in_stores() {
        noClasses()
                .that()
                .resideOutsideOfPackages("nl.wijkhub.app..", "nl.wijkhub.lab..")
                .and()
                .haveSimpleNameNotEndingWith("Store")
                .and(DescribedPredicate.describe(
                        "are no part of a store",
                        c -> !c.getName().contains("Store$") && !c.getName().startsWith("nl.wijkhub.kernel.Database")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..")
                .check(HOUSE);
    }

    @Test
    void fhir_stays_in_its_rooms() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "nl.wijkhub.partner..",
                        "nl.wijkhub.sharing.fhir..",
                        "nl.wijkhub.plan.fhir..",
                        "nl.wijkhub.subscription.fhir..",
                        "nl.wijkhub.web.fhir..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ca.uhn.fhir..", "org.hl7.fhir..")
                .check(HOUSE);
    }

    @Test
    void names_say_what_a_class_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Service|Manager|Helper|Utils?|Impl|Common)$")
                .check(HOUSE);
    }

    /** More than this and nobody reads it: what belongs together becomes a record, or a part of its own. */
    @Test
    void no_constructor_outside_records_takes_more_than_eight() {
        assertThat(HOUSE.stream()
                        .filter(type -> !type.isRecord() && !type.isEnum() && !type.isAnonymousClass())
                        .flatMap(type -> type.getConstructors().stream())
                        .filter(made -> made.getRawParameterTypes().size() > 8)
                        .map(JavaConstructor::getFullName))
                .isEmpty();
    }

    /** Two values that change places are not seen in so long a row. */
    @Test
    void a_record_of_more_than_ten_fields_is_made_by_its_builder_alone() {
        assertThat(HOUSE.stream()
                        .filter(type -> type.isRecord()
                                && type.reflect().getRecordComponents().length > 10
                                && type.getConstructorCallsToSelf().stream()
                                        .map(JavaConstructorCall::getOriginOwner)
                                        .anyMatch(caller -> !caller.getName().equals(type.getName() + "$Builder")))
                        .map(type ->
                                type.getName().substring(type.getPackageName().length() + 1))
                        .collect(Collectors.toSet()))
                .isEmpty();
    }

    private static void none(String from, List<String> forbidden) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .check(HOUSE);
    }

    /** Imports from one room into another that the order forbids, as "class -> class" of the outermost classes. */
    private static Set<String> across(String floor, String[] rooms, BiPredicate<Integer, Integer> isForbidden) {
        List<String> order = List.of(rooms);
        Set<String> found = new TreeSet<>();
        for (JavaClass from : HOUSE) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass();
                int fromRoom = order.indexOf(roomOf(from, floor));
                int toRoom = order.indexOf(roomOf(to, floor));
                if (fromRoom >= 0 && toRoom >= 0 && fromRoom != toRoom && isForbidden.test(fromRoom, toRoom)) {
                    found.add(outermost(from) + " -> " + outermost(to));
                }
            }
        }
        return found;
    }

    private static String roomOf(JavaClass type, String floor) {
        return type.getPackageName().startsWith(floor) ? type.getPackageName().substring(floor.length()) : "";
    }

    private static String outermost(JavaClass type) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        return name.replaceFirst("\\$.*", "");
    }

    private static void only(List<String> rooms, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(HOUSE);
    }
}
