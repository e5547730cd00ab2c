package nl.wijkhub.escalation;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nl.wijkhub.signal.Severity;

/**
 * What a rule may look at, for one recipient, from what that recipient may see. A life of a plan ends when it closes.
 *
 * @param severity of this signal; empty when the recipient may not see it, and when time asks and no signal
 * @param category of this signal; empty likewise
 * @param disciplines30 senders' disciplines seen in thirty days, this signal included
 * @param signals30 signals seen in thirty days, this one included
 * @param disciplines senders' disciplines seen in this life of the plan
 * @param signals signals seen in this life of the plan
 * @param days whole days since the first of these
 * @param reopened the plan was closed before, and came back
 * @param children the most children seen in one signal of this life
 * @param lateAgreements agreements of the plan past their day
 * @param unansweredHandovers hand-overs of the plan that nobody answered in time
 * @param level highest step of this recipient on this plan that is open or taken up; 0 for none
 */
public record EscalationFacts(
        String severity,
        String category,
        long disciplines30,
        long signals30,
        long disciplines,
        long signals,
        long days,
        boolean reopened,
        long children,
        long lateAgreements,
        long unansweredHandovers,
        long level) {
    /** Of a recipient who sees nothing: every rule is tried on it when it is read. */
    static final EscalationFacts NONE = builder().build();

    private static final Map<String, Function<EscalationFacts, Object>> NAMES = Map.ofEntries(
            Map.entry("severity", EscalationFacts::severity),
            Map.entry("category", EscalationFacts::category),
            Map.entry("disciplines30", EscalationFacts::disciplines30),
            Map.entry("signals30", EscalationFacts::signals30),
            Map.entry("disciplines", EscalationFacts::disciplines),
            Map.entry("signals", EscalationFacts::signals),
            Map.entry("days", EscalationFacts::days),
            Map.entry("reopened", EscalationFacts::reopened),
            Map.entry("children", EscalationFacts::children),
            Map.entry("lateAgreements", EscalationFacts::lateAgreements),
            Map.entry("unansweredHandovers", EscalationFacts::unansweredHandovers),
            Map.entry("level", EscalationFacts::level));

    boolean isAcute() {
        return severity.equals(Severity.ACUTE.code());
    }

    /** What a rule calls this; empty for what it may not look at. */
    Optional<Object> find(String name) {
        return Optional.ofNullable(NAMES.get(name)).map(one -> one.apply(this));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets each part by its name; what is not set is empty, 0 or false. */
    public static final class Builder {
        private String severity = "";
        private String category = "";
        private long disciplines30;
        private long signals30;
        private long disciplines;
        private long signals;
        private long days;
        private boolean reopened;
        private long children;
        private long lateAgreements;
        private long unansweredHandovers;
        private long level;

        private Builder() {}

        public Builder severity(String value) {
            severity = value;
            return this;
        }

        public Builder category(String value) {
            category = value;
            return this;
        }

        public Builder disciplines30(long value) {
            disciplines30 = value;
            return this;
        }

        public Builder signals30(long value) {
            signals30 = value;
            return this;
        }

        public Builder disciplines(long value) {
            disciplines = value;
            return this;
        }

        public Builder signals(long value) {
            signals = value;
            return this;
        }

        public Builder days(long value) {
            days = value;
            return this;
        }

        public Builder reopened(boolean value) {
            reopened = value;
            return this;
        }

        public Builder children(long value) {
            children = value;
            return this;
        }

        public Builder lateAgreements(long value) {
            lateAgreements = value;
            return this;
        }

        public Builder unansweredHandovers(long value) {
            unansweredHandovers = value;
            return this;
        }

        public Builder level(long value) {
            level = value;
            return this;
        }

        public EscalationFacts build() {
            return new EscalationFacts(
                    severity,
                    category,
                    disciplines30,
                    signals30,
                    disciplines,
                    signals,
                    days,
                    reopened,
                    children,
                    lateAgreements,
                    unansweredHandovers,
                    level);
        }
    }
}
