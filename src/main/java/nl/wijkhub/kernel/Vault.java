package nl.wijkhub.kernel;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * Keeps what is said about people unreadable at rest: fields are sealed (AEAD, bound to their table, column and row),
 * matching uses keyed pseudonyms. Tink does the cryptography; this class only says what is bound to what.
 */
public final class Vault {
    /** Bytes of a pseudonym: 128 bits of HMAC-SHA-256, enough that 10 million households never collide. */
    public static final int PSEUDONYM_BYTES = 16;

    private static final String FIELD_KEYS = "field-keys.json";
    private static final String PSEUDONYM_KEYS = "pseudonym-keys.json";

    private final Aead aead;
    private final PrfSet prf;

    private Vault(KeysetHandle fieldKeys, KeysetHandle pseudonymKeys) throws GeneralSecurityException {
        this.aead = fieldKeys.getPrimitive(RegistryConfiguration.get(), Aead.class);
        this.prf = pseudonymKeys.getPrimitive(RegistryConfiguration.get(), PrfSet.class);
    }

    /** Opens the key files of a secrets folder. */
    public static Vault open(Path secrets) {
        try {
            register();
            return new Vault(read(secrets.resolve(FIELD_KEYS)), read(secrets.resolve(PSEUDONYM_KEYS)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the key files in " + secrets.getFileName() + "/ cannot be read", e);
        }
    }

    /** Whether the key files stand in this folder. */
    public static boolean standsIn(Path secrets) {
        return Files.isRegularFile(secrets.resolve(FIELD_KEYS)) && Files.isRegularFile(secrets.resolve(PSEUDONYM_KEYS));
    }

    /** Makes new key files, readable by their owner alone; leaves existing ones untouched. */
    public static void createKeys(Path secrets) {
        try {
            register();
            write(secrets.resolve(FIELD_KEYS), KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
            write(secrets.resolve(PSEUDONYM_KEYS), KeysetHandle.generateNew(PredefinedPrfParameters.HMAC_SHA256_PRF));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the key files cannot be made", e);
        }
    }

    /** Seals a field. The same text in another table, column or row opens as nothing. */
    public byte[] seal(String table, String column, UUID row, String clear) {
        return seal(table, column, row, clear.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for bytes that need be no text. */
    public byte[] seal(String table, String column, UUID row, byte[] clear) {
        try {
            return aead.encrypt(clear, binding(table, column, row));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a field of " + table + " cannot be sealed", e);
        }
    }

    /** Whether these keys open it here. */
    public boolean opens(String table, String column, UUID row, byte[] sealed) {
        try {
            return aead.decrypt(sealed, binding(table, column, row)) != null;
        } catch (GeneralSecurityException otherKeys) {
            return false;
        }
    }

    /** Opens a sealed field; fails when the bytes were moved or changed. */
    public String open(String table, String column, UUID row, byte[] sealed) {
        return new String(openBytes(table, column, row, sealed), StandardCharsets.UTF_8);
    }

    /** The same for bytes that need be no text. */
    public byte[] openBytes(String table, String column, UUID row, byte[] sealed) {
        try {
            return aead.decrypt(sealed, binding(table, column, row));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a field of " + table + " cannot be opened", e);
        }
    }

    /**
     * The keyed pseudonym of a value: the same for the same value and purpose, unlinkable across purposes.
     *
     * @param purpose what is being matched, e.g. {@code address} or {@code bsn}
     * @return {@value #PSEUDONYM_BYTES} bytes
     */
    public byte[] pseudonym(String purpose, String value) {
        try {
            return prf.computePrimary((purpose + '\u0000' + value).getBytes(StandardCharsets.UTF_8), PSEUDONYM_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a pseudonym cannot be made", e);
        }
    }

    private static byte[] binding(String table, String column, UUID row) {
        return (table + '|' + column + '|' + row).getBytes(StandardCharsets.UTF_8);
    }

    private static void register() throws GeneralSecurityException {
        AeadConfig.register();
        PrfConfig.register();
    }

    private static KeysetHandle read(Path file) throws GeneralSecurityException, IOException {
        return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
    }

    private static void write(Path file, KeysetHandle keys) throws GeneralSecurityException, IOException {
        if (!Files.exists(file)) {
            SecretFile.write(file, TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()));
        }
    }

    /** A file that only its owner may read, from its first byte on. */
    public static final class SecretFile {
        private SecretFile() {}

        public static void write(Path file, String content) throws IOException {
            Files.createDirectories(file.getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, content);
        }
    }
}
