package nl.wijkhub;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callConstructorWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who counts seconds in memory counts them by a time that only goes on: a clock that is put back would lock everybody out. */
class TimeTest {
    /** Limits, and pauses between one look or attempt and the next. */
    private static final Set<String> COUNT_SECONDS = Set.of(
            "nl.wijkhub.web.http.RequestRate",
            "nl.wijkhub.web.http.AddressRate",
            "nl.wijkhub.web.http.RequestBody",
            "nl.wijkhub.app.door.DoorServer",
            "nl.wijkhub.app.batch.Waiting",
            "nl.wijkhub.app.broker.Backoff",
            "nl.wijkhub.app.broker.Watch",
            "nl.wijkhub.app.broker.BrokerConnection",
            "nl.wijkhub.app.broker.Sender");

    private static final JavaClasses HOUSE = House.CLASSES;

    private static final DescribedPredicate<JavaClass> THEY =
            DescribedPredicate.describe("count seconds in memory", one -> COUNT_SECONDS.stream()
                    .anyMatch(
                            name -> one.getName().equals(name) || one.getName().startsWith(name + '$')));

    @Test
    void limits_and_pauses_know_no_clock() {
        noClasses()
                .that(THEY)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(HOUSE);
        noClasses().that(THEY).should().callMethod(Instant.class, "now").check(HOUSE);
        noClasses()
                .that(THEY)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .check(HOUSE);
    }

    @Test
    void what_time_it_is_the_clock_of_the_hub_tells() {
        noClasses()
                .that(DescribedPredicate.describe(
                        "are of the hub", one -> !one.getPackageName().startsWith("nl.wijkhub.lab")))
                .should(callMethodWhere(DescribedPredicate.describe(
                        "asks the computer for the time",
                        call -> (call.getName().equals("now")
                                        && call.getTargetOwner()
                                                .getPackageName()
                                                .equals("java.time")
                                        && call.getTarget().getRawParameterTypes().stream()
                                                .noneMatch(one -> one.isEquivalentTo(Clock.class)))
                                || call.getName().equals("currentTimeMillis"))))
                .orShould(callConstructorWhere(DescribedPredicate.describe(
                        "makes a date of now",
                        call -> call.getTargetOwner().isEquivalentTo(Date.class)
                                && call.getTarget().getRawParameterTypes().isEmpty())))
                .check(HOUSE);
        noClasses()
                .that(DescribedPredicate.describe("are no command", one -> !one.getPackageName()
                        .matches("nl\\.wijkhub\\.(app\\.command|lab)\\b.*")))
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(HOUSE);
    }

    @Test
    void whatever_is_named_a_rate_or_a_patience_is_among_them() {
        noClasses()
                .that(DescribedPredicate.not(THEY))
                .should()
                .haveNameMatching(".*\\.(\\w*Rate|\\w*Backoff|\\w*Watch)$")
                .check(HOUSE);
    }
}
