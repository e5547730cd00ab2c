package nl.wijkhub.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "chaos")
final class Chaos implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
