package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One household, one plan, however many signals come at once and however its address is written. */
class OnePlanIT {
    private static final int SIGNALS = 200;
    private static final List<String> SPELLINGS = List.of(
            "\"postalCode\":\"9990 AC\",\"houseNumber\":41,\"houseLetter\":\"b\",\"addition\":\"2\"",
            "\"postalCode\":\" 9990ac \",\"houseNumber\":\"41\",\"addition\":\"B-2\"",
            "\"postalCode\":\"9990  ac\",\"houseNumber\":41,\"addition\":\"b 2\"",
            "\"postalCode\":\"9990AC\",\"houseNumber\":41,\"houseLetter\":\"B\",\"addition\":\" 2\",\"bagId\":\"9999010000000041\"");
    private static final List<String> PARTNERS = List.of("corporatie-demo", "welzijn-demo", "opbouwwerk-demo");

    @Test
    void two_hundred_signals_at_once_in_four_spellings_from_three_partners_are_one_plan() throws Exception {
        try (RunningHub hub = RunningHub.start()) {
            List<String> tokens = new ArrayList<>();
            for (String partner : PARTNERS) {
                tokens.add(hub.token(partner));
            }
            ExecutorService senders = Executors.newFixedThreadPool(16);
            try {
                List<Callable<Integer>> signals = new ArrayList<>();
                for (int i = 0; i < SIGNALS; i++) {
                    int number = i;
                    signals.add(() -> hub.sendAs(tokens.get(number % PARTNERS.size()), "/v1/signals", signal(number))
                            .statusCode());
                }
                for (Future<Integer> answer : senders.invokeAll(signals)) {
                    assertThat(answer.get()).isEqualTo(202);
                }
            } finally {
                senders.shutdownNow();
            }

            String user = hub.user("medewerker-demo");
            String path = "/v1/teams/vb-noord/queue-items?pageSize=1000";
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            hub.json(hub.get(user, path)).get("items"))
                    .hasSize(SIGNALS));
            Set<String> plans = new HashSet<>();
            for (JsonNode item : hub.json(hub.get(user, path)).get("items")) {
                plans.add(item.get("planId").asText());
            }
            assertThat(plans).hasSize(1);
        }
    }

    private static String signal(int number) {
        String at = Instant.now().minusSeconds(3600).toString();
        return """
                {"reference":"fake-%d","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"low",
                 "subject":{"household":{"address":{%s}}}}
                """.formatted(
                        number,
                        at,
                        at,
                        number % PARTNERS.size() == 0 ? "nuisance.noise" : "social.isolation",
                        SPELLINGS.get(number % SPELLINGS.size()));
    }
}
