package nl.wijkhub.app.wiring;

import io.micrometer.core.instrument.Gauge;
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

/** The logs: what became of each signal, what was decided, who saw what; sealed, and exported. */
public final class AuditParts {
    public final Timeline timeline;
    public final DecisionLogStore decisionLog;
    public final ProcessingLogStore processingLog;
    private final AuditChainStore chain;
    public final AuditExport export;

    public AuditParts(Foundation foundation) {
        Database database = foundation.database();
        HubSettings settings = foundation.config().settings();
        timeline = new Timeline(new TimelineStore(database), foundation.meters());
        decisionLog = new DecisionLogStore(database);
        String activity = "urn:nld:oin:" + settings.text("hub.oin") + ":verwerkingsactiviteit:signaal-delen";
        processingLog = new ProcessingLogStore(database, foundation.vault(), activity);
        chain = new AuditChainStore(database, foundation.vault(), foundation.clock());
        export = new AuditExport(
                new AuditExportStore(database),
                settings.text("hub.audit.otlp-endpoint"),
                settings.text("hub.audit.otlp-token"),
                settings.text("hub.oin"),
                foundation.meters());
        Gauge.builder(Meters.AUDIT_SEAL_AGE, chain, AuditChainStore::secondsSinceSeal)
                .baseUnit("seconds")
                .register(foundation.meters());
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("auditChain", chain);
        beans.accept("auditExport", export);
    }
}
