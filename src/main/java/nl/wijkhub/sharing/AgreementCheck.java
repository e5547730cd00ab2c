package nl.wijkhub.sharing;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient.RecipientKind;
import nl.wijkhub.sharing.SharingRule.Condition;
import nl.wijkhub.sharing.SharingRule.SubjectKind;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.Vocabulary;

/**
 * What is wrong with the rules of an agreement taken together, each of which is well formed. A contradiction is a fault:
 * such an agreement never comes into force. What has expired or can never apply shares nothing, and is told.
 */
public final class AgreementCheck {
    private static final String ALERT = "alert-privacy-officer";
    private static final String NEVER_ONWARD = "never-onward";
    private static final Set<String> BY_DECISION = Set.of("Wpg19", "Wpg20");

    /** Of those, the one that may serve a single case. */
    private static final Set<String> PER_CASE = Set.of("Wpg19");

    private final SharingAgreement agreement;
    private final Vocabulary vocabulary;
    private final String file;
    private final List<ConfigFault> faults = new ArrayList<>();
    private final List<ConfigFault> idle = new ArrayList<>();

    /** What keeps an agreement from coming into force, and what in it does nothing. */
    public record Findings(List<ConfigFault> faults, List<ConfigFault> idle) {}

    private AgreementCheck(SharingAgreement agreement, Vocabulary vocabulary, String file) {
        this.agreement = agreement;
        this.vocabulary = vocabulary;
        this.file = file;
    }

    /**
     * @param file the agreement's own, to name in a finding
     * @param today what has expired by then is told
     */
    public static Findings of(SharingAgreement agreement, Vocabulary vocabulary, Path file, LocalDate today) {
        AgreementCheck check =
                new AgreementCheck(agreement, vocabulary, file.getFileName().toString());
        check.check(today);
        return new Findings(List.copyOf(check.faults), List.copyOf(check.idle));
    }

    private void check(LocalDate today) {
        List<SharingRule> rules = agreement.rules();
        for (int i = 0; i < rules.size(); i++) {
            SharingRule rule = rules.get(i);
            checkPolice(rule);
            checkReach(rule);
            checkNarrative(rule);
            checkUrgency(rule);
            checkDates(rule, today);
            for (SharingRule other : rules.subList(i + 1, rules.size())) {
                checkOverlap(rule, other);
            }
            rules.stream().filter(other -> !other.permit()).forEach(other -> checkContradiction(rule, other));
        }
        if (agreement.validUntil() != null && agreement.validUntil().isBefore(today)) {
            idle.add(new ConfigFault(file, 0, "the agreement ended on " + agreement.validUntil()));
        }
        agreement.decisions().values().stream()
                .filter(decision -> decision.validUntil().isBefore(today))
                .forEach(decision -> idle.add(new ConfigFault(
                        file,
                        decision.line(),
                        "the decision '" + decision.id() + "' ended on " + decision.validUntil())));
    }

    /**
     * Police data rest on an article, whatever the danger; under Wpg 19 and 20 on a decision too, and on one that names who
     * receives them. Wpg 19 alone may serve a single case, when that is acute.
     */
    private void checkPolice(SharingRule rule) {
        boolean isPoliceData = rule.permit()
                && rule.parties().from().contains(Discipline.POLICE)
                && rule.parties().kinds().contains(RecipientKind.TEAM)
                && rule.matter().classes().contains(DataClass.P);
        // whoever breaks the glass answers for it afterwards
        if (!isPoliceData || rule.effect().obligations().contains(ALERT)) {
            return;
        }
        if (!rule.effect().obligations().contains(NEVER_ONWARD)) {
            fault(rule, "shares police data without the obligation '" + NEVER_ONWARD + "'");
        }
        if (rule.matter().articles().isEmpty()) {
            fault(rule, "shares police data without naming an article");
        }
        boolean isPerCase =
                rule.matter().articles().equals(PER_CASE) && rule.terms().when().contains(Condition.ACUTE);
        if (!Collections.disjoint(rule.matter().articles(), BY_DECISION)
                && !isPerCase
                && !rule.terms().when().contains(Condition.DECISION_NAMES_RECIPIENT)) {
            fault(rule, "shares under Wpg 19 or 20 without a decision: add 'decision-names-recipient'");
        }
    }

    /** What is let through because it is acute alone has to be taken up as such. */
    private void checkUrgency(SharingRule rule) {
        boolean tells = agreement.fieldsOf(rule.effect().disclosure()).contains("severity")
                || rule.effect().also().contains("severity")
                || agreement.urgencyOf(rule.effect().says()) == Severity.ACUTE;
        if (rule.permit()
                && rule.parties().kinds().contains(RecipientKind.TEAM)
                && rule.terms().when().contains(Condition.ACUTE)
                && !tells) {
            fault(rule, "lets through what is acute and does not say so: add a sentence with 'severity: acute'");
        }
    }

    /** A text stays within the discipline that wrote it until a person has read it; the policy sees to it too. */
    private void checkNarrative(SharingRule rule) {
        boolean carries = rule.permit()
                && (agreement.fieldsOf(rule.effect().disclosure()).contains("narrative")
                        || rule.effect().also().contains("narrative"))
                && !rule.effect().withhold().contains("narrative");
        boolean within = rule.terms().when().contains(Condition.SAME_DISCIPLINE)
                || (rule.parties().from().size() == 1
                        && rule.parties().from().equals(rule.parties().to()));
        if (carries && !within && !rule.terms().when().contains(Condition.CLASSIFIED)) {
            fault(rule, "lets a narrative go to another discipline unread: add 'classified', or withhold it");
        }
    }

    private void checkDates(SharingRule rule, LocalDate today) {
        boolean never = (rule.terms().validUntil() != null
                        && rule.terms().validFrom() != null
                        && rule.terms().validUntil().isBefore(rule.terms().validFrom()))
                || (rule.terms().validUntil() != null
                        && rule.terms().validUntil().isBefore(agreement.validFrom()))
                || (rule.terms().validFrom() != null && rule.terms().validFrom().isAfter(agreement.validUntil()));
        if (never) {
            idle(rule, "is unreachable: its dates lie outside those of the agreement");
        } else if (rule.terms().validUntil() != null
                && rule.terms().validUntil().isBefore(today)) {
            idle(rule, "ended on " + rule.terms().validUntil());
        }
    }

    /** A permit that no signal can meet. */
    private void checkReach(SharingRule rule) {
        if (!rule.permit()) {
            return;
        }
        for (String code : rule.matter().categories().stream().sorted().toList()) {
            vocabulary
                    .category(code)
                    .filter(category -> !rule.matter().classes().containsAll(category.classes()))
                    .ifPresent(category -> idle(
                            rule,
                            "is unreachable for '" + code + "': its 'classes' lack "
                                    + missing(category.classes(), rule)));
        }
        if (rule.terms().when().contains(Condition.DECISION_NAMES_RECIPIENT)
                && agreement.decisions().values().stream().noneMatch(decision -> meets(rule, decision))) {
            idle(rule, "is unreachable: no decision under its article names whom it is for");
        }
    }

    private static boolean meets(SharingRule rule, ExternalDecision decision) {
        return rule.matter().articles().contains(decision.article())
                && !Collections.disjoint(rule.parties().to(), decision.disciplines());
    }

    private static String missing(Set<DataClass> needed, SharingRule rule) {
        Set<DataClass> missing = new HashSet<>(needed);
        missing.removeAll(rule.matter().classes());
        return missing.stream().sorted().toList().toString();
    }

    /** Two permits for the same that are equally specific and do not agree: which of them decides cannot be read. */
    private void checkOverlap(SharingRule a, SharingRule b) {
        boolean isOverlap = a.permit()
                && b.permit()
                && a.specificity() == b.specificity()
                && meet(a, b)
                && !Collections.disjoint(a.terms().purposes(), b.terms().purposes())
                && !Collections.disjoint(a.matter().classes(), b.matter().classes());
        boolean isSame = a.effect().disclosure() == b.effect().disclosure()
                && a.effect().also().equals(b.effect().also())
                && a.effect().withhold().equals(b.effect().withhold())
                && String.valueOf(a.effect().shownAs())
                        .equals(String.valueOf(b.effect().shownAs()))
                && (String.valueOf(a.effect().says())
                                .equals(String.valueOf(b.effect().says()))
                        // of two sentences the graver one is told
                        || agreement.urgencyOf(a.effect().says())
                                != agreement.urgencyOf(b.effect().says()));
        if (isOverlap && !isSame) {
            fault(b, "overlaps '" + a.id() + "', is as specific and says something else: narrow one of them");
        }
    }

    /** A permit of which nothing is left, because a prohibition holds wherever it does. */
    private void checkContradiction(SharingRule permit, SharingRule prohibition) {
        boolean isContradiction = permit.permit()
                && prohibition.effect().field() == null
                && prohibition.terms().when().isEmpty()
                && prohibition.matter().articles().isEmpty()
                && prohibition.parties().acts().isEmpty()
                && prohibition.terms().switchedOn() == null
                && prohibition.terms().validFrom() == null
                && prohibition.terms().validUntil() == null
                && (prohibition.matter().subject() == SubjectKind.BOTH
                        || prohibition.matter().subject() == permit.matter().subject())
                && holds(prohibition.parties().from(), permit.parties().from())
                && holds(prohibition.parties().to(), permit.parties().to())
                && holds(prohibition.parties().kinds(), permit.parties().kinds())
                && holds(prohibition.matter().categories(), permit.matter().categories())
                && Collections.disjoint(
                        prohibition.terms().except(), permit.terms().purposes())
                && holds(prohibition.matter().classes(), permit.matter().classes());
        if (isContradiction) {
            fault(permit, "contradicts '" + prohibition.id() + "', which forbids all it permits");
        }
    }

    /** Whether what one rule names holds all that another names; nothing named is everything. */
    private static <T> boolean holds(Set<T> outer, Set<T> inner) {
        return outer.isEmpty() || (!inner.isEmpty() && outer.containsAll(inner));
    }

    private static boolean meet(SharingRule a, SharingRule b) {
        boolean isEither = a.terms().when().contains(Condition.SAME_ACT)
                        && b.terms().when().contains(Condition.ACROSS_ACTS)
                || a.terms().when().contains(Condition.ACROSS_ACTS)
                        && b.terms().when().contains(Condition.SAME_ACT);
        return !isEither
                && meet(a.parties().from(), b.parties().from())
                && meet(a.parties().to(), b.parties().to())
                && meet(a.parties().kinds(), b.parties().kinds())
                && meet(a.parties().acts(), b.parties().acts())
                && meet(a.matter().categories(), b.matter().categories())
                && meet(a.matter().articles(), b.matter().articles())
                && (a.matter().subject() == SubjectKind.BOTH
                        || b.matter().subject() == SubjectKind.BOTH
                        || a.matter().subject() == b.matter().subject())
                && (a.terms().validUntil() == null
                        || b.terms().validFrom() == null
                        || !a.terms().validUntil().isBefore(b.terms().validFrom()))
                && (b.terms().validUntil() == null
                        || a.terms().validFrom() == null
                        || !b.terms().validUntil().isBefore(a.terms().validFrom()));
    }

    private static <T> boolean meet(Set<T> a, Set<T> b) {
        return a.isEmpty() || b.isEmpty() || !Collections.disjoint(a, b);
    }

    private void fault(SharingRule rule, String what) {
        faults.add(new ConfigFault(file, rule.line(), "the rule '" + rule.id() + "' " + what));
    }

    private void idle(SharingRule rule, String what) {
        idle.add(new ConfigFault(file, rule.line(), "the rule '" + rule.id() + "' " + what));
    }
}
