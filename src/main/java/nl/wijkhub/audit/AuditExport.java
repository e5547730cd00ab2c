package nl.wijkhub.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.kernel.Unavailable;

/**
 * Sends both logs to where an organisation keeps them, as OTLP over HTTP, in the order they were committed in; nothing
 * sampled, nothing skipped. A page that was not acknowledged is sent again: trace and span tell a repeat.
 */
public final class AuditExport implements AutoCloseable {
    /** Names the organisation of somebody who looked. A port: the seats are known elsewhere. */
    public interface OrganisationOfLook {
        /** Empty for who sits nowhere, and for a seat that nobody remembers. */
        Optional<Organisation> behind(String user, String role);
    }

    /** @param id the partner's */
    public record Organisation(String id, String name) {}

    private static final String OFF = "none";
    /** Of at most some 400 records each, a kilobyte apiece: well below what collectors take. */
    private static final int BATCHES_AT_ONCE = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AuditExportStore store;
    private final OrganisationOfLook organisations;
    private final SpanExporter exporter;
    private final Resource resource;
    private volatile long waiting;

    /**
     * @param organisations by which the organisation stands beside user and role
     * @param endpoint URL that takes {@code POST} of OTLP traces; {@code none} for no export
     * @param token sent as a bearer token; {@code none} for none
     * @param controller who is responsible: the OIN
     */
    public AuditExport(
            AuditExportStore store,
            OrganisationOfLook organisations,
            String endpoint,
            String token,
            String controller,
            MeterRegistry meters) {
        this.store = store;
        this.organisations = organisations;
        this.exporter = endpoint.equals(OFF) ? null : exporter(endpoint, token);
        this.resource = Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"),
                "wijkhub",
                AttributeKey.stringKey("dpl.core.controller"),
                controller));
        if (exporter != null) {
            Gauge.builder(Meters.AUDIT_WAITING, this, export -> export.waiting).register(meters);
        }
    }

    private static SpanExporter exporter(String endpoint, String token) {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint)
                .setCompression("gzip")
                .setTimeout(PATIENCE);
        if (!token.equals(OFF)) {
            builder.addHeader("Authorization", "Bearer " + token);
        }
        return builder.build();
    }

    /** Sends what was written since the last time; nothing when the export is off. */
    public void export() {
        if (exporter == null) {
            return;
        }
        waiting = store.waiting();
        AuditExportStore.Page page = store.next(BATCHES_AT_ONCE);
        while (page.batch() != null) {
            List<SpanData> spans = page.lines().stream()
                    .<SpanData>map(line -> new LogSpan(withOrganisation(line), resource))
                    .toList();
            CompletableResultCode sent = exporter.export(spans).join(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
            if (!sent.isSuccess()) {
                throw new Unavailable("otlp", sent.getFailureThrowable());
            }
            store.advance(page);
            page = store.next(BATCHES_AT_ONCE);
        }
        waiting = 0;
    }

    private AuditExportStore.Line withOrganisation(AuditExportStore.Line line) {
        String user = line.attributes().get(AuditExportStore.USER);
        String role = line.attributes().get(AuditExportStore.ROLE);
        return Optional.ofNullable(user)
                .flatMap(one -> organisations.behind(one, role))
                .map(organisation -> line.with(organisation.id(), organisation.name()))
                .orElse(line);
    }

    @Override
    public void close() {
        if (exporter != null) {
            exporter.shutdown();
        }
    }
}
