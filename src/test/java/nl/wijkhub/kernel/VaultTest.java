package nl.wijkhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import nl.wijkhub.TestVault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private final Vault vault = TestVault.vault();
    private final UUID row = Identifier.next();

    @Test
    void a_sealed_field_opens_in_its_own_place_alone() {
        byte[] sealed = vault.seal("signal", "body_sealed", row, "Fake Bewoner");

        assertThat(vault.open("signal", "body_sealed", row, sealed)).isEqualTo("Fake Bewoner");
        assertThatThrownBy(() -> vault.open("signal", "body_sealed", Identifier.next(), sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> vault.open("signal", "other", row, sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> vault.open("person", "body_sealed", row, sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_sealed_field_shows_nothing() {
        byte[] sealed = vault.seal("signal", "body_sealed", row, "Fake Bewoner");

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("Bewoner");
    }

    @Test
    void a_pseudonym_is_the_same_for_one_purpose_and_unlinkable_to_another() {
        assertThat(vault.pseudonym("bsn", "999990342")).isEqualTo(vault.pseudonym("bsn", "999990342"));
        assertThat(vault.pseudonym("bsn", "999990342")).hasSize(Vault.PSEUDONYM_BYTES);
        assertThat(vault.pseudonym("bsn", "999990342")).isNotEqualTo(vault.pseudonym("address", "999990342"));
        assertThat(vault.pseudonym("a", "bc")).isNotEqualTo(vault.pseudonym("ab", "c"));
    }

    @Test
    void key_files_are_for_their_owner_alone_and_never_replaced(@TempDir Path folder) throws Exception {
        Vault.createKeys(folder);
        String before = Files.readString(folder.resolve("field-keys.json"));

        Vault.createKeys(folder);

        assertThat(Files.readString(folder.resolve("field-keys.json"))).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("field-keys.json"))))
                .isEqualTo("rw-------");
    }
}
