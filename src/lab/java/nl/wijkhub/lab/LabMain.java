package nl.wijkhub.lab;

import nl.wijkhub.app.Main;
import nl.wijkhub.lab.bench.Bench;
import nl.wijkhub.lab.chaos.Chaos;
import nl.wijkhub.lab.demo.Demo;
import nl.wijkhub.lab.demo.DemoData;
import nl.wijkhub.lab.demo.Token;

/** {@code ./wijkhub}: the commands of the hub, and with them all that needs an embedded server or invents data. */
public final class LabMain {
    private LabMain() {}

    public static void main(String[] arguments) {
        Main.run(Main.commands(DemoData::open, new Demo(), new Token(), new Chaos(), new Bench()), arguments);
    }
}
