package nl.wijkhub.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import nl.wijkhub.kernel.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the key files of a production hub, once; leaves existing ones untouched. */
@Command(name = "make-keys", description = "Makes the key files in config/secrets, once.")
public final class MakeKeys implements Callable<Integer> {
    @Option(names = "--config", description = "The config folder.", defaultValue = "config")
    private Path config;

    @Override
    public Integer call() {
        Path secrets = config.resolve("secrets");
        boolean there = Vault.standsIn(secrets);
        Vault.createKeys(secrets);
        System.out.println(
                there
                        ? "the key files were there already and are untouched"
                        : "key files made: keep a copy apart from the database, without them nothing can be read");
        return 0;
    }
}
