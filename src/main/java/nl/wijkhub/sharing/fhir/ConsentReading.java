package nl.wijkhub.sharing.fhir;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.ConsentStatus;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/**
 * FHIR R4 Consent → what it says about sharing, in codes.
 * Only scope {@code patient-privacy} speaks about sharing: a treatment directive gives nothing. What is not understood
 * narrows a permit to nothing and leaves a deny as wide as it is. The base rule is {@code policyRule}; a type on the
 * root provision, which the standard does not foresee and real senders use, is read as that provision's own.
 * Source: docs/sharing.md, "Consent as data".
 */
public final class ConsentReading {
    public static final String DISCIPLINES = "urn:wijkhub:codesystem:discipline";
    private static final String SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope";
    private static final String POLICY_RULES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    private static final Set<String> BASE_RULES = Set.of("OPTIN", "OPTOUT");
    private static final String ACTIONS = "http://terminology.hl7.org/CodeSystem/consentaction";
    private static final Set<String> SHARING_ACTIONS = Set.of("access", "disclose");
    private static final Set<String> RECIPIENT_ROLES = Set.of("IRCP", "PRCP");
    private static final String TEAM = "TEAM";
    private static final ZoneId CALENDAR = ZoneId.of("Europe/Amsterdam");

    private ConsentReading() {}

    /**
     * @param voices whose word it is, as its performers show
     * @param now what is dated after it is dated ahead
     * @return empty when it says nothing about sharing
     */
    public static Optional<Consent> read(org.hl7.fhir.r4.model.Consent sent, Set<Voice> voices, Instant now) {
        if (!isPrivacy(sent.getScope()) || sent.getStatus() == null) {
            return Optional.empty();
        }
        return switch (sent.getStatus()) {
            case ACTIVE -> Optional.of(new Consent(ConsentStatus.ACTIVE, voices, provisions(sent, now)));
            case REJECTED ->
                Optional.of(new Consent(
                        ConsentStatus.ACTIVE,
                        voices,
                        List.of(new Consent.Provision(false, 0, Reach.ANYONE, Set.of(), null, null))));
            // what was an error is taken back as well
            case INACTIVE, ENTEREDINERROR -> Optional.of(new Consent(ConsentStatus.WITHDRAWN, voices, List.of()));
            default -> Optional.empty();
        };
    }

    private static List<Consent.Provision> provisions(org.hl7.fhir.r4.model.Consent sent, Instant now) {
        String base = baseRule(sent.getPolicyRule());
        ProvisionComponent root = sent.hasProvision() ? sent.getProvision() : null;
        List<Consent.Provision> provisions = new ArrayList<>();
        boolean isUnderstood = !sent.hasModifierExtension() && !base.equals("unknown") && isGiven(sent, now);
        Boolean rootSays = root == null ? null : says(root);
        // beside a root provision that permits, the base rule is only what was left unsaid
        boolean baseSpeaks = root == null || Boolean.FALSE.equals(rootSays);
        if (base.equals("OPTOUT") && !Boolean.TRUE.equals(rootSays)) {
            provisions.add(new Consent.Provision(false, 0, Reach.ANYONE, Set.of(), null, null));
        } else if (baseSpeaks && base.equals("OPTIN") && isUnderstood) {
            provisions.add(new Consent.Provision(true, 0, Reach.ANYONE, Set.of(), null, null));
        }
        if (root != null) {
            // without a type of its own the root narrows the base rule
            Boolean says = rootSays == null && base.equals("OPTIN") ? Boolean.TRUE : rootSays;
            Outer nothing = new Outer(new Window(null, null), List.of(), isUnderstood);
            read(root, says, 1, nothing, provisions);
        }
        return provisions;
    }

    /** True for a permit, false for a deny, null when it says neither. */
    private static Boolean says(ProvisionComponent provision) {
        return provision.getType() == null || provision.getType() == ConsentProvisionType.NULL
                ? null
                : Boolean.valueOf(provision.getType() == ConsentProvisionType.PERMIT);
    }

    /** OPTIN, OPTOUT, none or unknown; two that differ are unknown. */
    private static String baseRule(CodeableConcept rule) {
        if (rule == null || rule.isEmpty()) {
            return "none";
        }
        Set<String> codes = new TreeSet<>();
        for (Coding coding : rule.getCoding()) {
            boolean isOurs = POLICY_RULES.equals(coding.getSystem()) && BASE_RULES.contains(code(coding.getCode()));
            codes.add(isOurs ? code(coding.getCode()) : "unknown");
        }
        return codes.size() == 1 ? codes.iterator().next() : "unknown";
    }

    /** What was not verified, or is dated ahead, permits nothing. */
    private static boolean isGiven(org.hl7.fhir.r4.model.Consent sent, Instant now) {
        boolean isRefuted = sent.getVerification().stream()
                .anyMatch(verification ->
                        Boolean.FALSE.equals(verification.getVerifiedElement().getValue()));
        Date given = sent.getDateTime();
        return !isRefuted && (given == null || !given.after(Date.from(now)));
    }

    private record Window(LocalDate from, LocalDate until) {
        /** A year or a month alone is read narrowly for a permit, widely for a deny. */
        Window within(Period period, boolean narrowly) {
            LocalDate start = day(period.getStartElement(), false, narrowly);
            LocalDate end = day(period.getEndElement(), true, narrowly);
            return new Window(
                    start == null || (from != null && from.isAfter(start)) ? from : start,
                    end == null || (until != null && until.isBefore(end)) ? until : end);
        }
    }

    /** What a provision stands in: all of it narrows what is nested. */
    private record Outer(Window window, List<Actor> actors, boolean isUnderstood) {}

    private static void read(
            ProvisionComponent sent, Boolean permit, int depth, Outer outer, List<Consent.Provision> provisions) {
        boolean understood = outer.isUnderstood() && isUnderstood(sent);
        boolean isDeny = Boolean.FALSE.equals(permit);
        Window window = sent.hasPeriod() ? outer.window().within(sent.getPeriod(), !isDeny) : outer.window();
        List<Actor> actors =
                sent.hasActor() ? within(outer.actors(), actors(sent.getActor(), !isDeny), isDeny) : outer.actors();
        if (permit != null && (understood || isDeny)) {
            // nobody named, here or around it, is anyone
            List<Actor> about = sent.hasActor() || !actors.isEmpty() ? actors : List.of(ANYONE);
            about.forEach(actor -> provisions.add(new Consent.Provision(
                    permit, depth, actor.reach(), actor.disciplines(), window.from(), window.until())));
        }
        Outer inner = new Outer(window, sent.hasActor() && actors.isEmpty() ? List.of(NOBODY) : actors, understood);
        for (ProvisionComponent nested : sent.getProvision()) {
            read(nested, says(nested), depth + 1, inner, provisions);
        }
    }

    /** A permit reaches no further than what it is nested in; a deny is left as wide as it is. */
    private static List<Actor> within(List<Actor> outer, List<Actor> own, boolean isDeny) {
        if (isDeny || outer.isEmpty() || outer.stream().anyMatch(actor -> actor.reach() != Reach.NAMED)) {
            return own;
        }
        Set<Discipline> allowed = EnumSet.noneOf(Discipline.class);
        outer.forEach(actor -> allowed.addAll(actor.disciplines()));
        List<Actor> narrowed = new ArrayList<>();
        for (Actor actor : own) {
            Set<Discipline> both = EnumSet.noneOf(Discipline.class);
            both.addAll(allowed);
            if (actor.reach() == Reach.NAMED) {
                both.retainAll(actor.disciplines());
            } else {
                both.remove(Discipline.POLICE);
            }
            narrowed.add(new Actor(Reach.NAMED, both));
        }
        return narrowed;
    }

    /** Whether every element that narrows is one this hub can judge. */
    private static boolean isUnderstood(ProvisionComponent sent) {
        boolean actions = sent.getAction().stream().allMatch(action -> action.getCoding().stream()
                .anyMatch(coding -> ACTIONS.equals(coding.getSystem())
                        && SHARING_ACTIONS.contains(String.valueOf(coding.getCode()))));
        Period period = sent.getPeriod();
        boolean isDated = (!period.hasStartElement() || period.getStart() != null)
                && (!period.hasEndElement() || period.getEnd() != null);
        return actions
                && isDated
                && !sent.hasModifierExtension()
                && !sent.hasPurpose()
                && !sent.hasClass_()
                && !sent.hasCode()
                && !sent.hasSecurityLabel()
                && !sent.hasDataPeriod()
                && !sent.hasData();
    }

    private record Actor(Reach reach, Set<Discipline> disciplines) {}

    private static final Actor ANYONE = new Actor(Reach.ANYONE, Set.of());
    private static final Actor NOBODY = new Actor(Reach.NAMED, Set.of());

    /** Whom a provision names; a permit for somebody unknown is for nobody, a deny for everybody. */
    private static List<Actor> actors(List<provisionActorComponent> sent, boolean permit) {

        List<Actor> actors = new ArrayList<>();
        Set<Discipline> named = EnumSet.noneOf(Discipline.class);
        for (provisionActorComponent actor : sent) {
            Set<String> codes = codes(actor);
            boolean isKnown = !codes.isEmpty()
                    && codes.stream()
                            .allMatch(code ->
                                    code.equals(TEAM) || Discipline.of(code).isPresent());
            if (!isKnown && !permit) {
                actors.add(ANYONE);
            } else if (isKnown && codes.contains(TEAM)) {
                actors.add(new Actor(Reach.TEAM, Set.of()));
            }
            if (isKnown) {
                codes.forEach(code -> Discipline.of(code).ifPresent(named::add));
            }
        }
        if (!named.isEmpty()) {
            actors.add(new Actor(Reach.NAMED, named));
        }
        return actors;
    }

    /** Our own codes in an actor's role, or in the identifier it refers to; empty when there is anything else. */
    private static Set<String> codes(provisionActorComponent actor) {
        Set<String> codes = new TreeSet<>();
        for (Coding coding : actor.getRole().getCoding()) {
            if (DISCIPLINES.equals(coding.getSystem())) {
                codes.add(code(coding.getCode()));
            } else if (!RECIPIENT_ROLES.contains(String.valueOf(coding.getCode()))) {
                return Set.of();
            }
        }
        Reference reference = actor.getReference();
        if (reference.hasReference()) {
            return Set.of();
        }
        if (reference.hasIdentifier()) {
            if (!DISCIPLINES.equals(reference.getIdentifier().getSystem())) {
                return Set.of();
            }
            codes.add(code(reference.getIdentifier().getValue()));
        }
        return codes;
    }

    private static String code(String sent) {
        return String.valueOf(sent).strip().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The day of a moment; a permit gets no part of a day it does not cover whole. */
    private static LocalDate day(BaseDateTimeType time, boolean isEnd, boolean narrowly) {
        if (time == null || time.getValue() == null) {
            return null;
        }
        String text = time.getValueAsString();
        boolean latest = isEnd != narrowly;
        return switch (text.length()) {
            case 4 -> LocalDate.parse(text + (latest ? "-12-31" : "-01-01"));
            case 7 -> latest ? YearMonth.parse(text).atEndOfMonth() : LocalDate.parse(text + "-01");
            case 10 -> LocalDate.parse(text);
            default -> wholeDay(time.getValue().toInstant().atZone(CALENDAR), isEnd, narrowly);
        };
    }

    private static LocalDate wholeDay(ZonedDateTime moment, boolean isEnd, boolean narrowly) {
        boolean isMidnight = moment.toLocalTime().equals(LocalTime.MIDNIGHT);
        LocalDate day = moment.toLocalDate();
        if (!narrowly) {
            return day;
        }
        return isEnd ? day.minusDays(1) : isMidnight ? day : day.plusDays(1);
    }

    private static boolean isPrivacy(CodeableConcept scope) {
        return scope.hasCoding()
                && scope.getCoding().stream()
                        .allMatch(coding ->
                                SCOPE.equals(coding.getSystem()) && "patient-privacy".equals(coding.getCode()));
    }
}
