package nl.wijkhub.web.api;

import static nl.wijkhub.TestStages.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wijkhub.TestClock;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.PartnerTraffic.Outcome;
import nl.wijkhub.signal.PartnerTrafficStore;
import nl.wijkhub.subscription.NotificationStore;
import nl.wijkhub.subscription.StuckCheck;
import nl.wijkhub.subscription.StuckStore;
import nl.wijkhub.subscription.SubscriptionLeaseStore;
import nl.wijkhub.subscription.SubscriptionStore;
import nl.wijkhub.subscription.Subscriptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a partner is silent, sends what is refused, or waits for something that stands still; to whom it is told. */
class PartnerApiTest {
    private static final String ADMINISTRATOR = "beheerder-demo";

    private final Vertx vertx = Vertx.vertx();
    private TestStages stages;
    private PartnerTraffic traffic;
    private StuckCheck stuck;
    private String client;
    private String user;
    private HttpServer server;

    @BeforeEach
    void start() {
        TestDatabase.empty();
        stages = new TestStages();
        PartnerTrafficStore sent = new PartnerTrafficStore(stages.database);
        traffic = new PartnerTraffic(sent, stages.clock);
        stuck = new StuckCheck(
                new StuckStore(stages.database),
                traffic,
                address -> Optional.empty(),
                Duration.ofMinutes(15),
                stages.meters,
                stages.clock);
        Subscriptions subscriptions = new Subscriptions(
                new SubscriptionStore(stages.database, stages.vault),
                new SubscriptionLeaseStore(stages.database),
                new NotificationStore(stages.database),
                null,
                6000,
                Duration.ofDays(2),
                stages.clock);
        Router router = Router.router(vertx);
        router.route().handler(ctx -> {
            ctx.setUser(User.create(new JsonObject()
                    .put("client_id", client)
                    .put("user", user)
                    .put("trace_id", "fake")
                    .put("span_id", "fake")));
            ctx.next();
        });
        new PartnerApi(CONFIG.partners(), CONFIG.teams(), sent, subscriptions, stuck, stages.clock).mount(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_partner_that_falls_silent_keeps_the_moment_it_was_last_heard() throws Exception {
        assertThat(of("zorg-demo").has("lastSeenAt")).isFalse();
        traffic.came("zorg-demo", Outcome.ACCEPTED);
        stuck.check();
        assertThat(of("zorg-demo").path("lastSeenAt").asText()).isEqualTo(TestClock.START.toString());
        assertThat(of("zorg-demo").path("accepted").asInt()).isEqualTo(1);
        assertThat(of("politie-demo").has("lastSeenAt")).isFalse();

        stages.clock.pass(Duration.ofDays(30));

        assertThat(of("zorg-demo").path("lastSeenAt").asText()).isEqualTo(TestClock.START.toString());
        assertThat(of("zorg-demo").path("accepted").asInt()).isZero();
    }

    @Test
    void what_was_refused_is_told_beside_what_was_taken_and_what_failed_counts_against_nobody() throws Exception {
        assertThat(of("zorg-demo").path("errorRate").asDouble()).isZero();
        traffic.came("zorg-demo", Outcome.ACCEPTED);
        traffic.came("zorg-demo", Outcome.ACCEPTED);
        traffic.came("zorg-demo", Outcome.REFUSED);
        traffic.came("zorg-demo", Outcome.FAILED);
        traffic.write();

        JsonNode told = of("zorg-demo");

        assertThat(told.path("refused").asInt()).isEqualTo(1);
        assertThat(told.path("failed").asInt()).isEqualTo(1);
        assertThat(told.path("errorRate").asDouble()).isEqualTo(0.333);
    }

    @Test
    void what_stands_still_is_told_of_the_partner_whose_it_is() throws Exception {
        stages.database.with(h -> h.execute("""
                insert into subscription (subscription_id, client_ref, types, areas, levels, protocol, status,
                    created_at, status_at)
                values (gen_random_uuid(), 'zorg-demo', '{}', '{}', '{}', 'HTTP', 'PENDING',
                    '2026-11-21T11:00:00Z', '2026-11-21T11:00:00Z')
                """));
        stuck.check();

        assertThat(of("zorg-demo").path("stuck").toString())
                .isEqualTo("[{\"kind\":\"subscription\",\"items\":1,\"since\":\"2026-11-21T11:00:00Z\"}]");
        assertThat(of("zorg-demo").path("subscriptions")).hasSize(1);
        assertThat(of("politie-demo").path("stuck")).isEmpty();
    }

    @Test
    void a_partner_sees_itself_alone_and_nobody_else_anything() throws Exception {
        assertThat(ids("fake-board", ADMINISTRATOR))
                .containsExactlyElementsOf(CONFIG.partners().ids());
        assertThat(ids("zorg-demo", null)).containsExactly("zorg-demo");
        assertThat(ask("fake-board", "medewerker-demo").statusCode()).isEqualTo(403);
        assertThat(ask("fake-client", null).statusCode()).isEqualTo(403);
    }

    private JsonNode of(String partner) throws Exception {
        for (JsonNode item : items("fake-board", ADMINISTRATOR)) {
            if (item.get("id").asText().equals(partner)) {
                return item;
            }
        }
        throw new AssertionError("nothing of " + partner);
    }

    private List<String> ids(String asClient, String asUser) throws Exception {
        List<String> ids = new ArrayList<>();
        items(asClient, asUser).forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    private JsonNode items(String asClient, String asUser) throws Exception {
        HttpResponse<String> answer = ask(asClient, asUser);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.read(answer.body(), JsonNode.class).get("items");
    }

    private HttpResponse<String> ask(String asClient, String asUser) throws Exception {
        client = asClient;
        user = asUser;
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/v1/partners"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
