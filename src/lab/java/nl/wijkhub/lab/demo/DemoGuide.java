package nl.wijkhub.lab.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import nl.wijkhub.lab.demo.DemoMessages.Fake;
import nl.wijkhub.lab.demo.DemoMessages.Home;
import nl.wijkhub.lab.demo.DemoMessages.Said;

/** What a first-time user needs: where the board is, who may log in, one command per partner, ready to paste. */
public final class DemoGuide {
    /** In every reference to try, so that a later start brings new ones. */
    private static final long START = Instant.now().getEpochSecond();

    private static final Home HOME = Home.at("9990 AE", 5);
    private static final Fake WHO = new Fake("Fake Bewoner", "1980-01-01", null);

    private final String url;

    public DemoGuide(String url) {
        this.url = url;
    }

    @Override
    public String toString() {
        return """

                Wijkhub demo is ready.
                  board      %1$s/   (log in with one of the users below; no password)
                  users      teamleider-demo medewerker-demo wijkagent-demo woonconsulent-demo woonconsulent-twee
                             welzijn-lid-demo zorg-lid-demo zorg-lid-demo-2 zorg-lid-twee opbouwwerk-lid-demo (vb-noord) ·
                             teamleider-zuid (vb-zuid) · privacy-demo · beheerder-demo
                  health     http://localhost:9090/health/ready     metrics  http://localhost:9090/metrics
                  broker     amqp://localhost:5672, login: ./wijkhub token --amqp vb-noord.municipality (each seat its own:
                             vb-noord.housing.corporatie-twee)

                One command per partner, each in its own language, all about one household, the last about its street:
                %2$s
                What the municipality member of vb-noord gets of it:
                  curl -s %1$s/v1/teams/vb-noord/queue-items -H "Authorization: Bearer $(./wijkhub token --user medewerker-demo)"

                What a sender hears of its own signal, and a resident by the receiptCode in the last answer, without a token:
                  curl -s %1$s/v1/signals/ID -H "Authorization: Bearer $(./wijkhub token --partner corporatie-demo)"
                  curl -s %1$s/v1/receipts/CODE

                The plans of vb-noord that somebody may take up, and the agenda of a neighbourhood (docs/plans.md says how):
                  curl -s %1$s/v1/teams/vb-noord/plans -H "Authorization: Bearer $(./wijkhub token --user medewerker-demo)"
                  curl -s %1$s/v1/neighbourhoods/BU99990101/agenda -H "Authorization: Bearer $(./wijkhub token --user medewerker-demo)"

                Stop with Ctrl-C.
                """.formatted(url, curls());
    }

    private String curls() {
        Instant at = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        String json = "application/json";
        String fhir = "application/fhir+json";
        ObjectNode report = DemoMessages.report(ref("politie"), "E35", HOME, 2, "Wpg20", DemoStories.DECISION, at);
        ObjectNode intake = DemoMessages.intake(
                ref("intake"), "social.isolation", HOME, WHO, Map.of("sociaal-netwerk", 2), null, at);
        ObjectNode note = DemoMessages.note(
                ref("zorg"), "care.self-neglect", HOME, WHO, new Said(ref("ja"), "MUNICIPALITY", true), at);
        ObjectNode strength = DemoMessages.signal(ref("kracht"), "positive.strength", "low", HOME, at);
        strength.putArray("strengths").add("Fictief: helpt de buren");
        ObjectNode second = DemoMessages.signal(ref("twee"), "housing.pollution", "low", HOME, at);
        ObjectNode municipal = DemoMessages.signal(ref("gemeente"), "social.unemployment", "low", HOME, at);
        ObjectNode melding = DemoMessages.melding("afval/veeg-zwerfvuil", "9990 AB", at);
        return curl(
                        "PUT",
                        "corporatie-demo",
                        "/v1/partners/housing/eenheden/" + HOME.unit(),
                        json,
                        DemoMessages.unit(HOME).toString())
                + curl(
                        "POST",
                        "corporatie-demo",
                        "/v1/partners/housing/zaken",
                        json,
                        DemoMessages.zaak(ref("zaak"), "GEL", HOME, at).toString())
                + curl("POST", "corporatie-twee", "/v1/signals", json, second.toString())
                + curl(
                        "POST",
                        "politie-demo",
                        "/v1/partners/police/reports",
                        "application/xml",
                        DemoMessages.xml(report))
                + curl("POST", "welzijn-demo", "/v1/partners/welfare/intakes", fhir, intake.toString())
                + curl("POST", "zorg-demo", "/v1/partners/care/notes", fhir, note.toString())
                + curl("POST", "opbouwwerk-demo", "/v1/signals", json, strength.toString())
                + curl("POST", "gemeente-demo", "/v1/signals", json, municipal.toString())
                + curl("POST", "openbare-ruimte-demo", DemoPost.MELDINGEN, json, melding.toString());
    }

    private static String ref(String what) {
        return "probeer-" + what + '-' + START;
    }

    private String curl(String method, String partner, String path, String mediaType, String body) {
        return "  curl -s -X " + method + ' ' + url + path + " -H \"Authorization: Bearer $(./wijkhub token --partner "
                + partner + ")\" -H 'Content-Type: " + mediaType + "' -d '" + body + "'\n";
    }
}
