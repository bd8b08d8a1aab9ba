package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.KnownModel;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.cli.flags.NamedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the flags of models say to the catalog. */
final class ServedModelFlagsTest {

    private static List<Optional<ModelSampling>> sampling(String model, String... args) {
        ServedModelFlags flags = new ServedModelFlags();
        CommandLine command =
                new CommandLine(flags)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .registerConverter(NamedModel.class, NamedModel::parse);
        command.parseArgs(args);
        KnownModel known = new KnownModel(model, Optional.of(ModelTask.GENERATE), "a model");
        return flags.catalog(List.of(model), command).entries(List.of(known)).stream()
                .filter(CatalogEntry::isServed)
                .map(CatalogEntry::sampling)
                .distinct()
                .toList();
    }

    @Test
    void x1_samplingDefaults(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("tiny.gguf"));
        List<Optional<ModelSampling>> none = List.of(Optional.of(ModelSampling.NONE));
        assertEquals(none, sampling("tiny", "--model", "tiny=" + file));
        assertEquals(List.of(Optional.empty()), sampling("nightjar-demo"), "the demo model's own");
        assertEquals(none, sampling("nightjar-demo", "--sampling-defaults", "dialect"));
        assertEquals(
                List.of(Optional.empty()),
                sampling("tiny", "--sampling-defaults", "model", "--alias", "other=tiny"),
                "the model's file says it once it is loaded");
    }
}
