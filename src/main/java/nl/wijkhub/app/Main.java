package nl.wijkhub.app;

import java.io.IOException;
import nl.wijkhub.app.command.Audit;
import nl.wijkhub.app.command.CheckConfig;
import nl.wijkhub.app.command.MakeKeys;
import nl.wijkhub.app.command.ReplayDecision;
import nl.wijkhub.app.command.Run;
import nl.wijkhub.app.command.TryEscalation;
import nl.wijkhub.app.command.WhatIfCommand;
import nl.wijkhub.lab.bench.Bench;
import nl.wijkhub.lab.chaos.Chaos;
import nl.wijkhub.lab.demo.Demo;
import nl.wijkhub.lab.demo.Token;
import nl.wijkhub.web.http.ProblemAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./wijkhub} runs. */
@Command(
        name = "wijkhub",
        description = "Links the partners of one neighbourhood around one plan per household.",
        subcommands = {
            Demo.class,
            Run.class,
            Token.class,
            CheckConfig.class,
            MakeKeys.class,
            ReplayDecision.class,
            WhatIfCommand.class,
            TryEscalation.class,
            Audit.class,
            Chaos.class,
            Bench.class
        },
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        // what a thread dies of would be told on the console, in the words of the exception
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LOG.error("event=thread.failed thread={} cause={}", thread.getName(), ProblemAnswer.place(failure)));
        int exit = 1;
        try {
            exit = run(arguments);
        } finally {
            // also after an Error: threads of broker and database must not keep a broken process alive
            Runtime.getRuntime().exit(exit);
        }
    }

    private static int run(String[] arguments) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    // the reason, for the person at the keyboard
                    line.getErr().println("wijkhub: " + failure.getMessage());
                    // what could not be read says nothing of what it holds
                    return failure instanceof IOException ? 2 : 1;
                })
                .execute(arguments);
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
