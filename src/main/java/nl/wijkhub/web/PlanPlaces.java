package nl.wijkhub.web;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalStore;

/** By what the coordinator's seat knows a plan when it sees it: the address that the newest signal of it let pass. */
public final class PlanPlaces {
    private final PlanLifeStore plans;
    private final SignalStore signals;
    private final ReleaseStore releases;

    public PlanPlaces(PlanLifeStore plans, SignalStore signals, ReleaseStore releases) {
        this.plans = plans;
        this.signals = signals;
        this.releases = releases;
    }

    /** Plan → its address in one line; a plan of which no address passed is not in it. */
    Map<UUID, String> of(Collection<UUID> ids, Recipient seat) {
        Map<UUID, UUID> newest = plans.newestSignalOf(ids, seat);
        Map<UUID, AcceptedSignal> accepted = signals.byIds(newest.values()).stream()
                .collect(Collectors.toMap(AcceptedSignal::id, Function.identity()));
        Map<UUID, String> bySignal = new HashMap<>();
        releases.lastOf(newest.values(), seat)
                .forEach(release -> bySignal.put(
                        release.signalId(), QueuePage.where(accepted.get(release.signalId()), release.decision())));
        Map<UUID, String> places = new HashMap<>();
        newest.forEach((plan, signal) -> {
            String place = bySignal.getOrDefault(signal, "");
            if (!place.isEmpty()) {
                places.put(plan, place);
            }
        });
        return places;
    }
}
