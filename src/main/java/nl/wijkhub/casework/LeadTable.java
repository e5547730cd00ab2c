package nl.wijkhub.casework;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.casework.LeadTablePolicy.Figures;
import nl.wijkhub.casework.LeadTablePolicy.History;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.SharingFacts;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.team.Seat;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.Teams;

/**
 * How every seat of a team does, for the leads of that team: the own seat as it stands now, the others as far as
 * {@link LeadTablePolicy} tells of them and the sharing agreement lets it (row 35).
 */
public final class LeadTable {
    /** The 30 days before a Monday, and the week after it. */
    private static final Duration LOOKED_AT = Duration.ofDays(38);

    private static final int MOST = 1000;

    /** @param isLive of the viewer's own seat: exact, and as it is now */
    public record Row(Seat seat, boolean isLive, Figures figures) {}

    /** What the coordinator's seat knows of the plans of its team, now. */
    public record Plans(long withoutCoordinator, long lateAgreements, long openHandovers) {}

    /**
     * @param asOf until when the others' figures count
     * @param seats in the order in which the team lists them; without the agreement the viewer's own alone
     * @param plans null but at the coordinator's seat
     */
    public record Table(Instant asOf, List<Row> seats, Plans plans) {}

    private final LeadTableStore histories;
    private final AttentionStore attention;
    private final HandoverStore handovers;
    private final AgreementInForce inForce;
    private final Vault vault;
    private final Teams teams;
    private final Clock clock;

    public LeadTable(
            LeadTableStore histories,
            AttentionStore attention,
            HandoverStore handovers,
            AgreementInForce inForce,
            Vault vault,
            Teams teams,
            Clock clock) {
        this.histories = histories;
        this.attention = attention;
        this.handovers = handovers;
        this.inForce = inForce;
        this.vault = vault;
        this.teams = teams;
        this.clock = clock;
    }

    /** Rejects: who is no lead of that seat. */
    public Table of(Recipient own, String user) {
        if (!teams.leads(user, own)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, SharingPolicy.CALENDAR);
        Team team = teams.find(own.teamId()).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        boolean isTold = mayTell(own, now);
        Map<String, History> known = histories.of(
                team, LeadTablePolicy.asOf(day).minus(LOOKED_AT), LeadTablePolicy.asOf(LeadTablePolicy.week(day)));
        List<Row> rows = new ArrayList<>();
        for (Seat seat : team.seats()) {
            History history = known.getOrDefault(seat.recipient().seatName(), History.EMPTY);
            if (seat.recipient().equals(own)) {
                rows.add(new Row(seat, true, LeadTablePolicy.live(history, now)));
            } else if (isTold) {
                rows.add(new Row(seat, false, LeadTablePolicy.told(history, day, secretOf(seat.recipient()))));
            }
        }
        return new Table(LeadTablePolicy.asOf(day), rows, plans(own));
    }

    private boolean mayTell(Recipient own, Instant now) {
        SharingFacts figures = SharingFacts.builder()
                .from(Discipline.MUNICIPALITY)
                .classes(Set.of(DataClass.A))
                .area(true)
                .reporterAllows(true)
                .drawnFor(true)
                .build();
        return inForce.policy()
                .decide(figures, own.as(Recipient.RecipientKind.TEAM_LEAD), now)
                .releases();
    }

    private LeadTablePolicy.Secret secretOf(Recipient seat) {
        return (bound, name) -> {
            byte[] pseudonym = vault.pseudonym("lead-table", seat.clientId() + ' ' + name);
            return (int) Long.remainderUnsigned(ByteBuffer.wrap(pseudonym).getLong(), bound);
        };
    }

    private Plans plans(Recipient own) {
        if (own.discipline() != Discipline.MUNICIPALITY) {
            return null;
        }
        List<AttentionStore.Item> asking = attention.ofPair(own, MOST);
        return new Plans(
                asking.stream()
                        .filter(one -> one.kind().equals("no-coordinator"))
                        .count(),
                asking.stream()
                        .filter(one -> one.kind().equals("agreement-late"))
                        .count(),
                handovers.ofTeam(own.teamId()).size());
    }
}
