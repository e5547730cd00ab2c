package nl.wijkhub.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The end of the sample day: one household as each seat sees it, and what each queue holds. */
final class DemoEnd {
    /** The two care providers of vb-noord, by the client of their seat. */
    static final List<String> CARE = List.of("vb-noord.care", "vb-noord.care.zorg-twee");

    /** The seats of vb-noord, in the order of config/teams.yaml, and two of elsewhere, by the client of each. */
    private static final List<String> SEATS = List.of(
            "vb-noord.municipality",
            "vb-noord.police",
            "vb-noord.housing",
            "vb-noord.housing.corporatie-twee",
            "vb-noord.welfare",
            CARE.get(0),
            CARE.get(1),
            "vb-noord.community-work",
            "vb-zuid.municipality",
            "vb-zuid.housing");

    /** Whoever has a queue and is not among them. */
    private static final List<String> OTHERS =
            List.of("vb-zuid.police", "vb-zuid.welfare", "vb-zuid.care", "zonder-team.municipality");

    private final DemoClient client;

    DemoEnd(DemoClient client) {
        this.client = client;
    }

    /** @param household signal id → what was sent, in the order of the day */
    void print(Map<String, String> household, PrintStream out) throws IOException, InterruptedException {
        out.printf(
                "%nOne household, %d signals of one week, as each seat may see it (pulled now, decided anew):%n",
                household.size());
        for (Map.Entry<String, String> signal : household.entrySet()) {
            out.println("%n  %s".formatted(signal.getValue()));
            for (String seat : SEATS) {
                out.printf("    %-34s %s%n", seat, seen(client.asSystem(seat, "/v1/signals/" + signal.getKey())));
            }
        }
    }

    /** One signal as one seat gets it; a dash when it does not exist for that seat. */
    private static String seen(DemoClient.Answer answer) {
        if (answer.status() != 200) {
            return "-";
        }
        JsonNode view = answer.json();
        List<String> parts = new ArrayList<>();
        parts.add(view.path("disclosure").asText() + " " + view.path("ground").asText());
        add(parts, view.path("category").asText());
        add(parts, view.path("advice").asText());
        JsonNode address = view.path("address");
        add(
                parts,
                (address.path("postalCode").asText()
                                + ' '
                                + address.path("houseNumber").asText()
                                + ' '
                                + address.path("houseLetter").asText()
                                + address.path("addition").asText())
                        .strip());
        view.path("persons").forEach(person -> add(parts, person.path("name").asText()));
        if (!view.has("category")) {
            add(parts, "bel " + view.path("contact").asText());
        }
        return String.join(" · ", parts);
    }

    private static void add(List<String> parts, String text) {
        if (!text.isBlank()) {
            parts.add(text);
        }
    }

    void queues(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                "%nWhat each queue holds:%n%n  %-39s %7s %7s %6s %8s   %s%n",
                "", "waiting", "acute", "high", "normal", "first due");
        for (String seat : Stream.concat(SEATS.stream(), OTHERS.stream()).toList()) {
            String team = seat.substring(0, seat.indexOf('.'));
            JsonNode items = client.asSystem(seat, "/v1/teams/" + team + "/queue-items?state=waiting&pageSize=1000")
                    .json()
                    .path("items");
            out.printf(
                    "  team.%-34s %7d %7d %6d %8d   %s%n",
                    seat,
                    items.size(),
                    count(items, "acute"),
                    count(items, "high"),
                    count(items, "normal"),
                    items.path(0).path("dueAt").asText("").replaceAll("\\.[0-9]+", ""));
        }
    }

    /** What is held before it goes, as the privacy officer sees it. */
    void holds(PrintStream out) throws IOException, InterruptedException {
        Map<String, Integer> waiting = new TreeMap<>();
        client.asUser("privacy-demo", "/v1/holds")
                .json()
                .path("items")
                .forEach(hold -> waiting.merge(
                        String.format(
                                "%-20s %s",
                                hold.path("kind").asText(),
                                hold.path("recipient").asText()),
                        1,
                        Integer::sum));
        out.printf(
                "%nWhat waits before it goes (privacy-demo, GET /v1/holds); nothing of it shows to the recipient:%n%n");
        waiting.forEach((what, count) -> out.printf("  %-50s %4d%n", what, count));
    }

    private static int count(JsonNode items, String priority) {
        int count = 0;
        for (JsonNode item : items) {
            count += item.path("priority").asText().equals(priority) ? 1 : 0;
        }
        return count;
    }
}
