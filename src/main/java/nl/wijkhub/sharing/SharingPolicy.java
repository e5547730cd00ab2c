package nl.wijkhub.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import nl.wijkhub.sharing.SharingFacts.PersonFacts;
import nl.wijkhub.sharing.SharingRule.Condition;
import nl.wijkhub.sharing.SharingRule.SubjectKind;
import nl.wijkhub.signal.DataClass;

/**
 * The consent filter: pure, deterministic, closed unless a rule opens it.
 * Any matching prohibition wins. Among permits the most specific decides; equally specific ones give the lower
 * disclosure, and what they withhold and oblige is united. Source: docs/sharing.md.
 */
public final class SharingPolicy {
    static final String NO_RULE = "row-24";
    static final String NO_GROUND = "NO-GROUND";

    /** Agreements are dated in the calendar of the people who signed them. */
    private static final ZoneId CALENDAR = ZoneId.of("Europe/Amsterdam");

    private final SharingAgreement agreement;

    public SharingPolicy(SharingAgreement agreement) {
        this.agreement = agreement;
    }

    /** Decides for one recipient at one moment; the same facts always give the same answer. */
    public Decision decide(SharingFacts facts, Recipient recipient, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, CALENDAR);
        List<SharingRule> prohibitions = agreement.rules().stream()
                .filter(rule -> !rule.permit() && rule.field() == null)
                .filter(rule -> matches(rule, facts, recipient, day) && touches(rule, facts))
                .sorted(Comparator.comparingInt(SharingRule::row).thenComparing(SharingRule::id))
                .toList();
        if (!prohibitions.isEmpty()) {
            SharingRule first = prohibitions.get(0);
            return denied(first.id(), first.ground(), obligations(prohibitions), "prohibited");
        }
        if (!agreement.isValidOn(day)) {
            return denied("agreement-not-valid");
        }
        if (!facts.drawnFor()) {
            return denied("another-team-s-area");
        }
        List<SharingRule> permits = mostSpecific(agreement.rules().stream()
                .filter(SharingRule::permit)
                .filter(rule -> matches(rule, facts, recipient, day) && covers(rule, facts))
                .toList());
        return permits.isEmpty() ? denied("no-rule") : permitted(permits, facts, recipient, day);
    }

    private Decision permitted(List<SharingRule> permits, SharingFacts facts, Recipient recipient, LocalDate day) {
        SharingRule lowest = permits.stream()
                .min(Comparator.comparing(SharingRule::disclosure).thenComparing(SharingRule::id))
                .orElseThrow();
        Set<String> reasons = new TreeSet<>();
        reasons.add("permitted");
        Set<String> obligations = new TreeSet<>(obligations(permits));
        Set<String> fields = new TreeSet<>(agreement.fieldsOf(lowest.disclosure()));
        if (permits.size() == 1) {
            fields.addAll(lowest.also());
        }
        permits.forEach(rule -> fields.removeAll(rule.withhold()));
        fields.removeIf(field -> !coveredByAll(field, permits));
        for (SharingRule rule : agreement.rules()) {
            if (!rule.permit()
                    && rule.field() != null
                    && fields.contains(rule.field())
                    && matches(rule, facts, recipient, day)
                    && touches(rule, facts)) {
                fields.remove(rule.field());
                reasons.add("removed-by-" + rule.id());
                obligations.addAll(rule.obligations());
            }
        }
        List<UUID> persons = facts.persons().stream()
                .filter(person -> !person.withdrawn())
                .filter(person -> permits.stream()
                        .allMatch(rule -> rule.roles().isEmpty() || rule.roles().contains(person.role())))
                .map(PersonFacts::personId)
                .toList();
        return new Decision(
                lowest.disclosure(),
                lowest.id(),
                lowest.ground(),
                agreement.policyVersion(),
                List.copyOf(fields),
                removed(fields),
                persons,
                List.copyOf(obligations),
                List.copyOf(reasons));
    }

    private Decision denied(String reason) {
        return denied(NO_RULE, NO_GROUND, List.of(), reason);
    }

    private Decision denied(String ruleId, String ground, List<String> obligations, String reason) {
        return new Decision(
                Disclosure.NONE,
                ruleId,
                ground,
                agreement.policyVersion(),
                List.of(),
                removed(Set.of()),
                List.of(),
                obligations,
                List.of(reason));
    }

    private boolean matches(SharingRule rule, SharingFacts facts, Recipient recipient, LocalDate day) {
        return rule.isValidOn(day)
                && (rule.from().isEmpty()
                        || (facts.from() != null && rule.from().contains(facts.from())))
                && (rule.to().isEmpty() || rule.to().contains(recipient.discipline()))
                && (rule.categories().isEmpty() || rule.categories().contains(facts.category()))
                && (rule.subject() == SubjectKind.BOTH || (rule.subject() == SubjectKind.AREA) == facts.area())
                && conditionsHold(rule, facts);
    }

    private static boolean conditionsHold(SharingRule rule, SharingFacts facts) {
        return rule.when().stream().allMatch(condition -> holds(condition, facts));
    }

    private static boolean holds(Condition condition, SharingFacts facts) {
        return switch (condition) {
            case WITHDRAWN -> facts.withdrawn();
            case ONWARD -> facts.onward();
            case REPORTER_NOT_ALLOWING -> !facts.reporterAllows();
            case CONSENT -> false; // no consent is registered yet, so none permits
        };
    }

    /** A prohibition needs one of its classes in the signal. */
    private static boolean touches(SharingRule rule, SharingFacts facts) {
        return rule.classes().isEmpty() || rule.classes().stream().anyMatch(facts.classes()::contains);
    }

    /** A permit must cover every class of the signal; a signal without a class is covered by nothing. */
    private static boolean covers(SharingRule rule, SharingFacts facts) {
        return !facts.classes().isEmpty() && rule.classes().containsAll(facts.classes());
    }

    private boolean coveredByAll(String field, List<SharingRule> permits) {
        Optional<DataClass> needed = agreement.classOf(field);
        return needed.isEmpty()
                || permits.stream().allMatch(rule -> rule.classes().contains(needed.get()));
    }

    private static List<SharingRule> mostSpecific(List<SharingRule> permits) {
        int best = permits.stream().mapToInt(SharingRule::specificity).max().orElse(0);
        return permits.stream().filter(rule -> rule.specificity() == best).toList();
    }

    private List<String> removed(Set<String> passing) {
        Set<String> removed = new TreeSet<>(agreement.allFields());
        removed.removeAll(passing);
        return List.copyOf(removed);
    }

    private static List<String> obligations(List<SharingRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.obligations().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
