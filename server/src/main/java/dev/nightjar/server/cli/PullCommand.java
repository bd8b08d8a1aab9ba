package dev.nightjar.server.cli;

import dev.nightjar.engine.hub.HubClient;
import dev.nightjar.engine.hub.HubSettings;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.store.ModelStore;
import dev.nightjar.engine.hub.store.Pull;
import dev.nightjar.engine.hub.store.PullPlan;
import dev.nightjar.engine.hub.store.StoredModel;
import dev.nightjar.server.cli.flags.HubFlags;
import dev.nightjar.server.cli.flags.StoreFlags;
import dev.nightjar.server.terminal.Terminals;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Brings a model from a hub. Standard output is the path to open, and nothing else. */
@Command(
        name = "pull",
        description = "Download a model from a hub; what was begun goes on where it ended.",
        footer = {
            "",
            "The token of a hub comes from NIGHTJAR_HUB_TOKEN or HF_TOKEN. Where several",
            "quantizations are there and none is asked for, Q4_K_M is taken; docs/hub.md",
            "says what comes after it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class PullCommand implements Callable<Integer> {

    @ParentCommand private Cli cli;
    @Mixin private HubFlags hubFlags = new HubFlags();
    @Mixin private StoreFlags storeFlags = new StoreFlags();

    @Parameters(paramLabel = "MODEL", description = ModelRef.FORM)
    private ModelRef ref;

    @Option(
            names = "--revision",
            paramLabel = "R",
            description = "A branch, tag or commit; default: main.")
    private String revision;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Files at the same time; default: ${DEFAULT-VALUE}.")
    private int parallel = 4;

    @Option(names = "--dry-run", description = "Only say what would be downloaded.")
    private boolean isDryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but errors.")
    private boolean isQuiet;

    @Override
    public Integer call() throws InterruptedException {
        ModelRef wanted = wanted();
        ModelStore store = storeFlags.store();
        HubSettings settings = hubFlags.settings(cli.outbound());
        StoredModel model;
        if (settings.access() == HubSettings.Access.OFFLINE) {
            model = store.requireWhole(wanted);
        } else {
            try (HubClient hub = new HubClient(settings)) {
                Pull pull = new Pull(hub, store).withParallelFiles(parallel);
                PullPlan plan = pull.plan(wanted);
                if (isDryRun) {
                    PullReport.print(plan, cli.streams().out());
                    return 0;
                }
                model = run(pull, plan);
            }
        }
        cli.streams().out().println(model.path());
        cli.streams().out().flush();
        return 0;
    }

    private ModelRef wanted() {
        if (revision == null) {
            return ref;
        }
        if (!ref.revision().orElse(revision).equals(revision)) {
            throw new IllegalStateException(
                    "%s names another revision than --revision %s; leave one of them out"
                            .formatted(ref, revision));
        }
        return ref.withRevision(revision);
    }

    private StoredModel run(Pull pull, PullPlan plan) throws InterruptedException {
        if (isQuiet) {
            return pull.run(plan, event -> {});
        }
        PrintStream err = cli.streams().err();
        err.println(PullReport.headline(plan));
        long nanos = System.nanoTime();
        PullDisplay display =
                new PullDisplay(
                        err,
                        Terminals.isErrTerminal()
                                ? PullDisplay.Medium.TERMINAL
                                : PullDisplay.Medium.PLAIN);
        long missingBytes = plan.missingBytes();
        StoredModel model = withHint(pull, plan, display);
        double seconds = (System.nanoTime() - nanos) / 1e9;
        err.println(PullReport.summary(plan.listing().ref(), missingBytes, seconds));
        return model;
    }

    /** Whoever presses Ctrl-C is told that nothing is lost. */
    private StoredModel withHint(Pull pull, PullPlan plan, PullDisplay display)
            throws InterruptedException {
        Thread onExit =
                new Thread(
                        () ->
                                cli.streams()
                                        .err()
                                        .println("\nstopped; the same command goes on from here"),
                        "pull-hint");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            return pull.run(plan, display);
        } finally {
            display.close();
            ShutdownHooks.remove(onExit);
        }
    }
}
