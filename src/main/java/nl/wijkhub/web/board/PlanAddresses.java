package nl.wijkhub.web.board;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.casework.SignalLook;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.sharing.ListedSignal;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.SignalStore;

/** By what the coordinator's seat knows a plan: the address that the newest signal of it let pass that let one pass. */
public final class PlanAddresses {
    /** How far back is looked for an address. */
    private static final int SIGNALS = 5;

    private final PlanLifeStore plans;
    private final SignalStore signals;
    private final ReleaseStore releases;
    private final SignalLook looks;

    public PlanAddresses(PlanLifeStore plans, SignalStore signals, ReleaseStore releases, SignalLook looks) {
        this.plans = plans;
        this.signals = signals;
        this.releases = releases;
        this.looks = looks;
    }

    /** For a list, as each stored release has it: plan → its address in one line; a plan of which none passed is not in it. */
    Map<UUID, String> listed(Collection<UUID> ids, Recipient seat) {
        Map<UUID, List<UUID>> newest = plans.newestSignalsOf(ids, seat, SIGNALS);
        List<UUID> all = newest.values().stream().flatMap(List::stream).toList();
        Map<UUID, AcceptedSignal> accepted =
                signals.byIds(all).stream().collect(Collectors.toMap(AcceptedSignal::id, Function.identity()));
        Map<UUID, Release> last =
                releases.lastOf(all, seat).stream().collect(Collectors.toMap(Release::signalId, Function.identity()));
        Map<UUID, String> places = new HashMap<>();
        newest.forEach((plan, known) -> known.stream()
                .filter(last::containsKey)
                .map(signal -> QueueWords.where(
                        ListedSignal.of(accepted.get(signal), last.get(signal).decision())))
                .filter(place -> !place.isEmpty())
                .findFirst()
                .ifPresent(place -> places.put(plan, place)));
        return places;
    }

    /** For the plan that is opened, decided anew in the caller's transaction; empty when no address passes now. */
    String opened(UUID plan, Recipient seat, Actor actor) {
        List<UUID> known = plans.newestSignalsOf(List.of(plan), seat, SIGNALS).getOrDefault(plan, List.of());
        Map<UUID, Release> last =
                releases.lastOf(known, seat).stream().collect(Collectors.toMap(Release::signalId, Function.identity()));
        return known.stream()
                .filter(signal ->
                        last.containsKey(signal) && last.get(signal).decision().passes("address"))
                .findFirst()
                .flatMap(signals::byId)
                .flatMap(signal -> looks.see(signal, actor.pairs(), actor.user()))
                .map(seen -> seen.signal().subject().address())
                .map(Address::oneLine)
                .orElse("");
    }
}
