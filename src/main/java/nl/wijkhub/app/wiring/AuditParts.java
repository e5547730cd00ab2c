package nl.wijkhub.app.wiring;

import io.micrometer.core.instrument.Gauge;
import java.util.Optional;
import java.util.function.BiConsumer;
import nl.wijkhub.audit.AuditChainStore;
import nl.wijkhub.audit.AuditExport;
import nl.wijkhub.audit.AuditExportStore;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.audit.TimelineStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.sharing.Organisations;
import nl.wijkhub.team.SeatStore;

/** The logs: what became of each signal, what was decided, who saw what; sealed, and exported. */
public final class AuditParts {
    public final Timeline timeline;
    public final DecisionLogStore decisionLog;
    public final ProcessingLogStore processingLog;
    private final AuditChainStore chain;
    public final AuditExport export;
    /** Names the organisation of everybody in the logs. */
    public final Organisations organisations;

    public AuditParts(Foundation foundation) {
        Database database = foundation.database();
        HubSettings settings = foundation.config().settings();
        timeline = new Timeline(new TimelineStore(database), foundation.meters());
        decisionLog = new DecisionLogStore(database);
        String activity = "urn:nld:oin:" + settings.text("hub.oin") + ":verwerkingsactiviteit:signaal-delen";
        processingLog = new ProcessingLogStore(database, foundation.vault(), activity);
        chain = new AuditChainStore(database, foundation.vault(), foundation.clock());
        organisations = new Organisations(
                foundation.config().partners(), foundation.config().teams(), new SeatStore(database)::partnerOf);
        export = new AuditExport(
                new AuditExportStore(database),
                this::organisation,
                settings.text("hub.audit.otlp-endpoint"),
                settings.text("hub.audit.otlp-token"),
                settings.text("hub.oin"),
                foundation.meters());
        Gauge.builder(Meters.AUDIT_SEAL_AGE, chain, AuditChainStore::secondsSinceSeal)
                .baseUnit("seconds")
                .register(foundation.meters());
    }

    private Optional<AuditExport.Organisation> organisation(String user, String role) {
        Organisations.Party party = organisations.behind(user, role);
        return Optional.ofNullable(party.id()).map(id -> new AuditExport.Organisation(id, party.name()));
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("auditChain", chain);
        beans.accept("auditExport", export);
    }
}
