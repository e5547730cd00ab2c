package nl.wijkhub.sharing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient.RecipientKind;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Severity;

/** The sharing agreement: versioned rules with dates, read from config/sharing-agreement.yaml. */
public final class SharingAgreement {
    public static final String FILE = "sharing-agreement.yaml";

    private final String id;
    private final String version;
    private final LocalDate validFrom;
    private final LocalDate validUntil;
    private final Map<Disclosure, Set<String>> levels;
    private final Map<String, DataClass> fieldClasses;
    private final Map<String, String> grounds;
    private final Map<String, Sentence> sentences;
    private final Map<String, ExternalDecision> decisions;
    private final Map<String, Purpose> purposes;
    private final Map<String, LocalDate> switches;
    private final Map<String, Duration> duties;
    private final List<SharingHold> holds;
    private final List<SharingRule> rules;
    private final Map<RulesBetween.Parties, RulesBetween> rulesBetween = new ConcurrentHashMap<>();
    private final Map<Discipline, Set<String>> articles = new EnumMap<>(Discipline.class);
    private final List<String> passable;
    private final List<String> everyField;

    /**
     * What sharing is for.
     *
     * @param articles a signal whose sender names one of these is shared for it
     * @param kinds recipients that are there for it
     */
    record Purpose(String id, String nl, Set<String> articles, Set<RecipientKind> kinds) {}

    /**
     * What a notice may say in words.
     *
     * @param severity what it tells of how grave it is; null for nothing
     */
    record Sentence(String nl, Severity severity) {}

    /** Says which agreement it is, and on which days it holds. */
    record Header(String id, String version, LocalDate validFrom, LocalDate validUntil) {}

    /** The fields of a signal, and how many of them each level lets pass. */
    record Fields(Map<Disclosure, Set<String>> levels, Map<String, DataClass> classes) {}

    /** Rules may name these: grounds, sentences, decisions of others, purposes, switches. */
    record Named(
            Map<String, String> grounds,
            Map<String, Sentence> sentences,
            Map<String, ExternalDecision> decisions,
            Map<String, Purpose> purposes,
            Map<String, LocalDate> switches) {}

    SharingAgreement(
            Header header,
            Fields fields,
            Named named,
            Map<String, Duration> duties,
            List<SharingHold> holds,
            List<SharingRule> rules) {
        this.id = header.id();
        this.version = header.version();
        this.validFrom = header.validFrom();
        this.validUntil = header.validUntil();
        this.levels = fields.levels();
        this.fieldClasses = fields.classes();
        this.grounds = named.grounds();
        this.sentences = named.sentences();
        this.decisions = named.decisions();
        this.purposes = named.purposes();
        this.switches = named.switches();
        this.duties = duties;
        this.holds = holds;
        this.rules = rules;
        for (SharingRule rule : rules) {
            rule.parties().from().forEach(from -> articles.computeIfAbsent(from, f -> new HashSet<>())
                    .addAll(rule.matter().articles()));
        }
        this.everyField = fieldsOf(Disclosure.FULL).stream().sorted().toList();
        this.passable = Stream.concat(
                        levels.values().stream().flatMap(Set::stream),
                        rules.stream().flatMap(rule -> rule.effect().also().stream()))
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Reads config/sharing-agreement.yaml.
     *
     * @param categories every category of the vocabulary
     * @param faults where every fault is added
     */
    public static SharingAgreement read(Path config, Set<String> categories, List<ConfigFault> faults) {
        return read(config, FILE, categories, faults);
    }

    /** The same from a file of another name, to be held against the one in force. */
    public static SharingAgreement read(Path folder, String name, Set<String> categories, List<ConfigFault> faults) {
        return AgreementFile.read(folder, name, categories, faults);
    }

    /** The same of a text that was read already. */
    static SharingAgreement of(String name, String text, Set<String> categories, List<ConfigFault> faults) {
        return AgreementFile.of(name, text, categories, faults);
    }

    /** Id and version as a release carries them, e.g. {@code veilige-buurten-demo/2026-1}. */
    public String policyVersion() {
        return id + '/' + version;
    }

    boolean isValidOn(LocalDate day) {
        return validFrom != null && validUntil != null && !day.isBefore(validFrom) && !day.isAfter(validUntil);
    }

    /** The fields of a level, those of the levels below it included. */
    Set<String> fieldsOf(Disclosure level) {
        return levels.getOrDefault(level, Set.of());
    }

    /** Every field any level knows, in alphabetical order. */
    List<String> everyField() {
        return everyField;
    }

    /** Every field that some rule may let pass, in alphabetical order. */
    List<String> passable() {
        return passable;
    }

    Optional<DataClass> classOf(String field) {
        return Optional.ofNullable(fieldClasses.get(field));
    }

    /** What an asking is for when it does not say so itself: its article decides, then the recipient; null for nothing. */
    String purposeOf(SharingFacts facts, Recipient recipient) {
        if (facts.purpose() != null) {
            return facts.purpose();
        }
        Purpose ofKind = null;
        for (Purpose purpose : purposes.values()) {
            if (purpose.kinds().contains(recipient.kind())) {
                if (purpose.articles().contains(String.valueOf(facts.article()))) {
                    return purpose.id();
                }
                if (ofKind == null && purpose.articles().isEmpty()) {
                    ofKind = purpose;
                }
            }
        }
        return ofKind == null ? null : ofKind.id();
    }

    /** A purpose in words, for a person. */
    public String purposeNl(String purpose) {
        return purpose == null || !purposes.containsKey(purpose)
                ? purpose
                : purposes.get(purpose).nl();
    }

    /** Whether what a rule waits for is there; a switch without a date is off. */
    boolean isSwitchedOn(String name, LocalDate day) {
        LocalDate on = name == null ? LocalDate.MIN : switches.get(name);
        return on != null && !day.isBefore(on);
    }

    List<SharingHold> holds() {
        return holds;
    }

    /** The hold of this id; empty when the agreement has it no more. */
    Optional<SharingHold> hold(String holdId) {
        return holds.stream().filter(hold -> hold.id().equals(holdId)).findFirst();
    }

    /** For which disciplines in a team consent may let pass what this sender says. */
    public Set<Discipline> disciplinesToAsk(Discipline from) {
        return rules.stream()
                .filter(rule -> rule.permit() && rule.terms().when().contains(SharingRule.Condition.CONSENT))
                .filter(rule -> rule.parties().kinds().contains(RecipientKind.TEAM)
                        && rule.parties().from().contains(from))
                .flatMap(rule -> rule.parties().to().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a hold waits for, in words. */
    public Optional<String> holdNl(String holdId) {
        return hold(holdId).map(SharingHold::nl);
    }

    /** How soon an obligation is to be met; empty for one that the hub meets by itself. */
    Optional<Duration> termOf(String obligation) {
        return Optional.ofNullable(duties.get(obligation));
    }

    LocalDate validFrom() {
        return validFrom;
    }

    LocalDate validUntil() {
        return validUntil;
    }

    Map<String, ExternalDecision> decisions() {
        return decisions;
    }

    public List<SharingRule> rules() {
        return rules;
    }

    /** Those of them that can hold between these at all: looked for once, however often they have to do with each other. */
    RulesBetween rulesBetween(SharingFacts facts, Recipient recipient) {
        return rulesBetween.computeIfAbsent(
                new RulesBetween.Parties(facts.from(), facts.category(), recipient.kind(), recipient.discipline()),
                parties -> RulesBetween.of(rules, parties));
    }

    /** The rules that speak about a discipline in a team. */
    public Set<String> ruleIdsForTeams() {
        return rules.stream()
                .filter(rule -> rule.parties().kinds().isEmpty()
                        || rule.parties().kinds().contains(RecipientKind.TEAM))
                .map(SharingRule::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A ground in words, for a person. */
    public String groundNl(String ground) {
        return grounds.getOrDefault(ground, ground);
    }

    /** A fixed sentence for a recipient; null for none. */
    public String sentenceNl(String id) {
        return id == null || !sentences.containsKey(id)
                ? null
                : sentences.get(id).nl();
    }

    /** What a sentence tells of how grave it is; null for nothing. */
    Severity urgencyOf(String sentence) {
        return sentence == null || !sentences.containsKey(sentence)
                ? null
                : sentences.get(sentence).severity();
    }

    Optional<ExternalDecision> decision(String id) {
        return Optional.ofNullable(id).map(decisions::get);
    }

    /** Whether some rule for this sender asks for this article. */
    boolean turnsOn(String article, Discipline from) {
        return article != null
                && from != null
                && articles.getOrDefault(from, Set.of()).contains(article);
    }

    /** Every team that a decision names. */
    public Set<String> teamsOfDecisions() {
        return decisions.values().stream()
                .flatMap(decision -> decision.teams().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
