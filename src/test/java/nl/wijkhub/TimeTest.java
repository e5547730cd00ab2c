package nl.wijkhub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.time.Clock;
import java.time.Instant;
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
    void whatever_is_named_a_rate_or_a_patience_is_among_them() {
        noClasses()
                .that(DescribedPredicate.not(THEY))
                .should()
                .haveNameMatching(".*\\.(\\w*Rate|\\w*Backoff|\\w*Watch)$")
                .check(HOUSE);
    }
}
