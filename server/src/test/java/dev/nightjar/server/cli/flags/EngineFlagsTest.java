package dev.nightjar.server.cli.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.server.SuggestingModels;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the flags of engines do to a model. */
final class EngineFlagsTest {

    @TempDir private Path folder;

    private static EngineFlags parse(String... args) {
        EngineFlags flags = new EngineFlags();
        new CommandLine(flags).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
        return flags;
    }

    private MemoryPlan plan(String... args) throws IOException {
        try (Engine engine =
                parse(args)
                        .engine(LoadOptions.defaults())
                        .model("tiny", SuggestingModels.folder(folder))
                        .open()) {
            return engine.model().memoryPlan();
        }
    }

    @Test
    void keysAndValuesAreOfTheTypeAskedFor() throws IOException {
        MemoryPlan halves = plan();
        MemoryPlan floats = plan("--kv-type", "f32");
        assertEquals(DType.F16, halves.kvType());
        assertEquals(64, halves.blockSize());
        assertEquals(DType.F32, floats.kvType());
        assertEquals(DType.BF16, plan("--kv-type", "bf16").kvType());
        assertEquals(2 * halves.kvBytes(), floats.kvBytes());
        MemoryPlan bytes = plan("--kv-type", "q8_0");
        assertEquals(DType.Q8_0, bytes.kvType());
        assertTrue(bytes.kvBytes() < halves.kvBytes(), bytes::toString);
    }

    @Test
    void aDeviceHasANumberOrNone() {
        var unknown =
                assertThrows(
                        CommandLine.ParameterException.class, () -> parse("--device", "cuda:x"));
        assertTrue(unknown.getMessage().contains("cpu, cuda, cuda:N, auto"), unknown::getMessage);
        var processors =
                assertThrows(
                        InvalidRequestException.class,
                        () ->
                                parse("--device", "CUDA:1", "--threads", "2")
                                        .engine(LoadOptions.defaults()));
        assertTrue(processors.getMessage().contains("--device cuda:1 out"), processors::getMessage);
    }

    @Test
    void rowsOfBytesNeedAssembledFunctionsOfRepackedWeights() {
        for (String[] lacking :
                new String[][] {
                    {"--assembly", "off"}, {"--repack", "off"}, {"--backend", "scalar"}
                }) {
            var refused =
                    assertThrows(
                            InvalidRequestException.class,
                            () ->
                                    parse("--activations", "int8", lacking[0], lacking[1])
                                            .engine(LoadOptions.defaults()));
            String named = lacking[0] + " " + lacking[1];
            assertTrue(refused.getMessage().contains(named), refused::getMessage);
        }
    }

    @Test
    void anUnknownTypeIsRefusedWithThoseThereAre() {
        var error =
                assertThrows(CommandLine.ParameterException.class, () -> parse("--kv-type", "q3"));
        assertTrue(error.getMessage().contains("Q8_0"), error::getMessage);
    }
}
