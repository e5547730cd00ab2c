package nl.wijkhub.sharing.fhir;

import static nl.wijkhub.kernel.Fault.at;

import java.util.Date;
import java.util.List;
import nl.wijkhub.signal.Checks;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;

/**
 * What in the provisions of a Consent contradicts itself: a period that ends before it begins or spans more than a life,
 * and two provisions beside each other that say the same of the same and one of them not.
 */
final class ConsentProvisions {
    private static final long LONGEST_DAYS = 36_525;
    private static final int MOST_PROVISIONS = 200;

    private static final int MOST_ACTORS = 100;

    private int count;
    private int actors;
    private final Checks checks;

    private ConsentProvisions(Checks checks) {
        this.checks = checks;
    }

    static void check(Consent consent, Checks checks) {
        if (consent.hasProvision()) {
            new ConsentProvisions(checks).check(consent.getProvision(), "/provision");
        }
    }

    /** Whether one holds more than anybody can have meant; then a fault says so. */
    static boolean areTooMany(Consent consent, String here, Checks checks) {
        ConsentProvisions provisions = new ConsentProvisions(checks);
        if (consent.hasProvision()) {
            provisions.count(consent.getProvision(), here);
        }
        return provisions.count > MOST_PROVISIONS || provisions.actors > MOST_ACTORS;
    }

    private void count(ProvisionComponent provision, String here) {
        if (++count == MOST_PROVISIONS + 1) {
            tooMany(here);
        }
        boolean wereFew = actors <= MOST_ACTORS;
        actors += provision.getActor().size();
        if (wereFew && actors > MOST_ACTORS) {
            checks.fault(here, "too-many.actors", MOST_ACTORS);
        }
        for (ProvisionComponent nested : provision.getProvision()) {
            if (count <= MOST_PROVISIONS) {
                count(nested, here);
            }
        }
    }

    private void tooMany(String here) {
        checks.fault(here, "too-many.provisions", MOST_PROVISIONS);
    }

    private void check(ProvisionComponent provision, String here) {
        if (++count > MOST_PROVISIONS) {
            if (count == MOST_PROVISIONS + 1) {
                tooMany(here);
            }
            return;
        }
        if (provision.hasPeriod()) {
            check(provision.getPeriod(), here + "/period");
        }
        List<ProvisionComponent> nested = provision.getProvision();
        for (int i = 0; i < nested.size(); i++) {
            check(nested.get(i), at(here + "/provision", i));
            if (count > MOST_PROVISIONS) {
                // comparing each with each would cost the more, the more there are
                return;
            }
            for (int j = 0; j < i; j++) {
                if (contradict(nested.get(i), nested.get(j))) {
                    checks.fault(at(here + "/provision", i), "contradiction");
                }
            }
        }
    }

    private void check(Period period, String here) {
        Date start = period.getStart();
        Date end = period.getEnd();
        if (start != null && end != null && end.before(start)) {
            checks.fault(here, "inverted-period");
        } else if (start != null && end != null && (end.getTime() - start.getTime()) / 86_400_000L > LONGEST_DAYS) {
            checks.fault(here, "absurd-period");
        }
    }

    /** One permits and the other denies, and nothing else is different. */
    private static boolean contradict(ProvisionComponent a, ProvisionComponent b) {
        if (a.getType() == null || b.getType() == null || a.getType() == b.getType()) {
            return false;
        }
        ProvisionComponent same = a.copy();
        same.setType(b.getType() == ConsentProvisionType.NULL ? null : b.getType());
        return same.equalsDeep(b);
    }
}
