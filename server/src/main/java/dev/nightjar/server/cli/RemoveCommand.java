package dev.nightjar.server.cli;

import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.store.ModelStore;
import dev.nightjar.engine.hub.store.StoredModel;
import dev.nightjar.server.cli.flags.ByteSize;
import dev.nightjar.server.cli.flags.StoreFlags;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Removes models. Never asks: one model is meant, or {@code --yes} says that all of them are. */
@Command(
        name = "rm",
        description = "Remove a model from the store.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class RemoveCommand implements Callable<Integer> {

    @ParentCommand private Cli cli;
    @Mixin private StoreFlags storeFlags = new StoreFlags();

    @Parameters(paramLabel = "MODEL", description = ModelRef.FORM)
    private ModelRef ref;

    @Option(
            names = {"-y", "--yes"},
            description = "Remove all that match, if they are several.")
    private boolean isSure;

    @Override
    public Integer call() {
        ModelStore store = storeFlags.store();
        List<StoredModel> models = store.matching(ref);
        if (models.isEmpty()) {
            throw new HubException.NotFound(
                    "%s is not in the store %s; nightjar list shows what is"
                            .formatted(ref, store.root()));
        }
        if (models.size() > 1 && !isSure) {
            throw new IllegalStateException(
                    "%s means %d models: %s; name one of them, or remove all with --yes"
                            .formatted(ref, models.size(), names(models)));
        }
        for (StoredModel model : models) {
            long bytes = store.remove(model);
            cli.streams().out().printf("removed %s, %s freed%n", name(model), new ByteSize(bytes));
        }
        cli.streams().out().flush();
        return 0;
    }

    private static String names(List<StoredModel> models) {
        return models.stream().map(RemoveCommand::name).collect(Collectors.joining(", "));
    }

    private static String name(StoredModel model) {
        return model.ref().withRevision(model.shortCommit()).toString();
    }
}
