package nl.wijkhub.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Unavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both logs as a collector gets them: real HTTP, real protobuf, real database. */
class AuditExportTest {
    private final Database database = TestDatabase.store();
    private final DecisionLogStore decisions = new DecisionLogStore(database);
    private final ProcessingLogStore processings =
            new ProcessingLogStore(database, TestVault.vault(), "urn:fake:activity");
    private final Queue<Span> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
    private HttpServer collector;
    private AuditExport export;
    private volatile int answer = 200;

    @BeforeEach
    void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            ExportTraceServiceRequest request =
                    ExportTraceServiceRequest.parseFrom(new GZIPInputStream(exchange.getRequestBody()));
            if (answer == 200) {
                request.getResourceSpansList().forEach(resource -> resource.getScopeSpansList()
                        .forEach(scope -> received.addAll(scope.getSpansList())));
            }
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        collector.start();
        export = new AuditExport(
                new AuditExportStore(database),
                AuditExportTest::organisation,
                "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces",
                "fake-token",
                "00000009999999999000",
                new SimpleMeterRegistry());
        // what other tests wrote before
        export.export();
        received.clear();
    }

    @AfterEach
    void stop() {
        export.close();
        collector.stop(0);
    }

    @Test
    void every_record_goes_out_once_in_the_words_of_the_standards() {
        Trace trace = Trace.continuing(null);
        write(trace);

        export.export();
        export.export();

        List<Span> mine = received.stream().filter(span -> of(span, trace)).toList();
        assertThat(mine)
                .extracting(Span::getName)
                .containsExactlyInAnyOrder("sharing-decision", "signal-pull", "sharing-decide");
        Span decision = named(mine, "sharing-decision");
        assertThat(decision.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(attribute(decision, "adl.core.request")).isEqualTo("{\"fake\":true}");
        assertThat(attribute(decision, "adl.core.policies")).isEqualTo("fake/1");
        Span look = named(mine, "signal-pull");
        assertThat(look.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_OK);
        assertThat(attribute(look, "dpl.core.processing_activity_id")).isEqualTo("urn:fake:activity");
        assertThat(attribute(look, "dpl.core.data_subject_id")).isNotBlank().doesNotContain("00000000-");
        assertThat(attribute(look, "dpl.nen7513.user")).isEqualTo("fake-user");
        assertThat(attribute(look, "dpl.nen7513.role")).isEqualTo("vb-noord.care");
        assertThat(attribute(look, "dpl.nen7513.action")).isEqualTo("R");
        assertThat(attribute(look, "dpl.nen7513.organisation")).isEqualTo("fake-care");
        assertThat(attribute(look, "dpl.nen7513.organisation_name")).isEqualTo("Fake Zorg");
        assertThat(attribute(named(mine, "sharing-decide"), "dpl.nen7513.organisation"))
                .isNull();
        assertThat(attribute(named(mine, "sharing-decide"), "dpl.nen7513.user")).isNull();
        assertThat(tokens).contains("Bearer fake-token");
    }

    @Test
    void what_was_refused_comes_again() {
        Trace trace = Trace.continuing(null);
        write(trace);
        answer = 400;

        assertThatThrownBy(export::export).isInstanceOf(Unavailable.class);
        answer = 200;
        export.export();

        assertThat(received.stream().filter(span -> of(span, trace))).hasSize(3);
    }

    @Test
    void nothing_goes_anywhere_when_it_is_off() {
        Trace trace = Trace.continuing(null);
        write(trace);

        new AuditExport(
                        new AuditExportStore(database),
                        AuditExportTest::organisation,
                        "none",
                        "none",
                        "fake",
                        new SimpleMeterRegistry())
                .export();

        assertThat(received).isEmpty();
    }

    private static Optional<AuditExport.Organisation> organisation(String user, String role) {
        return Optional.of(new AuditExport.Organisation("fake-care", "Fake Zorg"))
                .filter(one -> user.equals("fake-user") && role.equals("vb-noord.care"));
    }

    private static boolean of(Span span, Trace trace) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray()).equals(trace.traceId());
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElse(null);
    }

    private void write(Trace trace) {
        Instant now = Instant.parse("2026-11-21T12:00:00.123Z");
        database.inTransaction(() -> {
            decisions.insert(List.of(new DecisionSet(
                    Identifier.next(),
                    "pull",
                    trace,
                    now,
                    "{\"fake\":true}",
                    "fake/1",
                    List.of(new DecisionSet.Decided(Identifier.next(), "{\"disclosure\":\"NONE\"}")))));
            UUID person = new UUID(0, 1);
            processings.insert(List.of(
                    new ProcessingRecord(
                            trace,
                            "signal-pull",
                            now,
                            now,
                            null,
                            person,
                            "person",
                            AccessedBy.reads("fake-user", "vb-noord.care")),
                    new ProcessingRecord(trace, "sharing-decide", now, now, null, person, "person", null)));
            return null;
        });
    }
}
