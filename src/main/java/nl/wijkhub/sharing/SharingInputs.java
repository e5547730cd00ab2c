package nl.wijkhub.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.sharing.SharingFacts.Age;
import nl.wijkhub.sharing.SharingFacts.PersonFacts;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Severity;

/**
 * Gathers what a decision rests on: the signal as classes and codes, what its people said about sharing and object to,
 * what was withdrawn, what a person found in its narrative.
 */
public final class SharingInputs {
    private final ConsentStore consents;
    private final ReleaseStore releases;
    private final ObjectionStore objections;
    private final NarrativeStore narratives;
    private final Partners partners;
    private final SeatsConcerned seats;

    public SharingInputs(
            ConsentStore consents,
            ReleaseStore releases,
            ObjectionStore objections,
            NarrativeStore narratives,
            Partners partners,
            SeatsConcerned seats) {
        this.consents = consents;
        this.releases = releases;
        this.objections = objections;
        this.narratives = narratives;
        this.partners = partners;
        this.seats = seats;
    }

    /** Of signals that may have been decided before. */
    Map<UUID, SharingFacts> of(Collection<MatchedSignal> signals, Instant now) {
        return of(signals, List.of(), now);
    }

    /**
     * The same, for what may be passed on to others than the team of its household and its place.
     *
     * @param others the seats it may be passed on to
     */
    Map<UUID, SharingFacts> of(Collection<MatchedSignal> signals, Collection<Recipient> others, Instant now) {
        return gather(signals, narratives.of(ids(signals)), others, false, now);
    }

    /** Of signals that were never decided: nobody has read them. */
    Map<UUID, SharingFacts> ofNew(Collection<MatchedSignal> signals, Instant now) {
        return gather(signals, Map.of(), List.of(), true, now);
    }

    SharingFacts of(MatchedSignal signal, Instant now) {
        return of(List.of(signal), now).get(signal.signalId());
    }

    private Map<UUID, SharingFacts> gather(
            Collection<MatchedSignal> signals,
            Map<UUID, Set<DataClass>> read,
            Collection<Recipient> others,
            boolean isNew,
            Instant now) {
        Set<UUID> withdrawn = releases.withdrawnSignals(ids(signals));
        Said said = new Said(said(signals), objections.of(ConsentStore.keysOf(signals)));
        Map<UUID, SharingFacts> facts = new HashMap<>();
        for (MatchedSignal matched : signals) {
            facts.put(
                    matched.signalId(),
                    facts(
                            matched,
                            said,
                            withdrawn.contains(matched.signalId()),
                            read.getOrDefault(matched.signalId(), Set.of()),
                            now));
        }
        seats.into(signals, others, isNew, facts);
        return facts;
    }

    /** Of organisations that have become partners since, by their ids. */
    Map<String, Set<ConsentStore.Registered>> said(Collection<MatchedSignal> signals) {
        Map<String, Set<ConsentStore.Registered>> said = consents.of(signals);
        said.replaceAll((key, all) ->
                all.stream().map(one -> one.knownTo(partners)).collect(Collectors.toCollection(LinkedHashSet::new)));
        return said;
    }

    /**
     * What people said, by the keys of {@link MatchedSignal#subjectKeys}.
     */
    record Said(
            Map<String, Set<ConsentStore.Registered>> consents, Map<String, List<ObjectionStore.Standing>> objections) {
        boolean objects(List<String> keys, AcceptedSignal to, boolean upheld) {
            for (String key : keys) {
                for (ObjectionStore.Standing objection : objections.getOrDefault(key, List.of())) {
                    if (objection.upheld() == upheld && objection.senders().contains(to.discipline())) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Each once, in the order they were registered. */
        List<Consent> consentsOf(List<String> keys) {
            if (consents.isEmpty()) {
                return List.of();
            }
            return keys.stream()
                    .flatMap(key -> consents.getOrDefault(key, Set.of()).stream())
                    .distinct()
                    .sorted(Comparator.comparing(ConsentStore.Registered::id))
                    .map(ConsentStore.Registered::consent)
                    .toList();
        }
    }

    static SharingFacts facts(
            MatchedSignal matched, Said said, boolean withdrawn, Set<DataClass> narrative, Instant now) {
        AcceptedSignal accepted = matched.accepted();
        CaseSignal signal = accepted.signal();
        List<PersonFacts> persons = persons(matched, said, now);
        // when everybody it is about objected, and was right, nothing of it stands
        boolean nobodyLeft = !persons.isEmpty() && persons.stream().allMatch(PersonFacts::withdrawn);
        return SharingFacts.builder()
                .from(accepted.discipline())
                .classes(accepted.classes())
                .category(signal.category())
                .area(!signal.subject().isHousehold())
                .article(signal.ground().article())
                .externalDecision(signal.ground().decision())
                .acute(signal.severity() == Severity.ACUTE)
                .reporterAllows(signal.reporter() == null || signal.reporter().sharingAllowed())
                .withdrawn(withdrawn || nobodyLeft)
                .drawnFor(true)
                .persons(persons)
                .narrative(narrative)
                .build();
    }

    private static List<PersonFacts> persons(MatchedSignal matched, Said said, Instant now) {
        List<PersonFacts> persons = new ArrayList<>();
        for (int i = 0; i < matched.personIds().size(); i++) {
            var person =
                    matched.accepted().signal().subject().household().persons().get(i);
            if (Boolean.TRUE.equals(person.related())) {
                // named beside the person it is about: seen by nobody, asked nothing
                continue;
            }
            List<String> keys = matched.subjectKeys().get(i);
            persons.add(new PersonFacts(
                    matched.personIds().get(i),
                    person.role(),
                    said.objects(keys, matched.accepted(), true),
                    said.objects(keys, matched.accepted(), false),
                    age(person.birthDate(), now),
                    said.consentsOf(keys)));
        }
        return persons;
    }

    private static Age age(LocalDate birthDate, Instant now) {
        if (birthDate == null) {
            return Age.UNKNOWN;
        }
        int years = Period.between(birthDate, LocalDate.ofInstant(now, SharingPolicy.CALENDAR))
                .getYears();
        return years < 12 ? Age.UNDER_12 : years < 16 ? Age.FROM_12_TO_15 : Age.FROM_16;
    }

    private static List<UUID> ids(Collection<MatchedSignal> signals) {
        return signals.stream().map(MatchedSignal::signalId).toList();
    }
}
