package nl.wijkhub.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.app.batch.OneTransaction;
import nl.wijkhub.kernel.Database;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 30-household-match: the stages are one transaction, the sending comes after it and only when it was committed. */
class StageRouteTest {
    private final Database database = TestDatabase.store();

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void a_batch_passes_every_stage_in_order_is_committed_and_then_sent() throws Exception {
        try (RouteFixture routes = routes(ids -> insert())) {
            MockEndpoint send = routes.camel().getEndpoint("mock:direct:team-queue-send", MockEndpoint.class);
            MockEndpoint last = routes.camel().getEndpoint("mock:direct:team-queue", MockEndpoint.class);
            send.whenAnyExchangeReceived(e -> e.setProperty("rowsWhenSending", rows()));

            Exchange exchange = routes.camel()
                    .createFluentProducerTemplate()
                    .to("direct:start")
                    .withBody(List.of("a", "b"))
                    .send();

            assertThat(exchange.getException()).isNull();
            last.expectedMessageCount(1);
            send.expectedMessageCount(1);
            MockEndpoint.assertIsSatisfied(routes.camel());
            assertThat(exchange.getProperty("rowsWhenSending")).isEqualTo(1L);
        }
    }

    @Test
    void when_a_stage_fails_nothing_is_written_and_nothing_is_sent() throws Exception {
        try (RouteFixture routes = routes(ids -> insert())) {
            MockEndpoint send = routes.camel().getEndpoint("mock:direct:team-queue-send", MockEndpoint.class);
            MockEndpoint decide = routes.camel().getEndpoint("mock:direct:sharing-decide", MockEndpoint.class);
            decide.whenAnyExchangeReceived(e -> {
                throw new IllegalStateException("fake bug");
            });
            send.expectedMessageCount(0);

            Exchange exchange = routes.camel()
                    .createFluentProducerTemplate()
                    .to("direct:start")
                    .withBody(List.of("a"))
                    .send();

            assertThat(exchange.getException()).isInstanceOf(IllegalStateException.class);
            MockEndpoint.assertIsSatisfied(routes.camel());
            assertThat(rows()).isZero();
        }
    }

    private interface Match {
        List<String> match(List<String> ids);
    }

    /** The bean that the route calls by name and method. */
    public static final class FakeMatch {
        private final Match match;

        FakeMatch(Match match) {
            this.match = match;
        }

        public List<String> match(List<String> ids) {
            return match.match(ids);
        }
    }

    private RouteFixture routes(Match match) throws Exception {
        return new RouteFixture()
                .bean("wijkhub-batch", new org.apache.camel.component.mock.MockComponent())
                .bean("oneTransaction", new OneTransaction(database))
                .bean("householdMatch", new FakeMatch(match))
                .start("household-match", "00-failures", "30-household-match");
    }

    private List<String> insert() {
        database.with(h -> h.execute("insert into household values (gen_random_uuid(), now())"));
        return List.of("matched");
    }

    private long rows() {
        return TestDatabase.store().with(h -> h.createQuery("select count(*) from household")
                .mapTo(Long.class)
                .one());
    }
}
