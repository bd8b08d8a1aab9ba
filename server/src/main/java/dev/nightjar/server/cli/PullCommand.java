package dev.nightjar.server.cli;

import dev.nightjar.engine.hub.HubClient;
import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.HubSettings;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.store.ModelStore;
import dev.nightjar.engine.hub.store.Pull;
import dev.nightjar.engine.hub.store.PullPlan;
import dev.nightjar.engine.hub.store.StoredModel;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.cli.flags.HubFlags;
import dev.nightjar.server.cli.flags.StoreFlags;
import dev.nightjar.server.terminal.Terminals;
import dev.nightjar.server.terminal.TextTable;
import java.io.PrintStream;
import java.util.List;
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
            "The token of a hub comes from NIGHTJAR_HUB_TOKEN or HF_TOKEN.",
            "Without a quantization, Q4_K_M is taken of several, else the next in" + " docs/hub.md."
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
        ModelRef wanted = revision == null ? ref : ref.withRevision(revision);
        ModelStore store = storeFlags.store();
        HubSettings settings = hubFlags.settings();
        StoredModel model;
        if (settings.access() == HubSettings.Access.OFFLINE) {
            model = stored(store, wanted);
        } else {
            try (HubClient hub = new HubClient(settings)) {
                Pull pull = new Pull(hub, store).withParallelFiles(parallel);
                PullPlan plan = pull.plan(wanted);
                if (isDryRun) {
                    printPlan(plan);
                    return 0;
                }
                model = run(pull, plan);
            }
        }
        cli.streams().out().println(model.path());
        cli.streams().out().flush();
        return 0;
    }

    /** Offline, a model is there with all its files or it is not. */
    private static StoredModel stored(ModelStore store, ModelRef ref) {
        StoredModel model =
                store.find(ref)
                        .orElseThrow(
                                () ->
                                        new HubException.Offline(
                                                ("%s is not, or not wholly, in the store %s,"
                                                                + " and no connection may be"
                                                                + " opened")
                                                        .formatted(ref, store.root())));
        List<String> missing = model.missing().stream().map(HubFile::path).toList();
        if (!missing.isEmpty()) {
            throw new HubException.Offline(
                    "%s lacks %s, and no connection may be opened"
                            .formatted(ref, String.join(", ", missing)));
        }
        return model;
    }

    private StoredModel run(Pull pull, PullPlan plan) throws InterruptedException {
        if (isQuiet) {
            return pull.run(plan, event -> {});
        }
        PrintStream err = cli.streams().err();
        err.println(headline(plan));
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
        err.println(PullSummary.of(plan.listing().ref(), missingBytes, seconds));
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

    private static String headline(PullPlan plan) {
        StoredModel model = plan.model();
        String here =
                plan.missingBytes() == plan.totalBytes()
                        ? ""
                        : ", "
                                + new ByteSize(plan.totalBytes() - plan.missingBytes())
                                + " here already";
        return "%s at %s (%s): %d %s, %s%s"
                .formatted(
                        model.ref(),
                        plan.listing().revision(),
                        model.shortCommit(),
                        model.files().files().size(),
                        model.files().files().size() == 1 ? "file" : "files",
                        new ByteSize(plan.totalBytes()),
                        here);
    }

    private void printPlan(PullPlan plan) {
        PrintStream out = cli.streams().out();
        out.println(headline(plan));
        TextTable table =
                new TextTable(TextTable.Align.LEFT, TextTable.Align.RIGHT, TextTable.Align.LEFT);
        for (HubFile file : plan.model().files().files()) {
            table.row(
                    file.path(),
                    new ByteSize(file.bytes()).toString(),
                    plan.missing().contains(file) ? "" : "here already");
        }
        table.print(out);
        out.printf(
                "would download %s to %s%n",
                new ByteSize(plan.missingBytes()), plan.model().folder());
        out.flush();
    }
}
