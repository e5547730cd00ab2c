package nl.wijkhub.signal;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Vault;

/**
 * The code on a receipt: 100 bits in Crockford's Base32, in four groups of five ({@code 7QK3M-…}). Made from the signal's
 * id with a key, so that nobody guesses one, the same signal always has the same, and it need not be stored.
 */
final class ReceiptCode {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int SYMBOLS = 20;
    private static final int GROUP = 5;
    private static final int BITS_OF_A_SYMBOL = 5;

    private ReceiptCode() {}

    /** As it is given, with dashes. */
    static String of(UUID signal, Vault vault) {
        byte[] bytes = vault.pseudonym("receipt", signal.toString());
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < SYMBOLS; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(symbol(bytes, i * BITS_OF_A_SYMBOL)));
        }
        return code.toString();
    }

    /** The five bits that begin here. */
    private static int symbol(byte[] bytes, int bit) {
        int two = (bytes[bit / 8] & 0xff) << 8 | (bytes[bit / 8 + 1] & 0xff);
        return two >> (16 - BITS_OF_A_SYMBOL - bit % 8) & 0x1f;
    }

    /**
     * A code as people copy it, in one spelling: case, dashes and spaces do not matter, O is 0, I and L are 1. Empty for
     * what is none.
     */
    static Optional<String> normal(String typed) {
        String code = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[-\\s]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return Optional.of(code)
                .filter(c -> c.length() == SYMBOLS && c.chars().allMatch(symbol -> ALPHABET.indexOf(symbol) >= 0));
    }

    /** Under what it is stored. */
    static byte[] key(String normal, Vault vault) {
        return vault.pseudonym("receipt-code", normal);
    }
}
