package dev.nightjar.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.GoldenModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Model folders compute what the GGUF files do that they were written from. */
class GoldenFolderTest {

    private static final double MAX_NMSE = 1e-7;

    @TempDir private Path folder;

    /** One of each way to lay weights out also runs on the reference backend. */
    private static final Set<String> ON_SCALAR =
            Set.of("llama", "qwen3", "gemma3", "phi3", "bloom", "mixtral", "deepseek2");

    static Stream<List<String>> cases() {
        Set<String> all = GoldenFolders.all().keySet();
        return Stream.concat(
                all.stream().map(model -> List.of("vector", model)),
                all.stream().filter(ON_SCALAR::contains).map(model -> List.of("scalar", model)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logitsAndGreedyTokensMatch(List<String> backendAndModel) throws Exception {
        GoldenFolder golden = GoldenFolders.all().get(backendAndModel.getLast());
        GoldenModel expected = GoldenModel.read(golden.source());
        SafetensorsWriter.write(folder, golden.tensors(folder));
        expected.check(backendAndModel.getFirst(), folder, MAX_NMSE);
    }

    @Test
    void shardsAreOneModel() throws Exception {
        GoldenFolder golden = GoldenFolders.all().get("llama");
        GoldenModel expected = GoldenModel.read(golden.source());
        SafetensorsWriter.writeSharded(folder, golden.tensors(folder), 3);
        expected.check("vector", folder, MAX_NMSE);
        expected.check("vector", folder.resolve("model.safetensors.index.json"), MAX_NMSE);
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            assertEquals(3, checkpoint.inventory().numFiles());
        }
    }
}
