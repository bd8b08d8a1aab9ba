package dev.nightjar.server.cli;

import dev.nightjar.engine.hub.store.ModelStore;
import dev.nightjar.engine.hub.store.StoredModel;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.cli.flags.StoreFlags;
import dev.nightjar.server.terminal.TextTable;
import dev.nightjar.server.terminal.TextTable.Align;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows the models of this machine. */
@Command(
        name = "list",
        description = "List the models of the store.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class ListCommand implements Callable<Integer> {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    @ParentCommand private Cli cli;
    @Mixin private StoreFlags storeFlags = new StoreFlags();

    @Override
    public Integer call() {
        ModelStore store = storeFlags.store();
        List<StoredModel> models = store.list();
        PrintStream out = cli.streams().out();
        if (models.isEmpty()) {
            cli.streams()
                    .err()
                    .println(
                            "no models in "
                                    + store.root()
                                    + "; get one with: nightjar pull owner/name");
            return 0;
        }
        TextTable table =
                new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT, Align.LEFT);
        table.row("model", "variant", "size", "revision", "pulled");
        models.forEach(model -> table.row(cells(model)));
        table.print(out);
        long total = models.stream().mapToLong(StoredModel::presentBytes).sum();
        out.printf("%n%s in %s%n", new ByteSize(total), store.root());
        out.flush();
        return 0;
    }

    private static String[] cells(StoredModel model) {
        return new String[] {
            model.id(),
            model.files().variant(),
            new ByteSize(model.files().totalBytes()).toString(),
            String.join(",", model.revisions()) + " (" + model.shortCommit() + ")",
            model.pulled()
                    .map(MINUTES::format)
                    .orElseGet(() -> "%s so far".formatted(new ByteSize(model.presentBytes())))
        };
    }
}
