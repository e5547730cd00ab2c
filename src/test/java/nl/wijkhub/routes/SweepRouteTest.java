package nl.wijkhub.routes;

import org.apache.camel.spi.Registry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 05-sweep: what the hub does by the clock. */
class SweepRouteTest extends RealRoutes {
    SweepRouteTest() {
        super("05-sweep");
    }

    @Override
    void bind(Registry registry) {
        stages.bind(
                registry,
                "queueSweep",
                "agreementInForce",
                "auditChain",
                "auditExport",
                "areaRollups",
                "attentionCheck",
                "stuckCheck",
                "quarantine");
    }

    @ParameterizedTest(name = EACH)
    @CsvSource({
        "sweep, queueSweep, nl.wijkhub.team.QueueSweep, sweep, 7000001, 7000001",
        "agreement-check, agreementInForce, nl.wijkhub.sharing.AgreementInForce, check, 7000001, 7000001",
        "audit-seal, auditChain, nl.wijkhub.audit.AuditChainStore, seal, 1000, 1000",
        "audit-export, auditExport, nl.wijkhub.audit.AuditExport, export, 7000001, 7000001",
        "area-rollup, areaRollups, nl.wijkhub.plan.AreaRollups, publish, 10000, 3600000",
        "attention-check, attentionCheck, nl.wijkhub.casework.AttentionCheck, check, 7000002, 7000002",
        "stuck-check, stuckCheck, nl.wijkhub.subscription.StuckCheck, check, 7000002, 7000002",
        "quarantine-forget, quarantine, nl.wijkhub.signal.Quarantine, forget, 60000, 3600000",
    })
    void each_route_calls_its_bean_at_its_interval(
            String route, String bean, Class<?> type, String method, long first, long interval) throws Exception {
        everyCalls(route, bean, type, method, first, interval);
    }
}
