package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.server.catalog.CatalogEntry;
import dev.nightjar.server.catalog.KnownModel;
import dev.nightjar.server.catalog.ModelTask;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the flags of models say to the catalog. */
final class ServedModelFlagsTest {

    private static List<Optional<ModelSampling>> sampling(String model, String... args) {
        ServedModelFlags flags = new ServedModelFlags();
        CommandLine command = new CommandLine(flags).setCaseInsensitiveEnumValuesAllowed(true);
        command.parseArgs(args);
        KnownModel known = new KnownModel(model, Optional.of(ModelTask.GENERATE), "a model");
        return flags.catalog(List.of(model), command).entries(List.of(known)).stream()
                .filter(CatalogEntry::isServed)
                .map(CatalogEntry::sampling)
                .distinct()
                .toList();
    }

    @Test
    void x1_samplingDefaults() {
        List<Optional<ModelSampling>> none = List.of(Optional.of(ModelSampling.NONE));
        assertEquals(none, sampling("tiny"));
        assertEquals(none, sampling("tiny", "--sampling-defaults", "dialect"));
        assertEquals(
                List.of(Optional.empty()),
                sampling("tiny", "--sampling-defaults", "model", "--alias", "other=tiny"),
                "the model's file says it once it is loaded");
    }
}
