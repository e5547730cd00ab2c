package nl.wijkhub.signal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The canonical case signal: what one partner reports about one subject, in the shared language. Never edited, only
 * superseded. Field names are those of the published JSON Schema (schema/case-signal.json).
 *
 * @param severity at least the least severity of its category
 * @param senderTerm the word as the sender used it
 * @param ground the legal ground this signal rests on; never null once accepted
 * @param supersedes reference of an earlier signal of the same sender; null for none
 * @param scores on life domains, as a professional gave them; no canonical field: only a partner's own format has them
 * @param consents that came with the signal; no canonical field either
 */
public record CaseSignal(
        String reference,
        OffsetDateTime occurredAt,
        OffsetDateTime reportedAt,
        Subject subject,
        String category,
        SenderTerm senderTerm,
        List<String> lifeDomains,
        Severity severity,
        Sensitivity sensitivity,
        String narrative,
        Boolean knownToPolice,
        Integer experiencedImpact,
        List<String> strengths,
        List<String> informalHelpers,
        Reporter reporter,
        WorkerSafety workerSafety,
        GroundClaim ground,
        String supersedes,
        List<Score> scores,
        List<ConsentClaim> consents) {

    public CaseSignal {
        // what is empty is not stored, and comes back as null
        lifeDomains = lifeDomains == null ? List.of() : List.copyOf(lifeDomains);
        strengths = strengths == null ? List.of() : List.copyOf(strengths);
        informalHelpers = informalHelpers == null ? List.of() : List.copyOf(informalHelpers);
        scores = scores == null ? List.of() : List.copyOf(scores);
        consents = consents == null ? List.of() : List.copyOf(consents);
    }

    /** Exactly one of the two is set. */
    public record Subject(Household household, Neighbourhood neighbourhood) {
        @JsonIgnore
        public boolean isHousehold() {
            return household != null;
        }
    }

    public record Household(Address address, List<Person> persons) {
        public Household {
            persons = persons == null ? List.of() : List.copyOf(persons);
        }
    }

    /** Exactly one of the two is set. */
    public record Neighbourhood(String buurtCode, String place) {}

    /**
     * {@code role}: resident, tenant, child or other.
     *
     * @param related true for somebody who is only named beside the person it is about; null otherwise
     */
    public record Person(String role, String name, LocalDate birthDate, String bsn, String phone, Boolean related) {
        public Person(String role, String name, LocalDate birthDate, String bsn, String phone) {
            this(role, name, birthDate, bsn, phone, null);
        }
    }

    /** {@code mapped} is false when the table of the format lacks the code; null otherwise. */
    public record SenderTerm(String system, String code, String label, Boolean mapped) {
        public SenderTerm(String system, String code, String label) {
            this(system, code, label, null);
        }
    }

    /**
     * One score on a life domain of the Zelfredzaamheid-Matrix 2017.
     *
     * @param value 1 acute problem .. 5 fully self-reliant
     */
    public record Score(String lifeDomain, int value, LocalDate scoredOn) {}

    /**
     * A consent that came with a signal, for the consent filter.
     *
     * @param person index of the person it is about
     * @param reference the sender's own; a later one under the same reference takes its place
     * @param resource as it was sent, for whoever asks for a copy
     */
    public record ConsentClaim(int person, String reference, Consent consent, String resource) {}

    public record Reporter(String name, String phone, boolean sharingAllowed) {}

    public record WorkerSafety(String advice, LocalDate until) {}

    public record GroundClaim(String article, String decision) {}

    /** What a sender may say to raise the data class, never to lower it. */
    public enum Sensitivity {
        NORMAL,
        HEALTH,
        CRIMINAL,
        CHILD_SAFETY
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets each field by its name; what is not set is null or empty, the sensitivity normal. */
    public static final class Builder {
        private String reference;
        private OffsetDateTime occurredAt;
        private OffsetDateTime reportedAt;
        private Subject subject;
        private String category;
        private SenderTerm senderTerm;
        private List<String> lifeDomains;
        private Severity severity;
        private Sensitivity sensitivity = Sensitivity.NORMAL;
        private String narrative;
        private Boolean knownToPolice;
        private Integer experiencedImpact;
        private List<String> strengths;
        private List<String> informalHelpers;
        private Reporter reporter;
        private WorkerSafety workerSafety;
        private GroundClaim ground;
        private String supersedes;
        private List<Score> scores;
        private List<ConsentClaim> consents;

        private Builder() {}

        public Builder reference(String value) {
            reference = value;
            return this;
        }

        public Builder occurredAt(OffsetDateTime value) {
            occurredAt = value;
            return this;
        }

        public Builder reportedAt(OffsetDateTime value) {
            reportedAt = value;
            return this;
        }

        public Builder subject(Subject value) {
            subject = value;
            return this;
        }

        public Builder about(Household value) {
            return subject(new Subject(value, null));
        }

        public Builder about(Neighbourhood value) {
            return subject(new Subject(null, value));
        }

        public Builder category(String value) {
            category = value;
            return this;
        }

        public Builder senderTerm(SenderTerm value) {
            senderTerm = value;
            return this;
        }

        public Builder lifeDomains(List<String> value) {
            lifeDomains = value;
            return this;
        }

        public Builder severity(Severity value) {
            severity = value;
            return this;
        }

        public Builder sensitivity(Sensitivity value) {
            sensitivity = value;
            return this;
        }

        public Builder narrative(String value) {
            narrative = value;
            return this;
        }

        public Builder knownToPolice(Boolean value) {
            knownToPolice = value;
            return this;
        }

        public Builder experiencedImpact(Integer value) {
            experiencedImpact = value;
            return this;
        }

        public Builder strengths(List<String> value) {
            strengths = value;
            return this;
        }

        public Builder informalHelpers(List<String> value) {
            informalHelpers = value;
            return this;
        }

        public Builder reporter(Reporter value) {
            reporter = value;
            return this;
        }

        public Builder workerSafety(WorkerSafety value) {
            workerSafety = value;
            return this;
        }

        public Builder ground(GroundClaim value) {
            ground = value;
            return this;
        }

        /** The article alone, without a decision under it. */
        public Builder ground(String article) {
            return ground(new GroundClaim(article, null));
        }

        public Builder supersedes(String value) {
            supersedes = value;
            return this;
        }

        public Builder scores(List<Score> value) {
            scores = value;
            return this;
        }

        public Builder consents(List<ConsentClaim> value) {
            consents = value;
            return this;
        }

        public CaseSignal build() {
            return new CaseSignal(
                    reference,
                    occurredAt,
                    reportedAt,
                    subject,
                    category,
                    senderTerm,
                    lifeDomains,
                    severity,
                    sensitivity,
                    narrative,
                    knownToPolice,
                    experiencedImpact,
                    strengths,
                    informalHelpers,
                    reporter,
                    workerSafety,
                    ground,
                    supersedes,
                    scores,
                    consents);
        }
    }
}
