package nl.wijkhub.app.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small day in one invented town, through the real doors, and what to try next. Every name in it is made up. */
final class DemoDay {
    /** In every reference to try, so that a later start brings new ones. */
    private static final long START = Instant.now().getEpochSecond();

    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new LinkedHashMap<>();

    DemoDay(String url) {
        this.url = url;
    }

    /** Sends the day; a day that was played before stays as it was. */
    void play() throws IOException, InterruptedException {
        put("corporatie-demo", "E-1001", unit("9990 AB", 12));
        put("corporatie-demo", "E-1002", unit("9990 AC", 3));
        put("corporatie-twee", "2-77", unit("9991 BA", 40));
        zaak("corporatie-demo", "demo-zaak-1", "SOC", "GEL", "E-1001");
        zaak("corporatie-demo", "demo-zaak-2", "SOC", "RUZ", "E-1001");
        zaak("corporatie-demo", "demo-zaak-3", "SOC", "VUI", "E-1002");
        zaak("corporatie-demo", "demo-zaak-4", "SOC", "PSY", "E-1002");
        zaak("corporatie-twee", "demo-zaak-5", "SOC", "GEL", "2-77");
        send("corporatie-demo", "/v1/partners/housing/signaleringen", """
                {"idExtern":"demo-signalering-1","soort":{"code":"OVE"},"detailSoort":{"code":"GEL"},
                 "status":{"code":"ACT"},"begindatum":"%s","adres":"https://corporatie.example/adressen/E-1002"}""".formatted(hoursAgo(30)));
        send("corporatie-demo", "/v1/signals", """
                {"reference":"demo-signaal-1","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise",
                 "severity":"acute","experiencedImpact":5,
                 "subject":{"household":{"address":{"postalCode":"9990 AD","houseNumber":7},
                   "persons":[{"role":"tenant","name":"Fake Huurder"}]}},
                 "narrative":"Fictief verhaal dat alleen de afzender kent."}""".formatted(hoursAgo(2), hoursAgo(1)));
        send("openbare-ruimte-demo", "/v1/signals", """
                {"reference":"demo-buurt-1","occurredAt":"%s","reportedAt":"%s","category":"area.lighting",
                 "severity":"low","subject":{"neighbourhood":{"buurtCode":"BU99990103"}}}""".formatted(hoursAgo(8), hoursAgo(8)));
        send("corporatie-demo", "/v1/signals", """
                {"reference":"demo-wees-1","occurredAt":"%s","reportedAt":"%s","category":"housing.pollution",
                 "severity":"elevated","subject":{"household":{"address":{"postalCode":"9995 ZZ","houseNumber":1}}}}""".formatted(hoursAgo(5), hoursAgo(4)));
    }

    /** What a first-time user needs: where the board is, who may log in, one command per door. */
    String guide() {
        return """

                Wijkhub demo is ready.
                  board      %1$s/   (log in with one of the users below; no password)
                  users      teamleider-demo medewerker-demo wijkagent-demo woonconsulent-demo welzijn-lid-demo
                             zorg-lid-demo (vb-noord) · teamleider-zuid (vb-zuid) · privacy-demo · beheerder-demo
                  health     http://localhost:9090/health/ready     metrics  http://localhost:9090/metrics
                  broker     amqp://localhost:5672, login: ./wijkhub token --amqp vb-noord.municipality

                A unit of the corporation, a case about it, and what its municipality member gets:
                  curl -s -X PUT %1$s/v1/partners/housing/eenheden/E-2001 -H "Authorization: Bearer $(./wijkhub token --partner corporatie-demo)" -H 'Content-Type: application/json' -d '{"postcode":"9990 AE","huisnummer":5}'
                  curl -s %1$s/v1/partners/housing/zaken -H "Authorization: Bearer $(./wijkhub token --partner corporatie-demo)" -H 'Content-Type: application/json' -d '{"idExtern":"probeer-%4$s","zaaktype":{"soort":{"code":"SOC"},"detailSoort":{"code":"GEL"}},"begindatum":"%2$s","eenheden":["https://corporatie.example/eenheden/E-2001"]}'
                  curl -s %1$s/v1/teams/vb-noord/queue-items -H "Authorization: Bearer $(./wijkhub token --user medewerker-demo)"

                The shared language, one per partner that speaks it:
                %3$s
                Stop with Ctrl-C.
                """.formatted(url, hoursAgo(1), curls(), START);
    }

    private String curls() {
        Map<String, String> categories = new LinkedHashMap<>();
        categories.put("corporatie-demo", "nuisance.noise");
        categories.put("corporatie-twee", "housing.pollution");
        categories.put("welzijn-demo", "social.isolation");
        categories.put("opbouwwerk-demo", "positive.strength");
        categories.put("zorg-demo", "care.self-neglect");
        categories.put("gemeente-demo", "debt.problematic");
        StringBuilder curls = new StringBuilder();
        categories.forEach((partner, category) ->
                curls.append(curl(partner, """
                {"reference":"probeer-%s-%s","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"low","subject":{"household":{"address":{"postalCode":"9990 AE","houseNumber":5}}}}""".formatted(partner, START, hoursAgo(2), hoursAgo(1), category))));
        curls.append(curl("politie-demo", """
                {"reference":"probeer-politie-%s","occurredAt":"%s","reportedAt":"%s","category":"youth.nuisance","severity":"low","ground":{"article":"Wpg16"},"subject":{"household":{"address":{"postalCode":"9990 AE","houseNumber":5}}}}""".formatted(START, hoursAgo(2), hoursAgo(1))));
        curls.append(curl("openbare-ruimte-demo", """
                {"reference":"probeer-buurt-%s","occurredAt":"%s","reportedAt":"%s","category":"area.litter","severity":"low","subject":{"neighbourhood":{"buurtCode":"BU99990101"}}}""".formatted(START, hoursAgo(2), hoursAgo(1))));
        return curls.toString();
    }

    private String curl(String partner, String body) {
        return "  curl -s " + url + "/v1/signals -H \"Authorization: Bearer $(./wijkhub token --partner " + partner
                + ")\" -H 'Content-Type: application/json' -d '" + body.strip() + "'\n";
    }

    private void zaak(String partner, String reference, String soort, String detail, String unit)
            throws IOException, InterruptedException {
        send(partner, "/v1/partners/housing/zaken", """
                {"idExtern":"%s","zaaktype":{"soort":{"code":"%s"},"detailSoort":{"code":"%s"}},
                 "registratiedatum":"%s","eenheden":["https://corporatie.example/eenheden/%s"],
                 "rollen":[{"code":"MEL"}]}""".formatted(reference, soort, detail, hoursAgo(26), unit));
    }

    private static String unit(String postcode, int number) {
        return "{\"postcode\":\"" + postcode + "\",\"huisnummer\":" + number + "}";
    }

    private void put(String partner, String unit, String body) throws IOException, InterruptedException {
        request(partner, "PUT", "/v1/partners/housing/eenheden/" + unit, body, List.of(200, 201));
    }

    private void send(String partner, String path, String body) throws IOException, InterruptedException {
        // 409: this day was played before, with the hours of that day
        request(partner, "POST", path, body, List.of(200, 202, 409));
    }

    private void request(String partner, String method, String path, String body, List<Integer> expected)
            throws IOException, InterruptedException {
        if (!tokens.containsKey(partner)) {
            tokens.put(partner, Token.bearer(partner, null));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + tokens.get(partner))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (!expected.contains(response.statusCode())) {
            throw new IOException("the sample day was refused at " + path + ": " + response.body());
        }
    }

    private static String hoursAgo(int hours) {
        return Instant.now()
                .minus(hours, ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
