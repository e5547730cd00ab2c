package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
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
import nl.wijkhub.signal.Severity;

/**
 * The consent filter: pure, deterministic, closed unless a rule opens it.
 * Any matching prohibition wins. Among permits the most specific decides; equally specific ones give the lower
 * disclosure, and what they withhold and oblige is united. Source: docs/sharing.md.
 */
public final class SharingPolicy {
    static final String NO_RULE = "row-24";
    static final String NO_GROUND = "NO-GROUND";
    private static final String NARRATIVE = "narrative";

    /** Agreements are dated in the calendar of the people who signed them. */
    public static final ZoneId CALENDAR = ZoneId.of("Europe/Amsterdam");

    /** The day it is in that calendar. */
    public static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), CALENDAR);
    }

    private final SharingAgreement agreement;

    public SharingPolicy(SharingAgreement agreement) {
        this.agreement = agreement;
    }

    /** Decides for one recipient at one moment; the same facts always give the same answer. */
    public Decision decide(SharingFacts sent, Recipient recipient, Instant at) {
        SharingFacts facts = known(sent);
        LocalDate day = LocalDate.ofInstant(at, CALENDAR);
        String purpose = agreement.purposeOf(facts, recipient);
        RulesBetween rules = agreement.rulesBetween(facts, recipient);
        List<SharingRule> prohibitions = rules.prohibitions().stream()
                .filter(rule -> prohibits(rule, facts, purpose, recipient, day))
                .toList();
        if (!prohibitions.isEmpty()) {
            SharingRule first = prohibitions.get(0);
            return denied(facts, purpose, first.id(), first.ground(), obligations(prohibitions), "prohibited");
        }
        if (!agreement.isValidOn(day)) {
            return denied(facts, purpose, "agreement-not-valid");
        }
        if (recipient.teamId() != null && !facts.drawnFor()) {
            return denied(facts, purpose, "another-team-s-area");
        }
        List<SharingRule> fitting = rules.permits().stream()
                .filter(rule -> purpose != null && rule.terms().purposes().contains(purpose))
                .filter(rule -> covers(rule, facts) && matches(rule, facts, recipient, day))
                // who asks for welfare needs a rule that says so
                .filter(rule -> !facts.has(Circumstance.WELFARE_ASKS)
                        || rule.terms().when().contains(Condition.WELFARE_ASKS))
                .toList();
        List<SharingRule> permits = mostSpecific(fitting.stream()
                .filter(rule -> SeatsPolicy.reaches(rule, facts, recipient))
                .toList());
        if (permits.isEmpty() && !fitting.isEmpty()) {
            return denied(facts, purpose, "not-concerned");
        }
        if (permits.isEmpty()) {
            return asking(rules.permits(), facts, purpose, recipient, day)
                    .map(hold -> held(facts, purpose, NO_RULE, hold, "no-rule"))
                    .orElseGet(() -> denied(facts, purpose, "no-rule"));
        }
        Decision permitted = permitted(permits, rules.ofFields(), facts, purpose, recipient, day);
        return holding(facts, purpose, recipient)
                .map(hold -> held(facts, purpose, hold.id(), hold, "would-be-" + permitted.ruleId()))
                .orElse(permitted);
    }

    private Severity urgency(SharingRule rule) {
        Severity told = agreement.urgencyOf(rule.effect().says());
        return told == null ? Severity.LOW : told;
    }

    /** What keeps something back that a rule lets pass. */
    private Optional<SharingHold> holding(SharingFacts facts, String purpose, Recipient recipient) {
        return agreement.holds().stream()
                .filter(hold -> hold.isAbout(facts, recipient, purpose))
                .filter(hold -> switch (hold.kind()) {
                    case CONSULT_CARE_FIRST ->
                        !facts.has(Circumstance.CARE_HEARD) && !facts.has(Circumstance.NO_CARE_SEAT);
                    case OBJECTION -> facts.persons().stream().anyMatch(PersonFacts::objects);
                    case PENDING_CONSENT -> false;
                })
                // an objection is weighed first, whatever else it waits for
                .max(Comparator.comparing(SharingHold::kind).thenComparing(SharingHold::id));
    }

    /** What makes a question of a denial: a rule lets it pass, if somebody who was not asked yet consents. */
    private Optional<SharingHold> asking(
            List<SharingRule> permits, SharingFacts facts, String purpose, Recipient recipient, LocalDate day) {
        return agreement.holds().stream()
                .filter(hold ->
                        hold.kind() == SharingHold.HoldKind.PENDING_CONSENT && hold.isAbout(facts, recipient, purpose))
                .filter(hold -> permits.stream()
                        .filter(rule -> rule.terms().when().contains(Condition.CONSENT))
                        .filter(rule -> rule.terms().purposes().contains(purpose) && covers(rule, facts))
                        .filter(rule -> isFor(rule, facts, recipient, day)
                                && rule.terms().when().stream()
                                        .allMatch(condition -> condition == Condition.CONSENT
                                                || holds(condition, rule, facts, recipient, day)))
                        .anyMatch(rule -> facts.persons().stream()
                                .anyMatch(person -> !person.withdrawn()
                                        && isOfRole(rule, person)
                                        && ConsentPolicy.isUnasked(
                                                person, recipient, SeatsPolicy.organisationOf(facts, recipient), day))))
                .min(Comparator.comparing(SharingHold::id));
    }

    /**
     * The facts without words of the sender: an article counts where a rule for this sender asks for it, a decision
     * where the agreement holds it; whatever else was written there is left out.
     */
    SharingFacts known(SharingFacts sent) {
        boolean isKnown = agreement.turnsOn(sent.article(), sent.from());
        String decision = sent.externalDecision();
        return sent.resting(
                isKnown ? sent.article() : null,
                isKnown && agreement.decision(decision).isPresent() ? decision : null);
    }

    private Decision permitted(
            List<SharingRule> permits,
            List<SharingRule> ofFields,
            SharingFacts facts,
            String purpose,
            Recipient recipient,
            LocalDate day) {
        SharingRule lowest = permits.stream()
                .min(Comparator.comparing((SharingRule rule) -> rule.effect().disclosure())
                        // of two sentences the graver one is told
                        .thenComparing(this::urgency, Comparator.reverseOrder())
                        .thenComparing(SharingRule::id))
                .orElseThrow();
        Set<String> reasons = new TreeSet<>();
        reasons.add("permitted");
        if (permits.stream().anyMatch(rule -> rule.terms().when().contains(Condition.CONSENT))) {
            reasons.add(Decision.ON_CONSENT);
        }
        Set<String> obligations = new TreeSet<>(obligations(permits));
        List<String> fields = new ArrayList<>(agreement.passable());
        fields.removeIf(field -> !passes(field, lowest, permits));
        if (fields.contains(NARRATIVE) && !isRead(facts, recipient, permits)) {
            fields.remove(NARRATIVE);
            reasons.add("narrative-not-classified");
        }
        if (agreement.holds().stream()
                .anyMatch(hold -> hold.kind() == SharingHold.HoldKind.CONSULT_CARE_FIRST
                        && facts.has(Circumstance.NO_CARE_SEAT)
                        && hold.isAbout(facts, recipient, purpose))) {
            reasons.add("nobody-of-care-to-ask");
        }
        for (SharingRule rule : ofFields) {
            if (fields.contains(rule.effect().field()) && prohibits(rule, facts, purpose, recipient, day)) {
                fields.remove(rule.effect().field());
                reasons.add("removed-by-" + rule.id());
                obligations.addAll(rule.effect().obligations());
            }
        }
        List<UUID> persons = facts.persons().stream()
                .filter(person -> !person.withdrawn())
                // one ground is enough for a person: a consent beside it must not hide anybody
                .filter(person -> permits.stream().anyMatch(rule -> isAbout(rule, facts, person, recipient, day)))
                .map(PersonFacts::personId)
                .toList();
        // without its text it is no more than a summary
        boolean isSummary = lowest.effect().disclosure() == Disclosure.FULL && !fields.contains(NARRATIVE);
        return Decision.builder()
                .disclosure(isSummary ? Disclosure.SUMMARY : lowest.effect().disclosure())
                .ruleId(lowest.id())
                .ground(lowest.ground())
                .policyVersion(agreement.policyVersion())
                .fields(fields)
                .removedFields(removed(fields))
                .visiblePersons(persons)
                .obligations(List.copyOf(obligations))
                .reasons(List.copyOf(reasons))
                .article(facts.article())
                .externalDecision(facts.externalDecision())
                .shownAs(lowest.effect().shownAs())
                .says(lowest.effect().says())
                .urgency(agreement.urgencyOf(lowest.effect().says()))
                .purpose(purpose)
                .build();
    }

    /**
     * Text stays within the discipline that wrote it, whatever the agreement says, until a person read it and every class
     * of data found there is one that the permits cover.
     */
    private static boolean isRead(SharingFacts facts, Recipient recipient, List<SharingRule> permits) {
        // what is said in words about somebody who is not to be seen cannot be cut out of them
        if (facts.persons().stream().anyMatch(person -> person.withdrawn() || person.objects())) {
            return false;
        }
        boolean isWithin = facts.from() != null && facts.from() == recipient.discipline();
        if (isWithin && (facts.narrative().isEmpty() || recipient.kind() == Recipient.RecipientKind.CLASSIFIER)) {
            return true;
        }
        return !facts.narrative().isEmpty()
                && permits.stream().allMatch(rule -> rule.matter().classes().containsAll(facts.narrative()));
    }

    private static boolean isOfRole(SharingRule rule, PersonFacts person) {
        return rule.effect().roles().isEmpty() || rule.effect().roles().contains(person.role());
    }

    private static boolean isAbout(
            SharingRule rule, SharingFacts facts, PersonFacts person, Recipient recipient, LocalDate day) {
        return isOfRole(rule, person)
                && (!rule.terms().when().contains(Condition.CONSENT)
                        || ConsentPolicy.permits(person, recipient, SeatsPolicy.organisationOf(facts, recipient), day));
    }

    private Decision denied(SharingFacts facts, String purpose, String reason) {
        return denied(facts, purpose, NO_RULE, NO_GROUND, List.of(), reason);
    }

    private Decision denied(
            SharingFacts facts, String purpose, String ruleId, String ground, List<String> obligations, String reason) {
        return denied(facts, purpose, ruleId, ground, obligations, List.of(reason), null);
    }

    private Decision held(SharingFacts facts, String purpose, String ruleId, SharingHold hold, String reason) {
        return denied(
                facts,
                purpose,
                ruleId,
                NO_GROUND,
                List.of(),
                List.of(hold.kind().code(), reason),
                hold.id());
    }

    private Decision denied(
            SharingFacts facts,
            String purpose,
            String ruleId,
            String ground,
            List<String> obligations,
            List<String> reasons,
            String heldBy) {
        return Decision.builder()
                .disclosure(Disclosure.NONE)
                .ruleId(ruleId)
                .ground(ground)
                .policyVersion(agreement.policyVersion())
                .removedFields(agreement.everyField())
                .obligations(obligations)
                .reasons(reasons)
                .article(facts.article())
                .externalDecision(facts.externalDecision())
                .purpose(purpose)
                .heldBy(heldBy)
                .build();
    }

    private boolean prohibits(
            SharingRule rule, SharingFacts facts, String purpose, Recipient recipient, LocalDate day) {
        return !rule.terms().except().contains(String.valueOf(purpose))
                && touches(rule, facts)
                && matches(rule, facts, recipient, day);
    }

    private boolean matches(SharingRule rule, SharingFacts facts, Recipient recipient, LocalDate day) {
        if (!isFor(rule, facts, recipient, day)) {
            return false;
        }
        for (Condition condition : rule.terms().when()) {
            if (!holds(condition, rule, facts, recipient, day)) {
                return false;
            }
        }
        return true;
    }

    /** Everything but its conditions, of a rule that may hold between these. */
    private boolean isFor(SharingRule rule, SharingFacts facts, Recipient recipient, LocalDate day) {
        return rule.terms().isValidOn(day)
                && agreement.isSwitchedOn(rule.terms().switchedOn(), day)
                && (rule.parties().acts().isEmpty()
                        || (recipient.act() != null && rule.parties().acts().contains(recipient.act())))
                && (rule.matter().subject() == SubjectKind.BOTH
                        || (rule.matter().subject() == SubjectKind.AREA) == facts.area())
                && (rule.matter().articles().isEmpty()
                        || (facts.article() != null && rule.matter().articles().contains(facts.article())));
    }

    private boolean holds(
            Condition condition, SharingRule rule, SharingFacts facts, Recipient recipient, LocalDate day) {
        return switch (condition) {
            case WITHDRAWN -> facts.withdrawn();
            case ONWARD -> facts.onward();
            case REPORTER_NOT_ALLOWING -> !facts.reporterAllows();
            case ACUTE -> facts.acute();
            case DECISION_VALID ->
                agreement
                        .decision(facts.externalDecision())
                        .filter(decision -> decision.isValid(facts.article(), day))
                        .isPresent();
            case DECISION_NAMES_RECIPIENT ->
                agreement
                        .decision(facts.externalDecision())
                        .filter(decision -> decision.isValid(facts.article(), day) && decision.names(recipient))
                        .isPresent();
            case SAME_ACT -> recipient.act() != null && recipient.act().equals(facts.article());
            case ACROSS_ACTS ->
                recipient.act() != null
                        && facts.article() != null
                        && !recipient.act().equals(facts.article());
            case SAME_DISCIPLINE -> facts.from() != null && facts.from() == recipient.discipline();
            case CLASSIFIED -> !facts.narrative().isEmpty();
            case K_ANONYMOUS,
                    PLAN_AGREED,
                    TRIAGED,
                    MELDCODE_STEP,
                    CONFLICT_OF_DUTIES,
                    DIRECTLY_INVOLVED,
                    MAY_BE_THEIRS,
                    WELFARE_ASKS,
                    STATUS_ALONE -> facts.circumstances().contains(Circumstance.valueOf(condition.name()));
            case MUNICIPALITY_ASKS -> !facts.has(Circumstance.WELFARE_ASKS);
            case CONSENT ->
                facts.persons().stream()
                        .anyMatch(person -> !person.withdrawn() && isAbout(rule, facts, person, recipient, day));
        };
    }

    /** A prohibition needs one of its classes in the signal. */
    private static boolean touches(SharingRule rule, SharingFacts facts) {
        return rule.matter().classes().isEmpty()
                || rule.matter().classes().stream().anyMatch(facts.classes()::contains);
    }

    /** A permit must cover every class of the signal; a signal without a class is covered by nothing. */
    private static boolean covers(SharingRule rule, SharingFacts facts) {
        return !facts.classes().isEmpty() && rule.matter().classes().containsAll(facts.classes());
    }

    /** What the lowest disclosure has, or every permit adds; none withholds it and all cover it. */
    private boolean passes(String field, SharingRule lowest, List<SharingRule> permits) {
        boolean isOfLevel = agreement.fieldsOf(lowest.effect().disclosure()).contains(field);
        DataClass needed = agreement.classOf(field).orElse(null);
        for (SharingRule rule : permits) {
            boolean adds = isOfLevel || rule.effect().also().contains(field);
            boolean covers = needed == null || rule.matter().classes().contains(needed);
            if (!adds || !covers || rule.effect().withhold().contains(field)) {
                return false;
            }
        }
        return true;
    }

    private static List<SharingRule> mostSpecific(List<SharingRule> permits) {
        if (permits.size() < 2) {
            return permits;
        }
        int best = permits.stream().mapToInt(SharingRule::specificity).max().orElse(0);
        return permits.stream().filter(rule -> rule.specificity() == best).toList();
    }

    private List<String> removed(List<String> passing) {
        return agreement.everyField().stream()
                .filter(field -> !passing.contains(field))
                .toList();
    }

    private static List<String> obligations(List<SharingRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.effect().obligations().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
