package nl.wijkhub.app.wiring;

import java.time.Clock;
import java.util.function.BiConsumer;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.AreaReceipts;
import nl.wijkhub.signal.CaseSignalMapper;
import nl.wijkhub.signal.CloudEventReading;
import nl.wijkhub.signal.InHandStore;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.PartnerTrafficStore;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.QuarantineStore;
import nl.wijkhub.signal.ReceiptStore;
import nl.wijkhub.signal.SignalAccept;
import nl.wijkhub.signal.SignalParking;
import nl.wijkhub.signal.SignalReading;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.signal.SignalStore;

/** Stages 10 and 20: how a signal is read and accepted, and what becomes of one that cannot be. */
public final class SignalParts {
    public final SignalSchema schema;
    public final SignalStore signals;
    public final SignalAccept accept;
    public final PartnerTrafficStore trafficSeen;
    public final PartnerTraffic traffic;
    public final Quarantine quarantine;
    public final AreaReceipts receipts;
    public final SignalReading reading;
    public final InHandStore inHand;
    public final SignalParking parking;

    public SignalParts(Foundation foundation, AuditParts audit) {
        Database database = foundation.database();
        Vault vault = foundation.vault();
        Clock clock = foundation.clock();
        HubConfig config = foundation.config();
        HubSettings settings = config.settings();
        schema = new SignalSchema();
        signals = new SignalStore(database, vault);
        accept = new SignalAccept(signals, audit.timeline, config.vocabulary(), config.partners(), vault, clock);
        trafficSeen = new PartnerTrafficStore(database);
        traffic = new PartnerTraffic(trafficSeen, clock);
        quarantine = new Quarantine(
                database,
                new QuarantineStore(database, vault),
                vault,
                settings.number("hub.quarantine.max-bytes"),
                settings.duration("hub.quarantine.keep-for"),
                clock);
        receipts =
                new AreaReceipts(new ReceiptStore(database), vault, settings.duration("hub.receipt.valid-for"), clock);
        CaseSignalMapper mapper = new CaseSignalMapper(schema, config.vocabulary(), accept::knows, clock);
        reading = new SignalReading(
                mapper, new CloudEventReading(mapper, clock), settings.number("hub.http.max-body-bytes"));
        inHand = new InHandStore(database, clock);
        parking = new SignalParking(
                database,
                signals,
                audit.timeline,
                settings.number("hub.work.attempts"),
                settings.duration("hub.work.first-pause"),
                clock);
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("quarantine", quarantine);
        beans.accept("signalReading", reading);
        beans.accept("signalAccept", accept);
        beans.accept("areaReceipts", receipts);
    }
}
