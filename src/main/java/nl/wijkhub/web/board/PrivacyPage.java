package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkhub.casework.ObjectionWork;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.AgreementStore;
import nl.wijkhub.sharing.BreakGlassStore;
import nl.wijkhub.sharing.CitizenExport;
import nl.wijkhub.sharing.DecisionReplay;
import nl.wijkhub.sharing.DutyStore;
import nl.wijkhub.sharing.Explanation;
import nl.wijkhub.sharing.Explanations;
import nl.wijkhub.sharing.HoldStore;
import nl.wijkhub.sharing.ObjectionStore;
import nl.wijkhub.sharing.Organisations;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.sharing.WhatIf;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.team.Role;
import nl.wijkhub.web.http.Caller;

/**
 * The privacy officer's work: looks in an emergency to review, whom to tell, objections, who knew what of a citizen, why
 * something was shared or withheld and whether deciding again says the same, and what another agreement would change.
 */
public final class PrivacyPage implements Board.Section {
    /** Hold all that the privacy officer has to look through: break-glass, duties, holds, agreements. */
    public record Books(BreakGlassStore uses, DutyStore duties, HoldStore holds, AgreementStore agreements) {}

    public static final int MOST = 100;
    private static final Duration LONGEST_DEFERRAL = Duration.ofDays(366);

    /** A longer look back is for the command: it reads every decision. */
    private static final int LONGEST_LOOK_DAYS = 92;

    private static final String HOME = "/board/privacy";

    /**
     * @param held what waits for consent or for somebody's judgement
     * @param who of the recipients of both → the organisation
     */
    public record PrivacyView(
            List<BreakGlassStore.Use> uses,
            List<DutyStore.Duty> duties,
            List<ObjectionStore.Objection> objections,
            List<HoldStore.Held> held,
            Map<Recipient, String> who,
            List<String> versions,
            LocalDate monthAgo) {}

    private final BreakGlassStore uses;
    private final DutyStore duties;
    private final ObjectionWork objections;
    private final HoldStore holds;
    private final CitizenExport export;
    private final Explanations explanations;
    private final DecisionReplay replay;
    private final Organisations organisations;
    private final AgreementStore agreements;
    private final Clock clock;

    public PrivacyPage(
            Books books,
            ObjectionWork objections,
            CitizenExport export,
            Explanations explanations,
            DecisionReplay replay,
            Organisations organisations,
            Clock clock) {
        this.uses = books.uses();
        this.duties = books.duties();
        this.objections = objections;
        this.holds = books.holds();
        this.export = export;
        this.explanations = explanations;
        this.replay = replay;
        this.organisations = organisations;
        this.agreements = books.agreements();
        this.clock = clock;
    }

    @Override
    public void mount(Router router, Board board) {
        router.get(HOME).handler(ctx -> home(ctx, board));
        router.get("/board/releases/:id").handler(ctx -> release(ctx, board));
        router.post(HOME + "/break-glass/:id/review").handler(ctx -> review(ctx, board));
        router.post(HOME + "/duties/:id/done").handler(ctx -> dutyDone(ctx, board));
        router.post(HOME + "/duties/:id/defer").handler(ctx -> dutyDeferred(ctx, board));
        router.post(HOME + "/objections").handler(ctx -> raise(ctx, board));
        router.post(HOME + "/objections/:id/decide").handler(ctx -> decide(ctx, board));
        router.post(HOME + "/citizen").handler(ctx -> citizen(ctx, board));
        router.post(HOME + "/what-if").handler(ctx -> whatIf(ctx, board));
    }

    private void home(RoutingContext ctx, Board board) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, "privacy.jte", () -> {
            Caller caller = board.only(ctx, Role.PRIVACY_OFFICER);
            List<BreakGlassStore.Use> toReview = uses.toReview(MOST);
            List<HoldStore.Held> held = holds.open(MOST);
            PrivacyView view = new PrivacyView(
                    toReview,
                    duties.open(MOST),
                    objections.latest(caller.user(), caller.trace()),
                    held,
                    texts.who(
                            Stream.concat(
                                    toReview.stream().map(BreakGlassStore.Use::recipient),
                                    held.stream().map(HoldStore.Held::recipient)),
                            organisations),
                    agreements.versions(),
                    SharingPolicy.today(clock).minusMonths(1));
            return Map.of("texts", texts, "privacy", view);
        });
    }

    private void release(RoutingContext ctx, Board board) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, "release.jte", () -> {
            board.only(ctx, Role.PRIVACY_OFFICER);
            UUID id = Board.id(ctx);
            Explanation explanation = explanations.whole(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
            Map<String, Object> model = new HashMap<>();
            model.put("texts", texts);
            model.put("explanation", explanation);
            model.put("who", texts.who(organisations.of(explanation.release().recipient())));
            model.put("replayed", replay.one(id).orElse(null));
            return model;
        });
    }

    private void review(RoutingContext ctx, Board board) {
        FormReading in = new FormReading(ctx);
        String outcome = in.oneOf("outcome", Set.of("justified", "unjustified"));
        board.act(ctx, HOME, () -> {
            Caller caller = board.only(ctx, Role.PRIVACY_OFFICER);
            in.orReject();
            found(uses.review(Board.id(ctx), outcome, caller.user(), clock.instant()));
            return "reviewed";
        });
    }

    private void dutyDone(RoutingContext ctx, Board board) {
        board.act(ctx, HOME, () -> {
            Caller caller = board.only(ctx, Role.PRIVACY_OFFICER);
            found(duties.decide(Board.id(ctx), null, null, caller.user(), clock.instant()));
            return "duty-done";
        });
    }

    private void dutyDeferred(RoutingContext ctx, Board board) {
        FormReading in = new FormReading(ctx);
        String reason = in.reason();
        LocalDate until = in.date("until");
        Instant now = clock.instant();
        Instant end = until == null
                ? null
                : until.plusDays(1).atStartOfDay(SharingPolicy.CALENDAR).toInstant();
        if (end != null && !end.isAfter(now)) {
            in.fault("/until", "in-past");
        } else if (end != null && end.isAfter(now.plus(LONGEST_DEFERRAL))) {
            in.fault("/until", "out-of-range.within-a-year");
        }
        board.act(ctx, HOME, () -> {
            Caller caller = board.only(ctx, Role.PRIVACY_OFFICER);
            in.orReject();
            found(duties.decide(Board.id(ctx), reason, end, caller.user(), now));
            return "duty-deferred";
        });
    }

    private static void found(boolean isFound) {
        if (!isFound) {
            throw new Rejected(Problem.NOT_FOUND);
        }
    }

    private void raise(RoutingContext ctx, Board board) {
        FormReading in = new FormReading(ctx);
        CaseSignal.Person person = in.person();
        String reason = in.reason();
        board.act(ctx, HOME, () -> {
            Caller caller = board.only(ctx, Role.PRIVACY_OFFICER);
            in.orReject();
            objections.raise(person, reason, caller.user(), caller.trace());
            return "objection-raised";
        });
    }

    private void decide(RoutingContext ctx, Board board) {
        FormReading in = new FormReading(ctx);
        String outcome = in.oneOf("outcome", Set.of("upheld", "rejected"));
        String reason = in.reason();
        board.act(ctx, HOME, () -> {
            Caller caller = board.only(ctx, Role.PRIVACY_OFFICER);
            in.orReject();
            objections.decide(Board.id(ctx), outcome.equals("upheld"), reason, caller.user(), caller.trace());
            return "objection-decided";
        });
    }

    /** Who knew what of one citizen, to read or to print; asked by a form, so that nobody's name stands in an address. */
    private void citizen(RoutingContext ctx, Board board) {
        FormReading in = new FormReading(ctx);
        CaseSignal.Person person = in.person();
        board.show(ctx, CitizenDocument.TEMPLATE, () -> {
            Caller caller = board.only(ctx, Role.PRIVACY_OFFICER);
            in.orReject();
            return CitizenDocument.model(export.of(person, caller.user()));
        });
    }

    private void whatIf(RoutingContext ctx, Board board) {
        FormReading in = new FormReading(ctx);
        String version = in.text("version", 1);
        LocalDate since = in.date("since");
        LocalDate first = SharingPolicy.today(clock).minusDays(LONGEST_LOOK_DAYS);
        if (since != null && since.isBefore(first)) {
            in.fault("/since", "out-of-range.look-back", LONGEST_LOOK_DAYS);
        }
        Texts texts = Texts.of(ctx);
        board.show(ctx, "what-if.jte", () -> {
            board.only(ctx, Role.PRIVACY_OFFICER);
            in.orReject();
            WhatIf result = replay.whatIf(
                            version, since.atStartOfDay(SharingPolicy.CALENDAR).toInstant())
                    .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
            return Map.of("texts", texts, "version", version, "since", since, "whatIf", result);
        });
    }
}
