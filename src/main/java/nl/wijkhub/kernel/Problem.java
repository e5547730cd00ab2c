package nl.wijkhub.kernel;

/**
 * Every way in which a door can say no. Held against docs/problems.md by a test.
 * Each has a code (kebab-case, the tail of {@code urn:wijkhub:problem:}), an HTTP status, an English title and
 * what the sender should do, in Dutch because a person at a partner reads it.
 */
public enum Problem implements Coded {
    INVALID_INPUT(400, "The message has faults", "Herstel alle genoemde fouten en stuur het bericht opnieuw."),
    MALFORMED_INPUT(400, "The message cannot be read", "Stuur één goed gevormd document in UTF-8."),
    NOT_AUTHENTICATED(401, "No valid access token", "Haal een nieuw token op en stuur het mee als Bearer."),
    NOT_ALLOWED(403, "Not allowed for this caller", "Gebruik de deur die bij deze partner of rol hoort."),
    NOT_FOUND(404, "Not found", "Controleer het adres; wat u niet mag zien bestaat hier niet."),
    REFERENCE_CONFLICT(
            409,
            "Same reference, other content",
            "Gebruik een nieuwe referentie en noem de oude in supersedes als dit een correctie is."),
    STATE_CONFLICT(409, "Decided otherwise before", "Kijk hoe het nu staat; wat besloten is verandert zo niet."),
    STALE_VERSION(
            412,
            "Changed by somebody else meanwhile",
            "Haal het opnieuw op, kijk wat er veranderde en probeer het dan weer."),
    TOO_LARGE(413, "The message is too large", "Stuur kleinere berichten."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type or charset", "Stuur een van de genoemde mediatypen, in UTF-8."),
    TOO_MANY_REQUESTS(429, "Too many requests", "Wacht de tijd in Retry-After af en probeer opnieuw."),
    INTERNAL_ERROR(500, "Something is broken here", "Probeer later opnieuw; noem de instance aan de beheerder."),
    UNAVAILABLE(503, "Temporarily unavailable", "Wacht de tijd in Retry-After af en stuur precies hetzelfde bericht.");

    private final int status;
    private final String title;
    private final String advice;

    Problem(int status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String advice() {
        return advice;
    }

    /** The problem type as it stands in the answer, e.g. {@code urn:wijkhub:problem:invalid-input}. */
    public String type() {
        return "urn:wijkhub:problem:" + code();
    }
}
