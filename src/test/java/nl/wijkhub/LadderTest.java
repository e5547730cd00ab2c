package nl.wijkhub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom. The array is the house: a package sees those to its left, never those to its right. */
class LadderTest {
    private static final String[] LADDER = {
        "kernel", "audit", "signal", "household", "sharing", "plan", "escalation", "team", "subscription"
    };

    /** What a partner's room may see of the house. */
    private static final String[] FOR_PARTNERS = {"kernel", "signal", "household", "sharing", "subscription"};

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("nl.wijkhub");

    @Test
    void a_package_imports_only_what_stands_to_its_left() {
        for (int i = 0; i < LADDER.length; i++) {
            List<String> forbidden =
                    new ArrayList<>(List.of("nl.wijkhub.partner..", "nl.wijkhub.web..", "nl.wijkhub.app.."));
            for (int j = i + 1; j < LADDER.length; j++) {
                forbidden.add("nl.wijkhub." + LADDER[j] + "..");
            }
            noClasses()
                    .that()
                    .resideInAPackage("nl.wijkhub." + LADDER[i] + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden.toArray(String[]::new))
                    .allowEmptyShould(true)
                    .check(HOUSE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"housing", "police", "welfare", "care", "publicspace"})
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

    @Test
    void every_partner_has_its_own_line_above() {
        assertThat(HOUSE.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith("nl.wijkhub.partner."))
                        .map(name -> name.split("\\.")[3])
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("housing", "police", "welfare", "care", "publicspace");
    }

    @Test
    void nobody_imports_the_rooms_on_top() {
        noClasses()
                .that()
                .resideInAPackage("nl.wijkhub.web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("nl.wijkhub.app..")
                .check(HOUSE);
    }

    @Test
    void camel_and_the_broker_stay_in_app() {
        only("nl.wijkhub.app..", "org.apache.camel..", "org.apache.activemq..");
    }

    @Test
    void vertx_stays_in_web_and_app() {
        noClasses()
                .that()
                .resideOutsideOfPackages("nl.wijkhub.web..", "nl.wijkhub.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(HOUSE);
    }

    @Test
    void sql_stays_in_stores() {
        noClasses()
                .that()
                .resideOutsideOfPackage("nl.wijkhub.app..")
                .and()
                .haveSimpleNameNotEndingWith("Store")
                .and(DescribedPredicate.describe(
                        "are no part of a store", c -> !c.getName().contains("Store$")))
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
                        "nl.wijkhub.subscription.fhir..")
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

    private static void only(String room, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(HOUSE);
    }
}
