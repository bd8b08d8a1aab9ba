package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.SuggestingModels;
import dev.nightjar.server.catalog.CatalogEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the flags of models say to the catalog. */
final class ServedModelFlagsTest {

    @TempDir private Path folder;

    private static List<ModelSampling> sampling(TextModel model, String... args) {
        ServedModelFlags flags = new ServedModelFlags();
        CommandLine command = new CommandLine(flags).setCaseInsensitiveEnumValuesAllowed(true);
        command.parseArgs(args);
        return flags
                .catalog(List.of(model.name()), command)
                .entries(List.of(model), List.of())
                .stream()
                .filter(entry -> entry.model().isPresent())
                .map(CatalogEntry::sampling)
                .distinct()
                .toList();
    }

    @Test
    void x1_samplingDefaults() throws IOException {
        try (Engine engine =
                Engine.builder().model("tiny", SuggestingModels.folder(folder)).open()) {
            TextModel model = engine.model();
            assertEquals(4, model.samplingDefaults().values().size());
            List<ModelSampling> none = List.of(ModelSampling.NONE);
            assertEquals(none, sampling(model));
            assertEquals(none, sampling(model, "--sampling-defaults", "dialect"));
            assertEquals(
                    List.of(model.samplingDefaults()),
                    sampling(model, "--sampling-defaults", "model", "--alias", "other=tiny"));
        }
    }
}
