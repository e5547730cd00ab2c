package nl.wijkhub.sharing;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.AgreementFile.KnownCodes;
import nl.wijkhub.sharing.Recipient.RecipientKind;
import nl.wijkhub.sharing.SharingRule.Condition;
import nl.wijkhub.sharing.SharingRule.SeatsMeant;
import nl.wijkhub.sharing.SharingRule.SubjectKind;
import nl.wijkhub.signal.DataClass;

/** Reads one rule of config/sharing-agreement.yaml; what does not fit together is a fault on its line. */
final class RuleReading {
    private static final Set<String> ROLES = Set.of("resident", "tenant", "child", "other");

    private final ConfigNode node;
    private final KnownCodes known;

    /** @param known what the rule may name */
    RuleReading(ConfigNode node, KnownCodes known) {
        this.node = node;
        this.known = known;
    }

    SharingRule rule() {
        String effect = node.required("effect", "permit or prohibition", "prohibition", t -> Optional.of(t)
                .filter(Set.of("permit", "prohibition")::contains));
        boolean permit = effect.equals("permit");
        SharingRule rule = new SharingRule(
                node.text("id"),
                node.integer("row").orElse(0),
                permit,
                node.text("ground"),
                parties(permit),
                matter(),
                terms(),
                effect(),
                node.line());
        check(rule);
        node.nothingElse();
        return rule;
    }

    private SharingRule.Parties parties(boolean permit) {
        Set<Discipline> to = Set.of();
        Set<RecipientKind> kinds = Set.of();
        Set<String> acts = Set.of();
        SeatsMeant seats = SeatsMeant.CONCERNED;
        Optional<ConfigNode> toNode = node.node("to");
        if (toNode.isPresent()) {
            to = Set.copyOf(toNode.get().values("disciplines", "a discipline", Discipline::of));
            kinds = Set.copyOf(toNode.get().values("kinds", "one of " + AgreementFile.kinds(), AgreementFile::kind));
            acts = Set.copyOf(toNode.get().texts("acts"));
            seats = toNode.get()
                    .value("seats", "concerned, designated or all", t -> Coded.of(SeatsMeant.class, t))
                    .orElse(seats);
            toNode.get().nothingElse();
        }
        if (permit && kinds.isEmpty()) {
            kinds = Set.of(RecipientKind.TEAM);
        }
        return new SharingRule.Parties(
                Set.copyOf(node.values("from", "a discipline", Discipline::of)), to, kinds, acts, seats);
    }

    private SharingRule.Matter matter() {
        return new SharingRule.Matter(
                Set.copyOf(node.values("classes", "a data class", DataClass::of)),
                AgreementFile.categories(node, known),
                node.value("subject", "household or area", RuleReading::subject).orElse(SubjectKind.BOTH),
                Set.copyOf(node.texts("articles")));
    }

    private SharingRule.Terms terms() {
        return new SharingRule.Terms(
                AgreementFile.purposes(node, "purposes", known),
                AgreementFile.purposes(node, "except", known),
                Set.copyOf(node.values("when", "one of " + conditions(), RuleReading::condition)),
                oneOf("switchedOn", "one of 'switches'", known.switches()),
                node.date("validFrom").orElse(null),
                node.date("validUntil").orElse(null));
    }

    private SharingRule.Effect effect() {
        return new SharingRule.Effect(
                node.value("disclosure", "NOTICE, SUMMARY or FULL", Disclosure::of)
                        .orElse(Disclosure.NONE),
                AgreementFile.fields(node, "also"),
                AgreementFile.fields(node, "withhold"),
                Set.copyOf(node.values(
                        "roles", "one of " + ROLES, t -> Optional.of(t).filter(ROLES::contains))),
                oneOf("field", "a field of a signal", AgreementFile.FIELDS),
                node.texts("obligations"),
                oneOf("shownAs", "a category of the vocabulary", known.categories()),
                oneOf("says", "one of 'sentences'", known.sentences()));
    }

    /** Null for none. */
    private String oneOf(String key, String form, Set<String> codes) {
        return node.value(key, form, t -> Optional.of(t).filter(codes::contains))
                .orElse(null);
    }

    private void check(SharingRule rule) {
        SharingRule.Parties parties = rule.parties();
        SharingRule.Terms terms = rule.terms();
        SharingRule.Effect effect = rule.effect();
        if (rule.permit()
                && (effect.disclosure() == Disclosure.NONE
                        || parties.from().isEmpty()
                        || (parties.to().isEmpty() && parties.kinds().contains(RecipientKind.TEAM))
                        || rule.matter().classes().isEmpty()
                        || terms.purposes().isEmpty())) {
            node.fault("a permit names 'from', 'to.disciplines' or 'to.kinds', 'classes', 'purposes' and a"
                    + " 'disclosure' above NONE");
        }
        if (rule.permit() ? !terms.except().isEmpty() : !terms.purposes().isEmpty()) {
            node.fault("a permit has 'purposes', a prohibition holds for all of them but its 'except'");
        }
        if (rule.permit() && effect.field() != null) {
            node.fault("only a prohibition can be about one field");
        }
        if (!rule.permit() && (effect.shownAs() != null || effect.says() != null)) {
            node.fault("a prohibition shows and says nothing");
        }
        if (!rule.permit() && parties.seats() != SeatsMeant.CONCERNED) {
            node.fault("a prohibition holds for every seat: 'seats' is for permits");
        }
        if (parties.seats() == SeatsMeant.DESIGNATED && !parties.to().equals(Set.of(Discipline.CARE))) {
            node.fault("'seats: designated' is for 'disciplines: [CARE]' alone: no other seat is designated");
        }
        if (!rule.permit() && effect.disclosure() != Disclosure.NONE) {
            node.fault("a prohibition has no 'disclosure'");
        }
        if (!known.grounds().contains(rule.ground())) {
            node.fault("the ground '" + rule.ground() + "' is not among 'grounds'");
        }
    }

    private static Optional<SubjectKind> subject(String text) {
        return switch (text) {
            case "household" -> Optional.of(SubjectKind.HOUSEHOLD);
            case "area" -> Optional.of(SubjectKind.AREA);
            default -> Optional.empty();
        };
    }

    private static Optional<Condition> condition(String text) {
        return Arrays.stream(Condition.values())
                .filter(c -> c.code().equals(text))
                .findFirst();
    }

    private static String conditions() {
        return Arrays.stream(Condition.values()).map(Condition::code).collect(Collectors.joining(", "));
    }
}
