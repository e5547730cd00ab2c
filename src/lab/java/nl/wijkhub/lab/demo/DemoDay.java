package nl.wijkhub.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.lab.demo.DemoPost.Send;

/** Plays one day of an invented town through the real doors, wave by wave, and shows where it ended. */
public final class DemoDay {
    private static final int PATIENCE_SECONDS = 120;

    private final DemoClient client;

    /** @param url of the hub · @param management of its management port */
    public DemoDay(String url, String management) {
        this.client = new DemoClient(url, management);
    }

    /** Sends the day; a day that was played before stays as it was. */
    public void play(PrintStream out) throws IOException, InterruptedException {
        DemoStories stories = new DemoStories(Instant.now());
        Map<String, String> seenByAll = new LinkedHashMap<>();
        Map<String, List<Integer>> careSaw = new LinkedHashMap<>();
        String consented = "";
        int signals = 0;
        int repeats = 0;
        for (int wave = 1; wave <= DemoStories.waves(); wave++) {
            for (Send send : stories.wave(wave)) {
                DemoClient.Answer answer = client.send(send);
                if (!send.method().equals("POST")) {
                    continue;
                }
                signals++;
                repeats += answer.status() == 202 ? 0 : 1;
                if (DemoStories.SEEN_BY_ALL.equals(send.home())) {
                    seenByAll.put(id(answer, send), send.told());
                } else if (send.reference().equals(DemoStories.CONSENTED)) {
                    consented = id(answer, send);
                }
            }
            awaitRest();
            for (String provider : DemoEnd.CARE) {
                int status = consented.isEmpty()
                        ? 404
                        : client.asSystem(provider, "/v1/signals/" + consented).status();
                careSaw.computeIfAbsent(provider, one -> new ArrayList<>()).add(status);
            }
        }
        out.printf(
                "%nOne day in Voorbeeldstad: %d signals in %d waves%s.%n",
                signals, DemoStories.waves(), repeats == 0 ? "" : ", " + repeats + " of them played before");
        DemoEnd end = new DemoEnd(client);
        end.print(seenByAll, out);
        out.printf(
                "%n%s, an intake of which the patient let zorg-twee know, and took that back in wave 3:%n",
                DemoStories.CONSENTED);
        careSaw.forEach((provider, saw) ->
                out.printf("  %-30s %d in wave 2, %d in wave 3%n", provider, saw.get(1), saw.get(2)));
        end.queues(out);
        end.holds(out);
    }

    /** Of a day that was played before, with other hours, the sender still knows the reference. */
    private String id(DemoClient.Answer answer, Send send) throws IOException, InterruptedException {
        JsonNode body = answer.json();
        return body.has("id") ? body.get("id").asText() : client.idOf(send);
    }

    /** Waits until nothing waits for its stages, nor to be sent; the gauges are read every second. */
    private void awaitRest() throws IOException, InterruptedException {
        int quiet = 0;
        for (int i = 0; i < PATIENCE_SECONDS * 10 && quiet < 15; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            quiet = client.isAtRest() ? quiet + 1 : 0;
        }
        if (quiet < 15) {
            throw new IOException("the sample day did not come to rest");
        }
    }
}
