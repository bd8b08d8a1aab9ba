package dev.nightjar.engine.format.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints in several files. */
class GgufSplitTest {
    @TempDir Path folder;

    private static GgufWriter part(int number, int count) {
        return new GgufWriter().uint32("split.no", number).uint32("split.count", count);
    }

    private Path file(int number, int count) {
        return folder.resolve("m-%05d-of-%05d.gguf".formatted(number, count));
    }

    private void writeThreeParts() {
        part(0, 3)
                .string("general.architecture", "llama")
                .int32("split.tensors.count", 3)
                .write(file(1, 3));
        part(1, 3)
                .floatTensor("a", new float[] {1}, 1)
                .floatTensor("b", new float[] {2}, 1)
                .write(file(2, 3));
        part(2, 3).floatTensor("c", new float[] {3}, 1).write(file(3, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anyPartOpensTheWhole(int number) {
        writeThreeParts();
        try (GgufFile file = GgufFile.open(file(number, 3))) {
            assertEquals(3, file.numParts());
            assertEquals("llama", file.metadata().string("general.architecture"));
            assertEquals(List.of("a", "b", "c"), List.copyOf(file.tensors().keySet()));
            assertEquals(2, file.tensors().get("c").part());
            Tensor c = file.tensor("c").orElseThrow();
            assertEquals(3, c.data().get(ValueLayout.JAVA_FLOAT, 0));
            assertEquals(2, file.tensor("b").orElseThrow().data().get(ValueLayout.JAVA_FLOAT, 0));
        }
    }

    @Test
    void aMissingPartIsNamed() throws IOException {
        writeThreeParts();
        Files.delete(file(2, 3));
        var error = assertRefused("split.count", file(1, 3));
        assertTrue(error.getMessage().contains(file(2, 3).toString()), error.getMessage());
    }

    @Test
    void aRenamedPartCannotFindItsSiblings() throws IOException {
        writeThreeParts();
        Path renamed = Files.move(file(1, 3), folder.resolve("model.gguf"));
        assertRefused("split.count", renamed);
        assertRefused("split.count", Files.move(renamed, folder.resolve("m-00001-of-00004.gguf")));
    }

    @Test
    void swappedPartsAreNoticed() throws IOException {
        writeThreeParts();
        Files.move(file(3, 3), folder.resolve("keep"));
        Files.move(file(2, 3), file(3, 3));
        Files.move(folder.resolve("keep"), file(2, 3));
        assertRefused("split.no", file(1, 3));
    }

    @Test
    void aPartOfAnotherCheckpointIsNoticed() {
        writeThreeParts();
        part(2, 4).write(file(3, 3));
        assertRefused("split.count", file(1, 3));
        new GgufWriter().uint32("split.count", 3).write(file(3, 3));
        var error = assertThrows(ModelFormatException.class, () -> GgufFile.open(file(1, 3)));
        assertTrue(error.getMessage().contains("split.no is missing"), error.getMessage());
    }

    @Test
    void aTensorInTwoPartsIsNoticed() {
        writeThreeParts();
        part(2, 3).zeros("a", DType.F32, 1).write(file(3, 3));
        assertRefused("tensor a", file(1, 3));
    }

    @Test
    void aPartWithFewerTensorsIsNoticed() {
        writeThreeParts();
        part(2, 3).write(file(3, 3));
        assertRefused("split.tensors.count", file(1, 3));
    }

    @Test
    void aBrokenPartIsNamed() throws IOException {
        writeThreeParts();
        Files.write(file(3, 3), new byte[0]);
        var error = assertRefused("magic", file(1, 3));
        assertTrue(error.getMessage().startsWith(file(3, 3).toString()), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {65_536, 0xFFFF_FFFEL})
    void absurdCounts(long count) {
        Path path = new GgufWriter().uint32("split.count", count).write(folder.resolve("a.gguf"));
        assertRefused("split.count", path);
    }

    private static GgufFormatException assertRefused(String field, Path path) {
        var error = assertThrows(GgufFormatException.class, () -> GgufFile.open(path).close());
        assertEquals(field, error.field(), error.getMessage());
        return error;
    }
}
