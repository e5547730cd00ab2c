package nl.wijkhub.web.board;

import io.vertx.ext.web.RoutingContext;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.sharing.CitizenExport.ExportedLook;
import nl.wijkhub.sharing.Organisations;
import nl.wijkhub.sharing.Organisations.Party;
import nl.wijkhub.sharing.Recipient;

/** The words of the screens, in Dutch or English: i18n/board_nl.properties and board_en.properties. */
public final class Texts {
    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                "i18n.board",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Dutch, unless {@code ?lang=en} or the browser asks for English before Dutch. */
    public static Texts of(RoutingContext ctx) {
        String asked = ctx.request().getParam("lang");
        if (asked == null) {
            asked = ctx.acceptableLanguages().stream()
                    .map(language -> language.tag())
                    .filter(tag -> tag.equals("nl") || tag.equals("en"))
                    .findFirst()
                    .orElse("nl");
        }
        return in(asked);
    }

    /** Dutch, unless it is {@code en}. */
    public static Texts in(String language) {
        return new Texts(language.equals("en") ? Locale.ENGLISH : Locale.forLanguageTag("nl"));
    }

    public String language() {
        return locale.getLanguage();
    }

    public String get(String key, Object... values) {
        return values.length == 0
                ? bundle.getString(key)
                : new MessageFormat(bundle.getString(key), locale).format(values);
    }

    /** A problem in words; those that a person at a screen can do nothing about share theirs. */
    public String problem(String code) {
        String key = "problem." + code;
        return bundle.getString(bundle.containsKey(key) ? key : "problem.other");
    }

    /** A code in words, or the code itself when there are none. */
    public String code(String kind, String code) {
        String key = kind + '.' + code;
        return bundle.containsKey(key) ? bundle.getString(key) : code;
    }

    /** Why something was decided, in words; {@code removed-by-row-19} names the rule. */
    String reason(String code) {
        for (String kind : List.of("removed-by", "would-be")) {
            if (code.startsWith(kind + '-')) {
                return get("reason." + kind, code.substring(kind.length() + 1));
            }
        }
        return code("reason", code);
    }

    public String reasons(Collection<String> codes) {
        return codes.stream().map(this::reason).collect(Collectors.joining(", "));
    }

    /** A list of codes in words. */
    public String codes(String kind, Collection<String> codes) {
        return codes.stream().map(one -> code(kind, one)).collect(Collectors.joining(", "));
    }

    /** About how long: in days, else hours, else minutes. */
    String about(Duration length) {
        long minutes = length.toMinutes();
        long days = length.toDays();
        String kind = days >= 2 ? "days" : minutes >= 120 ? "hours" : "minutes";
        return get("about." + kind, days >= 2 ? days : minutes >= 120 ? length.toHours() : minutes);
    }

    /** Whether there are words for this. */
    boolean has(String key) {
        return bundle.containsKey(key);
    }

    public String time(Instant instant) {
        return DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", locale)
                .withZone(ZONE)
                .format(instant);
    }

    /** A day as JSON writes it, e.g. {@code 2026-11-29}; what is none stays as it is. */
    public String day(String day) {
        return day.matches("\\d{4}-\\d{2}-\\d{2}")
                ? DateTimeFormatter.ofPattern("d MMM yyyy", locale).format(LocalDate.parse(day))
                : day;
    }

    /**
     * Somebody as people say it: Woonstichting Twee (corporatie, vb-noord). Whoever is more than a seat of the team
     * is called so first: blik in nood, Woonstichting Twee (corporatie, vb-noord).
     */
    public String who(Party party) {
        Recipient recipient = party.recipient();
        String place = Stream.of(code("discipline", party.discipline().name()), party.teamId())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        if (recipient.kind() == Recipient.RecipientKind.TEAM) {
            return (party.name() == null ? get("who.unknown") : party.name()) + " (" + place + ")";
        }
        String kind = code("recipient", recipient.kind().code());
        return kind + ", " + (party.name() == null ? place : party.name() + " (" + place + ")");
    }

    /** The same of several, by recipient: for a page to look up. */
    Map<Recipient, String> who(Stream<Recipient> recipients, Organisations organisations) {
        return recipients.distinct().collect(Collectors.toMap(Function.identity(), one -> who(organisations.of(one))));
    }

    /** Who looked, as people say it: a person and the organisation, or the organisation whose system it was. */
    public String who(ExportedLook look) {
        if (look.by().recipient() == null) {
            return look.role() == null ? look.user() : look.user() + ", " + code("staff", look.role());
        }
        return look.isSystem() ? get("who.system", who(look.by())) : look.user() + ", " + who(look.by());
    }

    public String dayMonth(LocalDate day) {
        return DateTimeFormatter.ofPattern("d MMM", locale).format(day);
    }

    public String shortTime(Instant instant) {
        return DateTimeFormatter.ofPattern("EEE d MMM HH:mm", locale)
                .withZone(ZONE)
                .format(instant);
    }
}
