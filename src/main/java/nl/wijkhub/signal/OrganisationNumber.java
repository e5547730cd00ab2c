package nl.wijkhub.signal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number by which an organisation is known outside the hub.
 *
 * @param value its digits
 */
public record OrganisationNumber(Register register, String value) {
    /** Who gives out such numbers. */
    public enum Register {
        OIN("oin", 20),
        KVK("kvk", 8),
        /** Of the UZI register: who provides care. */
        URA("ura", 8),
        /** Of Vektis: an organisation that provides care. */
        AGB_Z("agbZ", 8);

        private final String key;
        private final int digits;
        private final Pattern form;

        Register(String key, int digits) {
            this.key = key;
            this.digits = digits;
            this.form = Pattern.compile("[0-9]{" + digits + "}");
        }

        /** As config files write it. */
        public String key() {
            return key;
        }

        public int digits() {
            return digits;
        }

        /** Empty when these are not its digits. */
        public Optional<OrganisationNumber> number(String text) {
            return text != null && form.matcher(text).matches()
                    ? Optional.of(new OrganisationNumber(this, text))
                    : Optional.empty();
        }
    }

    /** In one word, which is the id of no partner: {@code kvk|99990001}. */
    public String word() {
        return register.key() + '|' + value;
    }
}
