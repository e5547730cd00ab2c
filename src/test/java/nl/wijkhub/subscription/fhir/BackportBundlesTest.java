package nl.wijkhub.subscription.fhir;

import static nl.wijkhub.sharing.fhir.BaseR4.isValid;
import static nl.wijkhub.subscription.SubscriptionFixture.NOON;
import static nl.wijkhub.subscription.SubscriptionFixture.aFhirSubscription;
import static nl.wijkhub.subscription.SubscriptionFixture.aNotification;
import static nl.wijkhub.subscription.SubscriptionFixture.aRecall;
import static nl.wijkhub.subscription.SubscriptionFixture.aStep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.subscription.EventFeed.Numbered;
import nl.wijkhub.subscription.Notification;
import nl.wijkhub.subscription.Notification.NotificationKind;
import nl.wijkhub.subscription.SinkPolicy;
import nl.wijkhub.subscription.SubscriberEvent.EventContent;
import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.SubscriberSender.Request;
import nl.wijkhub.subscription.Subscription;
import nl.wijkhub.subscription.Subscription.Content;
import nl.wijkhub.subscription.Subscription.Status;
import nl.wijkhub.subscription.WishPolicy;
import org.junit.jupiter.api.Test;

/**
 * Everything that is said about a subscription is valid FHIR R4, and keeps the rules of the Backport IG 1.1. The IG's own
 * package is not at hand: its rules stand here, read from its source (BackportNotificationR4.fsh, notifications, payloads).
 */
class BackportBundlesTest {
    private static final String JSON = "application/fhir+json";
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final Backport BACKPORT = new Backport("https://hub.example.nl/fhir");
    private static final String PROFILES = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
    private final BackportMessages messages = new BackportMessages(BACKPORT, CLOCK);
    private final SubscriptionResources resources = new SubscriptionResources(
            BACKPORT,
            new SubscriptionMapper(
                    BACKPORT,
                    new WishPolicy(new SinkPolicy(List.of()), (type, partner) -> true, client -> false),
                    java.time.Duration.ofSeconds(10),
                    CLOCK),
            CLOCK);
    private final UUID escalation = Identifier.next();

    @Test
    void a_handshake_comes_before_anything_happened() {
        Subscription asked = aFhirSubscription(Content.ID_ONLY, Status.PENDING, 0, 0);
        JsonNode status = notification(asked, messages.handshake(asked));

        assertThat(values(status))
                .containsEntry("type", "handshake")
                .containsEntry("status", "requested")
                .containsEntry("events-since-subscription-start", "0")
                .containsEntry("topic", "https://hub.example.nl/fhir/SubscriptionTopic/escalation")
                .doesNotContainKey("notification-event");
    }

    @Test
    void a_heartbeat_says_how_many_there_were_and_does_not_count() {
        Subscription asked = aFhirSubscription(Content.ID_ONLY, Status.ACTIVE, 7, 0);
        JsonNode status = notification(asked, messages.heartbeat(asked));

        assertThat(values(status))
                .containsEntry("type", "heartbeat")
                .containsEntry("status", "active")
                .containsEntry("events-since-subscription-start", "7")
                .doesNotContainKey("notification-event");
    }

    @Test
    void an_empty_event_is_a_number_and_a_time_and_names_nothing() {
        Subscription asked = aFhirSubscription(Content.EMPTY, Status.ACTIVE, 3, 0);
        Request request = messages.event(
                asked, aNotification(NotificationKind.ESCALATION, escalation, null), 3, aStep(escalation));
        JsonNode status = notification(asked, request);

        assertThat(values(status))
                .containsEntry("type", "event-notification")
                .containsEntry("events-since-subscription-start", "3")
                .doesNotContainKey("topic");
        assertThat(events(status))
                .containsExactly(Map.of("event-number", "3", "timestamp", "2026-01-15T12:00:00.000+00:00"));
        assertThat(bundle(request).get("entry")).hasSize(1);
        assertThat(text(request)).doesNotContain(escalation.toString(), "Task", "escalation", "fake-subject");
    }

    @Test
    void an_event_with_an_id_names_the_task_and_nothing_more() {
        Subscription asked = aFhirSubscription(Content.ID_ONLY, Status.ACTIVE, 3, 0);
        Notification notification = aNotification(NotificationKind.ESCALATION, escalation, null);
        Request request = messages.event(asked, notification, 3, aStep(escalation));
        JsonNode status = notification(asked, request);

        assertThat(events(status))
                .containsExactly(Map.of(
                        "event-number",
                        "3",
                        "timestamp",
                        "2026-01-15T12:00:00.000+00:00",
                        "focus",
                        "https://hub.example.nl/fhir/Task/" + escalation));
        assertThat(bundle(request).get("entry")).hasSize(1);
        assertThat(text(request)).doesNotContain("fake-subject", "dueAt", "level");
        // the same event is known by the same id at every attempt
        assertThat(text(messages.event(asked, notification, 3, aStep(escalation))))
                .isEqualTo(text(request));
    }

    @Test
    void a_recall_counts_on_and_says_that_the_task_is_gone_without_a_reason() {
        Notification recall = aNotification(NotificationKind.RECALL, Identifier.next(), null);
        Subscription named = aFhirSubscription(Content.ID_ONLY, Status.ACTIVE, 4, 0);
        Request request = messages.event(named, recall, 4, aRecall(escalation));
        String task = "https://hub.example.nl/fhir/Task/" + escalation;

        assertThat(events(notification(named, request)))
                .extracting(event -> event.get("focus"))
                .containsExactly(task);
        assertThat(values(notification(named, request))).containsEntry("events-since-subscription-start", "4");
        JsonNode gone = bundle(request).at("/entry/1");
        assertThat(gone.get("fullUrl").asText()).isEqualTo(task);
        assertThat(gone.at("/request/method").asText()).isEqualTo("DELETE");
        assertThat(gone.at("/request/url").asText()).isEqualTo(task);
        assertThat(gone.has("resource")).isFalse();

        Subscription empty = aFhirSubscription(Content.EMPTY, Status.ACTIVE, 4, 0);
        Request silent = messages.event(empty, recall, 4, aRecall(escalation));
        assertThat(events(notification(empty, silent)))
                .extracting(Map::keySet)
                .containsExactly(Set.of("event-number", "timestamp"));
        assertThat(text(silent)).doesNotContain("Task", "DELETE");
    }

    @Test
    void status_tells_how_it_goes_and_why_not_as_a_code() {
        for (Content content : Content.values()) {
            Subscription well = aFhirSubscription(content, Status.ACTIVE, 9, 0);
            String text = resources.statuses(List.of(well), one -> 9, "/Subscription/$status", JSON);
            JsonNode status = search(text);
            assertThat(values(status))
                    .containsEntry("type", "query-status")
                    .containsEntry("status", "active")
                    .containsEntry("events-since-subscription-start", "9")
                    .doesNotContainKeys("notification-event", "error");
            assertThat(text.contains("\"topic\"")).isEqualTo(content == Content.ID_ONLY);
        }
        Map.of(
                        aFhirSubscription(Content.EMPTY, Status.PENDING, 0, 0), "requested",
                        aFhirSubscription(Content.EMPTY, Status.PENDING, 0, 1), "error",
                        aFhirSubscription(Content.EMPTY, Status.ACTIVE, 0, 2), "error",
                        aFhirSubscription(Content.EMPTY, Status.REFUSED, 0, 1), "error",
                        aFhirSubscription(Content.EMPTY, Status.STOPPED, 0, 1), "off")
                .forEach((subscription, code) -> {
                    JsonNode status =
                            search(resources.statuses(List.of(subscription), one -> 0, "/Subscription/$status", JSON));
                    assertThat(values(status)).containsEntry("status", code);
                    assertThat(status.findPath("valueCodeableConcept")
                                    .at("/coding/0/code")
                                    .asText())
                            .isEqualTo(subscription.standing().failures() > 0 ? "status-503" : "");
                    isValid(resources.resource(subscription, JSON));
                    isValid(resources.resource(subscription, "application/fhir+xml"));
                });
    }

    @Test
    void what_is_fetched_stands_in_one_history_and_what_is_gone_is_said_once() {
        UUID gone = Identifier.next();
        List<Numbered> events = List.of(
                numbered(NotificationKind.ESCALATION, gone, 1, aRecall(gone)),
                numbered(NotificationKind.ESCALATION, escalation, 2, aStep(escalation)),
                numbered(NotificationKind.RECALL, Identifier.next(), 3, aRecall(gone)));
        Subscription asked = aFhirSubscription(Content.EMPTY, Status.ACTIVE, 3, 0);

        EventsQuery named = new EventsQuery(1, 3, "id-only");
        JsonNode bundle = valid(resources.events(asked, 3, events, named, false, JSON));
        JsonNode status = status(asked, bundle);
        assertThat(values(status))
                .containsEntry("type", "query-event")
                .containsEntry("events-since-subscription-start", "3");
        assertThat(events(status))
                .extracting(event -> event.get("event-number"))
                .containsExactly("1", "2", "3");
        assertThat(events(status))
                .extracting(event -> event.get("focus"))
                .containsExactly(BACKPORT.task(gone), BACKPORT.task(escalation), BACKPORT.task(gone));
        assertThat(bundle.get("entry")).hasSize(2);
        assertThat(bundle.at("/entry/1/request/method").asText()).isEqualTo("DELETE");

        EventsQuery own = new EventsQuery(1, 9, null);
        JsonNode page = valid(resources.events(asked, 3, events, own, true, JSON));
        assertThat(page.toString()).doesNotContain("Task");
        assertThat(page.at("/link/0/url").asText()).endsWith("/$events?eventsSinceNumber=4&eventsUntilNumber=9");
    }

    @Test
    void any_2xx_is_a_yes_who_is_away_is_asked_again_and_another_answer_is_a_no() {
        Subscription asked = aFhirSubscription(Content.EMPTY, Status.PENDING, 0, 0);
        Map<Answer, Status> verdicts = Map.of(
                answer(200), Status.ACTIVE,
                answer(202), Status.ACTIVE,
                answer(204), Status.ACTIVE,
                answer(301), Status.REFUSED,
                answer(404), Status.REFUSED,
                answer(410), Status.REFUSED,
                answer(429), Status.PENDING,
                answer(503), Status.PENDING,
                Answer.notReached("not-reached"), Status.PENDING,
                Answer.notReached("address-refused"), Status.REFUSED);
        verdicts.forEach(
                (answer, status) -> assertThat(messages.verdict(asked, answer).status())
                        .as(answer.toString())
                        .isEqualTo(status));
    }

    @Test
    void what_the_hub_can_do_is_valid_and_names_the_topic() {
        String text = new FhirCapabilities(BACKPORT).text(JSON);

        isValid(text);
        assertThat(text)
                .contains(PROFILES + "capabilitystatement-subscriptiontopic-canonical")
                .contains("https://hub.example.nl/fhir/SubscriptionTopic/escalation")
                .contains("OperationDefinition/backport-subscription-status")
                .contains("OperationDefinition/backport-subscription-events");
    }

    private static Answer answer(int status) {
        return new Answer(status, Map.of(), null, true);
    }

    private static Numbered numbered(NotificationKind kind, UUID about, long sequence, EventContent told) {
        return new Numbered(aNotification(kind, about, sequence), told);
    }

    private static String text(Request request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static JsonNode bundle(Request request) {
        return valid(text(request));
    }

    private static JsonNode valid(String text) {
        isValid(text);
        return Json.read(text, JsonNode.class);
    }

    /** What goes to a receiver; returns its status. */
    private static JsonNode notification(Subscription subscription, Request request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.sink()).isEqualTo(URI.create("https://ontvanger.example.nl/fhir"));
        assertThat(request.headers()).containsEntry("Content-Type", JSON);
        return status(subscription, bundle(request));
    }

    /** Every rule of the notification profile and of the status profile that a single answer can break. */
    private static JsonNode status(Subscription subscription, JsonNode bundle) {
        assertThat(bundle.get("type").asText()).isEqualTo("history");
        assertThat(bundle.has("timestamp")).isTrue();
        assertThat(bundle.at("/meta/profile/0").asText()).isEqualTo(PROFILES + "backport-subscription-notification-r4");
        JsonNode entry = bundle.at("/entry/0");
        assertThat(entry.get("fullUrl").asText()).startsWith("urn:uuid:");
        assertThat(entry.at("/request/method").asText()).isEqualTo("GET");
        assertThat(entry.at("/request/url").asText()).isEqualTo(BACKPORT.subscription(subscription.id()) + "/$status");
        assertThat(entry.at("/response/status").asText()).isEqualTo("200");
        bundle.get("entry").forEach(one -> {
            assertThat(one.has("fullUrl")).isTrue();
            assertThat(one.has("request")).isTrue();
            assertThat(one.has("response")).isTrue();
        });
        return ofProfile(entry.get("resource"));
    }

    /** The one status of a searchset: no request there, by the rules of a Bundle. */
    private static JsonNode search(String text) {
        JsonNode bundle = valid(text);
        assertThat(bundle.get("type").asText()).isEqualTo("searchset");
        assertThat(bundle.at("/entry/0/search/mode").asText()).isEqualTo("match");
        return ofProfile(bundle.at("/entry/0/resource"));
    }

    private static JsonNode ofProfile(JsonNode status) {
        assertThat(status.get("resourceType").asText()).isEqualTo("Parameters");
        assertThat(status.at("/meta/profile/0").asText()).isEqualTo(PROFILES + "backport-subscription-status-r4");
        List<String> names = status.get("parameter").findValuesAsText("name");
        for (String once : List.of("subscription", "status", "type")) {
            assertThat(names).containsOnlyOnce(once);
        }
        status.get("parameter").forEach(one -> {
            String name = one.get("name").asText();
            assertThat(one.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "name",
                            switch (name) {
                                case "subscription" -> "valueReference";
                                case "topic" -> "valueCanonical";
                                case "status", "type" -> "valueCode";
                                // an integer of its own in R5; in R4 a string
                                case "events-since-subscription-start" -> "valueString";
                                case "notification-event" -> "part";
                                case "error" -> "valueCodeableConcept";
                                default -> "nothing else";
                            });
            one.path("part").forEach(part -> assertThat(part.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "name",
                            switch (part.get("name").asText()) {
                                case "event-number" -> "valueString";
                                case "timestamp" -> "valueInstant";
                                case "focus" -> "valueReference";
                                default -> "nothing else";
                            }));
        });
        return status;
    }

    private static Map<String, String> values(JsonNode status) {
        Map<String, String> values = new java.util.HashMap<>();
        status.get("parameter").forEach(one -> values.put(one.get("name").asText(), value(one)));
        return values;
    }

    private static List<Map<String, String>> events(JsonNode status) {
        List<Map<String, String>> events = new ArrayList<>();
        status.get("parameter").forEach(one -> {
            if (one.get("name").asText().equals("notification-event")) {
                Map<String, String> event = new java.util.HashMap<>();
                one.get("part").forEach(part -> event.put(part.get("name").asText(), value(part)));
                events.add(event);
            }
        });
        return events;
    }

    private static String value(JsonNode named) {
        for (String type : List.of("valueString", "valueCode", "valueCanonical", "valueInstant")) {
            if (named.has(type)) {
                return named.get(type).asText();
            }
        }
        return named.at("/valueReference/reference").asText();
    }
}
