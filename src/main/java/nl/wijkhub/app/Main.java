package nl.wijkhub.app;

import java.io.IOException;
import nl.wijkhub.app.command.Audit;
import nl.wijkhub.app.command.CheckConfig;
import nl.wijkhub.app.command.MakeKeys;
import nl.wijkhub.app.command.OpenData;
import nl.wijkhub.app.command.ReplayDecision;
import nl.wijkhub.app.command.Run;
import nl.wijkhub.app.command.TryEscalation;
import nl.wijkhub.app.command.WhatIfCommand;
import nl.wijkhub.web.http.ProblemAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The hub in production: the commands that need no more than what stands in its image. */
@Command(
        name = "wijkhub",
        description = "Links the partners of one neighbourhood around one plan per household.",
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        run(commands(OpenData::ofConfig), arguments);
    }

    /**
     * The command line.
     *
     * @param source where the commands that look back find their data
     * @param more commands to list before those of the hub
     */
    public static CommandLine commands(OpenData.Source source, Object... more) {
        CommandLine line = new CommandLine(new Main());
        for (Object command : more) {
            line.addSubcommand(command);
        }
        return line.addSubcommand(new Run())
                .addSubcommand(new CheckConfig())
                .addSubcommand(new MakeKeys())
                .addSubcommand(new ReplayDecision(source))
                .addSubcommand(new WhatIfCommand(source))
                .addSubcommand(new TryEscalation(source))
                .addSubcommand(new CommandLine(new Audit()).addSubcommand(new Audit.Verify(source)));
    }

    /** Runs one command and ends the process with its exit code. */
    public static void run(CommandLine commands, String[] arguments) {
        // what a thread dies of would be told on the console, in the words of the exception
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LOG.error("event=thread.failed thread={} cause={}", thread.getName(), ProblemAnswer.place(failure)));
        int exit = 1;
        try {
            exit = commands.setExecutionExceptionHandler((failure, line, parsed) -> {
                        // the reason, for the person at the keyboard
                        line.getErr().println("wijkhub: " + failure.getMessage());
                        // what could not be read says nothing of what it holds
                        return failure instanceof IOException ? 2 : 1;
                    })
                    .execute(arguments);
        } finally {
            // also after an Error: threads of broker and database must not keep a broken process alive
            Runtime.getRuntime().exit(exit);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
