package nl.wijkhub.subscription;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import nl.wijkhub.plan.AreaCode;
import nl.wijkhub.signal.Partners.Partner;

/**
 * What a partner may wish for, in whatever language it asks: what the agreement lets it hear, where it works, where the
 * hub may be sent to, and how much one client may have.
 */
public final class WishPolicy {
    /** The highest step of the ladder; the lowest that anybody is told of is 1. */
    public static final int HIGHEST_LEVEL = 4;

    /** Where the reader of a language writes down what is wrong. */
    public interface Faults {
        void fault(String pointer, String key, Object... arguments);
    }

    private final SinkPolicy sinks;
    private final BiPredicate<EventType, Partner> mayHear;
    private final Predicate<String> isFull;

    /**
     * @param mayHear whether the agreement lets a partner be told this type at all
     * @param isFull whether this client has as many as it may have
     */
    public WishPolicy(SinkPolicy sinks, BiPredicate<EventType, Partner> mayHear, Predicate<String> isFull) {
        this.sinks = sinks;
        this.mayHear = mayHear;
        this.isFull = isFull;
    }

    public boolean mayHear(EventType type, Partner partner, String pointer, Faults faults) {
        boolean mayHear = this.mayHear.test(type, partner);
        if (!mayHear) {
            faults.fault(pointer, "not-yours.agreement");
        }
        return mayHear;
    }

    /**
     * Where a partner is told of what happens: what it asks for within where it works, all of that when it asks nothing.
     *
     * @param sent empty when nothing is asked
     * @param isNeeded whether what it asks to hear lies somewhere
     * @param pointer where the whole of it stands
     * @param pointers where each of it stands
     */
    public Set<String> areas(
            List<String> sent,
            Partner partner,
            boolean isNeeded,
            String pointer,
            IntFunction<String> pointers,
            Faults faults) {
        for (int i = 0; i < sent.size(); i++) {
            String area = sent.get(i);
            if (partner.areas().stream().noneMatch(own -> AreaCode.isWithin(own, area))) {
                faults.fault(pointers.apply(i), "not-yours.area");
            }
        }
        if (isNeeded && sent.isEmpty() && partner.areas().isEmpty()) {
            faults.fault(pointer, "not-yours.nowhere");
        }
        return sent.isEmpty() ? partner.areas() : new LinkedHashSet<>(sent);
    }

    /** Where to; null, with its faults, where the hub may not be sent. */
    public URI sink(String sent, String pointer, Faults faults) {
        SinkPolicy.Asked asked = sinks.read(sent);
        asked.faults().forEach(key -> faults.fault(pointer, key));
        return asked.sink();
    }

    public void room(Partner partner, Faults faults) {
        if (isFull.test(partner.id())) {
            faults.fault("", "too-many.subscriptions", Subscriptions.MOST);
        }
    }
}
