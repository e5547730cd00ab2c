package nl.wijkhub.sharing.fhir;

import static nl.wijkhub.kernel.Fault.at;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.wijkhub.sharing.fhir.ConsentActors.Actor;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.ConsentStatus;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;
import nl.wijkhub.signal.Partners;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;

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
    private static final ZoneId CALENDAR = ZoneId.of("Europe/Amsterdam");

    private final org.hl7.fhir.r4.model.Consent sent;
    private final String pointer;
    private final ConsentActors named;
    private final Instant now;

    private ConsentReading(BundleReading.Entry<org.hl7.fhir.r4.model.Consent> entry, ConsentActors named, Instant now) {
        this.sent = entry.resource();
        this.pointer = entry.at("provision");
        this.named = named;
        this.now = now;
    }

    /**
     * @param bundle in which its references lead somewhere
     * @param voices whose word it is, as its performers show
     * @return empty when it says nothing about sharing
     */
    static Optional<Consent> read(
            BundleReading.Entry<org.hl7.fhir.r4.model.Consent> entry,
            BundleReading bundle,
            Set<Voice> voices,
            Partners partners,
            Checks checks) {
        OrganisationReading organisations = new OrganisationReading(bundle, entry, partners, checks);
        ConsentActors named = new ConsentActors(organisations, partners, checks);
        return new ConsentReading(entry, named, checks.now().toInstant()).read(voices);
    }

    private Optional<Consent> read(Set<Voice> voices) {
        if (!isPrivacy(sent.getScope()) || sent.getStatus() == null) {
            return Optional.empty();
        }
        return switch (sent.getStatus()) {
            case ACTIVE -> Optional.of(new Consent(ConsentStatus.ACTIVE, voices, provisions()));
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

    private List<Consent.Provision> provisions() {
        String base = baseRule(sent.getPolicyRule());
        ProvisionComponent root = sent.hasProvision() ? sent.getProvision() : null;
        List<Consent.Provision> provisions = new ArrayList<>();
        boolean isUnderstood = !sent.hasModifierExtension() && !base.equals("unknown") && isGiven();
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
            read(root, pointer, says, 1, nothing, provisions);
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
            boolean isOurs = POLICY_RULES.equals(coding.getSystem())
                    && BASE_RULES.contains(ConsentActors.code(coding.getCode()));
            codes.add(isOurs ? ConsentActors.code(coding.getCode()) : "unknown");
        }
        return codes.size() == 1 ? codes.iterator().next() : "unknown";
    }

    /** What was not verified, or is dated ahead, permits nothing. */
    private boolean isGiven() {
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

    private void read(
            ProvisionComponent part,
            String here,
            Boolean permit,
            int depth,
            Outer outer,
            List<Consent.Provision> provisions) {
        boolean understood = outer.isUnderstood() && isUnderstood(part);
        boolean isDeny = Boolean.FALSE.equals(permit);
        Window window = part.hasPeriod() ? outer.window().within(part.getPeriod(), !isDeny) : outer.window();
        List<Actor> actors = part.hasActor()
                ? named.within(outer.actors(), named.named(part.getActor(), here + "/actor", !isDeny), isDeny)
                : outer.actors();
        if (permit != null && (understood || isDeny)) {
            // nobody named, here or around it, is anyone
            List<Actor> about = part.hasActor() || !actors.isEmpty() ? actors : List.of(ConsentActors.ANYONE);
            about.forEach(actor -> provisions.add(new Consent.Provision(
                    permit,
                    depth,
                    actor.reach(),
                    actor.disciplines(),
                    actor.organisations(),
                    window.from(),
                    window.until())));
        }
        Outer inner = new Outer(
                window, part.hasActor() && actors.isEmpty() ? List.of(ConsentActors.NOBODY) : actors, understood);
        for (int i = 0; i < part.getProvision().size(); i++) {
            ProvisionComponent nested = part.getProvision().get(i);
            read(nested, at(here + "/provision", i), says(nested), depth + 1, inner, provisions);
        }
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
