package nl.wijkhub.lab.demo;

import static nl.wijkhub.lab.demo.DemoMessages.intake;
import static nl.wijkhub.lab.demo.DemoMessages.melding;
import static nl.wijkhub.lab.demo.DemoMessages.note;
import static nl.wijkhub.lab.demo.DemoMessages.report;
import static nl.wijkhub.lab.demo.DemoMessages.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nl.wijkhub.lab.demo.DemoMessages.Fake;
import nl.wijkhub.lab.demo.DemoMessages.Home;
import nl.wijkhub.lab.demo.DemoMessages.Said;
import nl.wijkhub.lab.demo.DemoPost.Send;

/**
 * One day in an invented town, in three waves: what happens to a few households, amid what else comes in. The same
 * day every time; only its hours follow the clock.
 */
final class DemoStories {
    static final String DECISION = "WPG20-DEMO-1";

    private static final int WAVES = 3;

    /** The number of zorg-twee in the trade register. */
    private static final String ZORG_TWEE = "99990006";

    /** The intake of which one care provider knows as long as the patient agrees. */
    static final String CONSENTED = "demo-ja-1";

    /** The household that is shown at the end: seen by landlord, wijkagent, welfare and care in one week. */
    static final Home SEEN_BY_ALL = new Home("9990 AB", 12, "B");

    private final DemoPost post;
    private final Random random = new Random(9990);

    DemoStories(Instant now) {
        this.post = new DemoPost(now.truncatedTo(ChronoUnit.SECONDS));
        seenByAll();
        anotherLandlord();
        disputeThatStaysSmall();
        confusedBehaviour();
        acuteDanger();
        arrears();
        strength();
        recurrence();
        nobodysTeam();
        careFirst();
        consentGivenAndWithdrawn();
        whateverElseComesIn();
    }

    /** In the order of the day. */
    List<Send> wave(int wave) {
        return post.sends().stream().filter(send -> send.wave() == wave).toList();
    }

    static int waves() {
        return WAVES;
    }

    /** Noise, a quarrel, an E33, an intake with scores and consent, a care note, and again noise. */
    private void seenByAll() {
        Home home = SEEN_BY_ALL;
        Fake who = new Fake("Fake Bewoner", "1980-01-01", "999990342");
        post.zaak(1, "corporatie-demo", "demo-week-1", "GEL", home, 150);
        post.police(1, report("demo-week-2", "E35", home, 2, "Wpg20", DECISION, post.ago(120)), true, home);
        post.zaak(1, "corporatie-demo", "demo-week-3", "RUZ", home, 96);
        post.police(2, report("demo-week-4", "E33", home, 3, "Wpg20", DECISION, post.ago(50)), false, home);
        post.welfare(
                2,
                intake(
                        "demo-week-5",
                        "social.isolation",
                        home,
                        who,
                        Map.of("sociaal-netwerk", 2, "geestelijke-gezondheid", 2, "huisvesting", 3),
                        new Said("demo-toestemming-1", "MUNICIPALITY", true),
                        post.ago(26)),
                home);
        post.care(3, note("demo-week-6", "care.self-neglect", home, who, null, post.ago(5)), home);
        post.zaak(3, "corporatie-demo", "demo-week-7", "GEL", home, 3);
    }

    /** In Noord the second corporation lets a street of its own. */
    private void anotherLandlord() {
        for (int number = 1; number < 20; number += 2) {
            post.dwelling(1, "corporatie-twee", Home.at("9990 AK", number));
        }
    }

    /** Two neighbours, one evening, and then they talk. */
    private void disputeThatStaysSmall() {
        Home home = Home.at("9990 AC", 3);
        post.zaak(1, "corporatie-demo", "demo-ruzie-1", "RUZ", home, 60);
        post.zaak(1, "corporatie-demo", "demo-ruzie-2", "GEL", home, 58);
        post.canonical(3, "opbouwwerk-demo", strengths("demo-ruzie-3", "positive.neighbour-help", home, 4), home);
    }

    /** Contact with the police, for care alone; and a single case that is acute, which care is asked to take up at once. */
    private void confusedBehaviour() {
        Home home = Home.at("9990 AD", 7);
        post.police(2, report("demo-e33-1", "E33", home, 3, "Wpg18", null, post.ago(9)), true, home);
        Home another = Home.at("9990 AD", 11);
        post.police(3, report("demo-e33-2", "E33", another, 4, "Wpg19", null, post.ago(1)), true, another);
    }

    /** Violence at home, acute: the municipality has four hours. */
    private void acuteDanger() {
        Home home = Home.at("9990 AD", 18);
        post.police(3, report("demo-acuut-1", "F16", home, 4, "Wpg20", DECISION, post.ago(1)), true, home);
    }

    /** A landlord's arrears have no rule yet; what a landlord calls psychiatric is for nobody. */
    private void arrears() {
        post.zaak(1, "corporatie-demo", "demo-huur-1", "BET", Home.at("9990 AE", 21), 70);
        post.zaak(1, "corporatie-demo", "demo-niemand-1", "PSY", Home.at("9990 AE", 22), 30);
    }

    private void strength() {
        Home home = Home.at("9990 AF", 4);
        post.canonical(2, "opbouwwerk-demo", strengths("demo-kracht-1", "positive.strength", home, 12), home);
    }

    /** Closed, it seemed; then it comes back, in the same plan. */
    private void recurrence() {
        Home home = Home.at("9990 AG", 9);
        post.zaak(1, "corporatie-demo", "demo-terug-1", "GEL", home, 600);
        post.zaak(2, "corporatie-demo", "demo-terug-2", "STA", home, 200);
        post.zaak(3, "corporatie-demo", "demo-terug-3", "GEL", home, 2);
    }

    private void nobodysTeam() {
        Home home = Home.at("9995 ZZ", 1);
        post.canonical(
                2, "corporatie-demo", signal("demo-wees-1", "housing.pollution", "elevated", home, post.ago(5)), home);
    }

    /** Neglect may be illness: the police wait until care was heard. */
    private void careFirst() {
        Home home = Home.at("9990 AJ", 21);
        post.canonical(
                2,
                "corporatie-demo",
                signal("demo-eerst-zorg-1", "housing.neglect", "elevated", home, post.ago(6)),
                home);
    }

    /** Care gets a notice because the patient agreed, and loses it when the patient takes that back. */
    private void consentGivenAndWithdrawn() {
        Home home = Home.at("9990 AH", 15);
        Fake who = new Fake("Fake Bezoeker", "1951-05-05", "111222333");
        Said yes = new Said("demo-toestemming-2", "CARE", ZORG_TWEE, true);
        Said no = new Said("demo-toestemming-2", "CARE", ZORG_TWEE, false);
        post.welfare(2, intake(CONSENTED, "social.isolation", home, who, Map.of(), yes, post.ago(20)), home);
        post.welfare(3, intake("demo-nee-1", "social.language", home, who, Map.of(), no, post.ago(1)), home);
    }

    private void whateverElseComesIn() {
        String[] details = {"GEL", "VUI", "RUZ", "STA", "DIE", "ONG", "OVE", "DRU", "GEL", "GEL"};
        String[] intakes = {
            "social.isolation", "social.family-conflict", "social.language", "care.informal-care-overload"
        };
        String[] area = {
            "wegen-verkeer-straatmeubilair/straatverlichting-openbare-klok",
            "afval/veeg-zwerfvuil",
            "openbaar-groen-en-water/boom",
            "wegen-verkeer-straatmeubilair/verkeersoverlast-verkeerssituaties",
            "overlast-in-de-openbare-ruimte/graffiti-wildplak"
        };
        for (int i = 0; i < 48; i++) {
            boolean south = i % 4 == 3;
            Home home = somewhere(south ? "9991" : "9990");
            post.zaak(
                    1 + i % WAVES,
                    south ? "corporatie-twee" : "corporatie-demo",
                    "demo-dag-z" + i,
                    details[i % 10],
                    home,
                    i);
        }
        for (int i = 0; i < 18; i++) {
            Home home = somewhere(i % 3 == 2 ? "9991" : "9990");
            ObjectNode report = i % 2 == 0
                    ? report("demo-dag-p" + i, "E40", home, 1, "Wpg16", null, post.ago(i + 1))
                    : report("demo-dag-p" + i, i % 3 == 0 ? "F40" : "E35", home, 2, "Wpg20", DECISION, post.ago(i + 1));
            post.police(1 + i % WAVES, report, i % 4 < 2, home);
        }
        for (int i = 0; i < 16; i++) {
            Home home = somewhere("9990");
            Fake who = new Fake("Fake Bewoner " + (char) ('A' + i), "19" + (50 + i) + "-02-03", null);
            post.welfare(
                    1 + i % WAVES,
                    intake(
                            "demo-dag-w" + i,
                            intakes[i % 4],
                            home,
                            who,
                            Map.of("sociaal-netwerk", 2),
                            null,
                            post.ago(i + 1)),
                    home);
        }
        for (int i = 0; i < 6; i++) {
            Home home = somewhere("9990");
            Fake who = new Fake("Fake Patiënt " + (char) ('A' + i), "19" + (40 + i) + "-03-04", null);
            Said said = i % 2 == 0 ? new Said("demo-toestemming-z" + i, "WELFARE", true) : null;
            post.care(
                    1 + i % WAVES, note("demo-dag-c" + i, "care.support-need", home, who, said, post.ago(i + 1)), home);
        }
        for (int i = 0; i < 18; i++) {
            // the first letter of three in each buurt
            String postalCode = (i % 3 == 0 ? "9991 " : "9990 ") + (char) ('A' + 3 * random.nextInt(9)) + 'B';
            post.melding(1 + i % WAVES, "demo-dag-b" + i, melding(area[i % 5], postalCode, post.ago(i + 1)));
        }
        for (int i = 0; i < 6; i++) {
            Home home = somewhere("9990");
            post.canonical(
                    1 + i % WAVES,
                    "gemeente-demo",
                    signal("demo-dag-g" + i, "social.unemployment", "low", home, post.ago(i + 1)),
                    home);
        }
        // nobody may have these until the Wams is law: ./wijkhub what-if tells what would change
        for (int i = 0; i < 4; i++) {
            Home home = somewhere("9990");
            post.canonical(
                    1 + i % WAVES,
                    "gemeente-demo",
                    signal("demo-dag-s" + i, "debt.problematic", "elevated", home, post.ago(i + 1)),
                    home);
        }
    }

    private Home somewhere(String digits) {
        char second = (char) ('A' + random.nextInt(18));
        return Home.at(digits + " B" + second, 1 + random.nextInt(60));
    }

    private ObjectNode strengths(String reference, String category, Home home, int hours) {
        ObjectNode signal = signal(reference, category, "low", home, post.ago(hours));
        signal.putArray("strengths").add("Fictief: helpt een buur met boodschappen");
        return signal;
    }
}
