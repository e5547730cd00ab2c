package nl.wijkhub.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Bsn;
import nl.wijkhub.signal.CaseSignal;

/** Reads out of a body whom something is about: a citizen, or an address. */
public final class SubjectReading {
    private SubjectReading() {}

    /** A citizen: a BSN, or a name and a birth date, or all three. */
    public static CaseSignal.Person person(BodyReading in) {
        String bsn = in.sent("bsn").asText(null);
        String name = in.sent("name").asText(null);
        LocalDate birthDate = null;
        if (bsn != null && !Bsn.isValid(bsn)) {
            in.fault("/bsn", "bsn-invalid");
        }
        if (bsn == null && (name == null || name.isBlank())) {
            in.fault("/name", "missing.citizen");
        }
        if (bsn == null || in.has("birthDate")) {
            try {
                birthDate = LocalDate.parse(in.sent("birthDate").asText(""));
            } catch (DateTimeParseException e) {
                in.fault("/birthDate", "wrong-form.birth-date");
            }
        }
        return new CaseSignal.Person("resident", name, birthDate, bsn, null);
    }

    public static Optional<Address> address(BodyReading in) {
        JsonNode sent = in.sent("address");
        String postalCode = Address.normalPostalCode(sent.path("postalCode").asText(null));
        int number = sent.path("houseNumber").asInt(0);
        if (postalCode == null) {
            in.fault("/address/postalCode", "wrong-form.postal-code");
        }
        if (number < 1 || number > 99_999) {
            in.fault("/address/houseNumber", "wrong-form.house-number");
        }
        return postalCode == null || number < 1
                ? Optional.empty()
                : Optional.of(new Address(
                        postalCode,
                        number,
                        Address.normalPart(sent.path("houseLetter").asText(null)),
                        Address.normalPart(sent.path("addition").asText(null)),
                        null));
    }
}
