package nl.wijkhub.sharing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.signal.Vocabulary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sharing agreement that decides now. A file that changed takes its place while the hub runs, once it is sound and of
 * a version of its own; until then the one in force stays in force.
 */
public final class AgreementInForce {
    private static final Logger LOG = LoggerFactory.getLogger(AgreementInForce.class);

    private record Force(SharingAgreement agreement, SharingPolicy policy) {}

    private final Path file;
    private final Vocabulary vocabulary;
    private final Set<String> teams;
    private final AgreementStore store;
    private final Clock clock;
    private volatile Force force;
    private byte[] seen;

    /**
     * Puts the agreement of the config folder in force.
     *
     * @param config the config folder, already found sound
     * @param teams every team there is: a decision that names another never comes into force
     */
    public AgreementInForce(Path config, Vocabulary vocabulary, Set<String> teams, AgreementStore store, Clock clock) {
        this.file = config.resolve(SharingAgreement.FILE);
        this.vocabulary = vocabulary;
        this.teams = Set.copyOf(teams);
        this.store = store;
        this.clock = clock;
        List<ConfigFault> faults = check();
        if (force == null) {
            throw new IllegalStateException("the sharing agreement cannot come into force: " + faults);
        }
    }

    /** One that is never written nor read again, for what needs no database. */
    public AgreementInForce(SharingAgreement agreement) {
        this.file = null;
        this.vocabulary = null;
        this.teams = Set.of();
        this.store = null;
        this.clock = null;
        this.force = new Force(agreement, new SharingPolicy(agreement));
    }

    public SharingPolicy policy() {
        return force.policy();
    }

    public SharingAgreement agreement() {
        return force.agreement();
    }

    /** Looks whether the file changed; returns what keeps the new text from coming into force. */
    public synchronized List<ConfigFault> check() {
        List<ConfigFault> faults = new ArrayList<>();
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            // away for a moment, or half written: the next look will tell
            return List.of(new ConfigFault(SharingAgreement.FILE, 0, "cannot be read"));
        }
        byte[] digest = digest(text);
        if (Arrays.equals(digest, seen)) {
            return List.of();
        }
        SharingAgreement agreement = SharingAgreement.of(SharingAgreement.FILE, text, vocabulary.codes(), faults);
        agreement.teamsOfDecisions().stream()
                .filter(team -> !teams.contains(team))
                .forEach(team -> faults.add(
                        new ConfigFault(SharingAgreement.FILE, 0, "a decision names the unknown team '" + team + "'")));
        LocalDate today = SharingPolicy.today(clock);
        if (faults.isEmpty()) {
            AgreementCheck.Findings findings = AgreementCheck.of(agreement, vocabulary, file, today);
            faults.addAll(findings.faults());
            findings.idle()
                    .forEach(idle ->
                            LOG.warn("event=agreement.idle-rule line={} reason={}", idle.line(), idle.reason()));
        }
        if (faults.isEmpty() && !store.keep(agreement.policyVersion(), digest, text, clock.instant())) {
            faults.add(new ConfigFault(
                    SharingAgreement.FILE,
                    0,
                    "the version '" + agreement.policyVersion()
                            + "' was in force with another text: give it a new 'version'"));
        }
        seen = digest;
        if (faults.isEmpty()) {
            force = new Force(agreement, new SharingPolicy(agreement));
            LOG.info(
                    "event=agreement.in-force version={} rules={}",
                    agreement.policyVersion(),
                    agreement.rules().size());
        } else {
            faults.forEach(fault -> LOG.error(
                    "event=agreement.refused file={} line={} reason={}", fault.file(), fault.line(), fault.reason()));
        }
        return faults;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
