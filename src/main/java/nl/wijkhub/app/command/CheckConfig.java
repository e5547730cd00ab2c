package nl.wijkhub.app.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.sharing.AgreementCheck;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.sharing.SharingPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Names every fault in config/, with file, line and reason. Environment variables need not be set for it: those that are
 * count, the others are named, because the start asks for them.
 */
@Command(name = "check-config", description = "Names every fault in config/, with file, line and reason.")
public final class CheckConfig implements Callable<Integer> {
    @Option(names = "--config", description = "The config folder.", defaultValue = "config")
    private Path config;

    @Override
    public Integer call() {
        Set<String> unset = new LinkedHashSet<>();
        Clock clock = Clock.systemUTC();
        HubConfig.Reading reading = HubConfig.readBeforeStart(config, System.getenv(), unset, clock);
        List<ConfigFault> faults = new ArrayList<>(reading.faults());
        if (faults.stream().noneMatch(fault -> fault.file().equals(SharingAgreement.FILE))) {
            // what does nothing does not keep the hub from starting, but somebody should know
            faults.addAll(AgreementCheck.of(
                            reading.config().agreement(),
                            reading.config().vocabulary(),
                            Path.of(SharingAgreement.FILE),
                            SharingPolicy.today(clock))
                    .idle());
        }
        faults.forEach(System.out::println);
        System.out.println(faults.isEmpty() ? "config is sound" : faults.size() + " faults");
        if (!unset.isEmpty()) {
            System.out.println(
                    "the start will ask for environment variables that are not set here: " + String.join(", ", unset));
        }
        return faults.isEmpty() ? 0 : 1;
    }
}
