package nl.wijkhub.sharing;

import java.util.List;
import java.util.UUID;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Severity;

/**
 * What the consent filter says for one signal and one recipient.
 *
 * @param ruleId the rule that decided; {@code row-24} when none did
 * @param fields the fields that pass, in alphabetical order
 * @param removedFields the fields that do not
 * @param visiblePersons the persons whose data passes
 * @param reasons codes, for the privacy officer
 * @param article the article the sender named, where the agreement turns on it; null otherwise
 * @param externalDecision the decision named with it; null for none
 * @param shownAs the category a recipient reads instead of the signal's own; null for its own
 * @param says a fixed sentence that goes with it, by its id in the agreement; null for none
 * @param urgency how grave the sentence says it is; null when it says nothing of it
 * @param purpose what it was decided for, by its id in the agreement
 * @param heldBy the hold of the agreement it waits for; null for none
 */
public record Decision(
        Disclosure disclosure,
        String ruleId,
        String ground,
        String policyVersion,
        List<String> fields,
        List<String> removedFields,
        List<UUID> visiblePersons,
        List<String> obligations,
        List<String> reasons,
        String article,
        String externalDecision,
        String shownAs,
        String says,
        Severity urgency,
        String purpose,
        String heldBy) {

    /** Among the reasons: it rests on consent. */
    static final String ON_CONSENT = "on-consent";

    public Decision {
        // what is empty is not stored, and comes back as null
        fields = fields == null ? List.of() : List.copyOf(fields);
        removedFields = removedFields == null ? List.of() : List.copyOf(removedFields);
        visiblePersons = visiblePersons == null ? List.of() : List.copyOf(visiblePersons);
        obligations = obligations == null ? List.of() : List.copyOf(obligations);
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
    }

    /** One of the rules that permitted it asks for consent. */
    public boolean restsOnConsent() {
        return reasons.contains(ON_CONSENT);
    }

    public boolean releases() {
        return disclosure != Disclosure.NONE;
    }

    /** How grave this recipient reads that it is: by the signal where its severity passes, by the sentence else. */
    public Severity severityOf(CaseSignal signal) {
        Severity told = urgency == null ? Severity.LOW : urgency;
        return passes("severity") ? signal.severity().atLeast(told) : told;
    }

    /** The category this recipient reads; null when none passes. */
    public String categoryOf(CaseSignal signal) {
        if (!passes("category")) {
            return null;
        }
        return shownAs == null ? signal.category() : shownAs;
    }

    /** The same decision without its persons: many are alike then. */
    Decision withoutPersons() {
        if (visiblePersons.isEmpty()) {
            return this;
        }
        return builder()
                .disclosure(disclosure)
                .ruleId(ruleId)
                .ground(ground)
                .policyVersion(policyVersion)
                .fields(fields)
                .removedFields(removedFields)
                .obligations(obligations)
                .reasons(reasons)
                .article(article)
                .externalDecision(externalDecision)
                .shownAs(shownAs)
                .says(says)
                .urgency(urgency)
                .purpose(purpose)
                .heldBy(heldBy)
                .build();
    }

    public boolean passes(String field) {
        return fields.contains(field);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets each part by its name; what is not set stays null or empty. */
    public static final class Builder {
        private Disclosure disclosure;
        private String ruleId;
        private String ground;
        private String policyVersion;
        private List<String> fields;
        private List<String> removedFields;
        private List<UUID> visiblePersons;
        private List<String> obligations;
        private List<String> reasons;
        private String article;
        private String externalDecision;
        private String shownAs;
        private String says;
        private Severity urgency;
        private String purpose;
        private String heldBy;

        private Builder() {}

        public Builder disclosure(Disclosure value) {
            disclosure = value;
            return this;
        }

        public Builder ruleId(String value) {
            ruleId = value;
            return this;
        }

        public Builder ground(String value) {
            ground = value;
            return this;
        }

        public Builder policyVersion(String value) {
            policyVersion = value;
            return this;
        }

        public Builder fields(List<String> value) {
            fields = value;
            return this;
        }

        public Builder removedFields(List<String> value) {
            removedFields = value;
            return this;
        }

        public Builder visiblePersons(List<UUID> value) {
            visiblePersons = value;
            return this;
        }

        public Builder obligations(List<String> value) {
            obligations = value;
            return this;
        }

        public Builder reasons(List<String> value) {
            reasons = value;
            return this;
        }

        public Builder article(String value) {
            article = value;
            return this;
        }

        public Builder externalDecision(String value) {
            externalDecision = value;
            return this;
        }

        public Builder shownAs(String value) {
            shownAs = value;
            return this;
        }

        public Builder says(String value) {
            says = value;
            return this;
        }

        public Builder urgency(Severity value) {
            urgency = value;
            return this;
        }

        public Builder purpose(String value) {
            purpose = value;
            return this;
        }

        public Builder heldBy(String value) {
            heldBy = value;
            return this;
        }

        public Decision build() {
            return new Decision(
                    disclosure,
                    ruleId,
                    ground,
                    policyVersion,
                    fields,
                    removedFields,
                    visiblePersons,
                    obligations,
                    reasons,
                    article,
                    externalDecision,
                    shownAs,
                    says,
                    urgency,
                    purpose,
                    heldBy);
        }
    }
}
