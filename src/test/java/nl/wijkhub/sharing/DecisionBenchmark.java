package nl.wijkhub.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.SharingFacts.Age;
import nl.wijkhub.sharing.SharingFacts.PersonFacts;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.SignalFixture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one signal costs to decide: eight recipients, four persons, twenty consents. How to run it: bench/results.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecisionBenchmark {
    /** Rules of other agreements that are loaded as well. */
    @Param({"0", "10000"})
    public int otherRules;

    private final List<SharingPolicy> others = new ArrayList<>();
    private final List<Recipient> recipients = new ArrayList<>();
    private SharingPolicy policy;
    private SharingFacts facts;

    @Setup
    public void load() throws IOException {
        String text = Files.readString(Path.of("config", SharingAgreement.FILE));
        policy = new SharingPolicy(agreement(text));
        for (int rules = 0;
                rules < otherRules;
                rules += SharingFixture.AGREEMENT.rules().size()) {
            others.add(new SharingPolicy(agreement(text.replaceFirst("id: [a-z-]+", "id: other-" + rules))));
        }
        for (Discipline discipline : List.of(
                Discipline.MUNICIPALITY,
                Discipline.POLICE,
                Discipline.HOUSING,
                Discipline.WELFARE,
                Discipline.CARE,
                Discipline.COMMUNITY_WORK)) {
            recipients.add(new Recipient("vb-noord", discipline));
        }
        recipients.add(new Recipient("vb-zuid", Discipline.MUNICIPALITY));
        recipients.add(new Recipient("vb-zuid", Discipline.CARE));
        facts = SharingFacts.builder()
                .from(Discipline.CARE)
                .classes(Set.of(DataClass.H, DataClass.C))
                .category("care.self-neglect")
                .reporterAllows(true)
                .drawnFor(true)
                .persons(IntStream.range(0, 4)
                        .mapToObj(DecisionBenchmark::person)
                        .toList())
                .build();
    }

    private static SharingAgreement agreement(String text) {
        List<ConfigFault> faults = new ArrayList<>();
        return SharingAgreement.of(SharingAgreement.FILE, text, SignalFixture.VOCABULARY.codes(), faults);
    }

    /** Five consents each: permits and a deny, of several depths and reaches. */
    private static PersonFacts person(int number) {
        List<Consent> consents = IntStream.range(0, 5)
                .mapToObj(i -> new Consent(
                        Consent.ConsentStatus.ACTIVE,
                        Set.of(Voice.PERSON),
                        List.of(
                                new Provision(true, 0, Reach.TEAM, Set.of(), null, null),
                                new Provision(
                                        i != number,
                                        1,
                                        Reach.NAMED,
                                        Set.of(Discipline.MUNICIPALITY, Discipline.WELFARE),
                                        null,
                                        null))))
                .toList();
        return new PersonFacts(new UUID(7, number), "resident", false, false, Age.FROM_16, consents);
    }

    @Benchmark
    public List<Decision> oneSignalForEightRecipients() {
        return recipients.stream()
                .map(recipient -> policy.decide(facts, recipient, SharingFixture.NOW))
                .toList();
    }
}
