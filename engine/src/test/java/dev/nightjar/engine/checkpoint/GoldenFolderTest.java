package dev.nightjar.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.GoldenModel;
import dev.nightjar.engine.format.ModelFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    @ParameterizedTest
    @EnumSource
    void torchFilesAreModelsToo(TorchWriter.Compression compression) throws Exception {
        GoldenFolder golden = GoldenFolders.all().get("bloom");
        GoldenModel expected = GoldenModel.read(golden.source());
        Path file = folder.resolve("pytorch_model.bin");
        TorchWriter.write(file, golden.tensors(folder), compression);
        expected.check("vector", folder, MAX_NMSE);
        expected.check("vector", file, MAX_NMSE);
    }

    @Test
    void layerTensorsThatNobodyKnowsAreRefused() throws Exception {
        GoldenFolder golden = GoldenFolders.all().get("qwen3");
        Map<String, WrittenTensor> tensors = golden.tensors(folder);
        String name = "model.layers.0.self_attn.novelty.weight";
        tensors.put(name, tensors.get("model.norm.weight"));
        SafetensorsWriter.write(folder, tensors);
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> Engine.open(folder).close());
        assertTrue(refused.getMessage().contains(name), refused.getMessage());
    }

    @Test
    void foldersGiveTheirNameToTheModel() throws Exception {
        GoldenFolder golden = GoldenFolders.all().get("llama");
        Path named = Files.createDirectory(folder.resolve("My-Model.v2"));
        SafetensorsWriter.write(named, golden.tensors(named));
        try (Engine engine = Engine.open(named)) {
            assertEquals("My-Model.v2", engine.model().name());
        }
        try (Engine engine = Engine.open(named.resolve("model.safetensors"))) {
            assertEquals("My-Model.v2", engine.model().name());
        }
    }
}
