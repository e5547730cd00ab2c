package nl.wijkhub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.wijkhub.kernel.Vault;

/** Keys for tests, made anew in each process. */
public final class TestVault {
    private static final Vault VAULT = make();

    private TestVault() {}

    public static Vault vault() {
        return VAULT;
    }

    private static Vault make() {
        try {
            Path folder = Files.createTempDirectory("fake-secrets");
            Vault.createKeys(folder);
            return Vault.open(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
