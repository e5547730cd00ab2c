package nl.wijkhub.sharing;

import java.util.Optional;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;

/**
 * Of which organisation somebody is: who was told something, and who looked. A seat keeps its organisation for good,
 * so what is said today is right for a line of years ago.
 */
public final class Organisations {
    /** Who sat at a seat that left the configuration. A port: the teams keep it. */
    public interface SeatsOfBefore {
        /** The partner; empty for a seat that was never settled. */
        Optional<String> partnerOf(Recipient seat);
    }

    /**
     * Somebody and their organisation.
     *
     * @param recipient where they sit, or what else they are to the household; null for staff, who sit nowhere
     * @param id of the partner; null where nobody knows, or where there are several
     * @param name of the organisation; its id once it left partners.yaml, null without an id
     */
    public record Party(Recipient recipient, String id, String name) {
        /** Null for who sits in none: a sender's recipient has the sender in the place of a team. */
        public String teamId() {
            return recipient == null || recipient.kind() == Recipient.RecipientKind.SENDER ? null : recipient.teamId();
        }

        /** Null where it does not matter. */
        public Discipline discipline() {
            return recipient == null ? null : recipient.discipline();
        }
    }

    private final Partners partners;
    private final RecipientsOfPlace seats;
    private final SeatsOfBefore before;

    public Organisations(Partners partners, RecipientsOfPlace seats, SeatsOfBefore before) {
        this.partners = partners;
        this.seats = seats;
        this.before = before;
    }

    /** Who was told something. */
    public Party of(Recipient recipient) {
        return switch (recipient.kind()) {
            case TEAM, BREAK_GLASS, PLAN_PARTNER, CLASSIFIER -> party(recipient, atSeat(recipient.seat()));
            case SENDER -> party(recipient, recipient.teamId());
            // several organisations, or a body of its own: one alone would be a guess
            default -> party(recipient, recipient.organisation());
        };
    }

    /**
     * Who looked.
     *
     * @param user as the log has it: a person, a system, or a partner that subscribed or was consulted
     * @param role as the log has it: the name of a recipient, or what staff are
     */
    public Party behind(String user, String role) {
        Recipient recipient = Recipient.ofName(role).orElse(null);
        if (recipient == null) {
            return party(null, null);
        }
        return switch (recipient.kind()) {
            case SUBSCRIBER, CONSULTED -> party(recipient, user);
            default -> of(recipient);
        };
    }

    private String atSeat(Recipient seat) {
        return Optional.ofNullable(seats.organisationOf(seat))
                .or(() -> before.partnerOf(seat))
                .orElse(null);
    }

    private Party party(Recipient recipient, String id) {
        return new Party(recipient, id, partners.find(id).map(Partner::name).orElse(id));
    }
}
