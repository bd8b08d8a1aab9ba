package dev.nightjar.engine.format.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written piece by piece is read back whole, or not at all. */
class GgufFileWriterTest {

    private static final List<GgufFileWriter.Entry> TENSORS =
            List.of(
                    new GgufFileWriter.Entry("a", DType.Q8_0, new Shape(3, 32)),
                    new GgufFileWriter.Entry("b", DType.F32, new Shape(5)));

    @TempDir private Path folder;

    private static MemorySegment bytes(int size, int first) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (first + i);
        }
        return MemorySegment.ofArray(bytes);
    }

    @Test
    void piecesBecomeTensors() throws IOException {
        Path path = folder.resolve("out.gguf");
        var pairs = new GgufPairs().uint32("general.alignment", 64).string("k", "v");
        try (var writer = GgufFileWriter.create(path, pairs, 64, TENSORS)) {
            writer.append(bytes(100, 0));
            writer.append(bytes(2, 100));
            assertTrue(Files.notExists(path), "no file before the end");
            writer.append(bytes(20, 7));
            writer.commit();
        }
        try (GgufFile file = GgufFile.open(path)) {
            assertEquals(64, file.alignment());
            assertEquals("v", file.metadata().string("k"));
            assertArrayEquals(
                    bytes(102, 0).toArray(ValueLayout.JAVA_BYTE),
                    file.tensor("a").orElseThrow().data().toArray(ValueLayout.JAVA_BYTE));
            assertEquals(new Shape(5), file.tensor("b").orElseThrow().shape());
            assertArrayEquals(
                    bytes(20, 7).toArray(ValueLayout.JAVA_BYTE),
                    file.tensor("b").orElseThrow().data().toArray(ValueLayout.JAVA_BYTE));
        }
        assertOnlyFile(path);
    }

    @Test
    void pairsAreCopiedByteForByte() throws IOException {
        GgufFile source =
                new GgufWriter()
                        .string("s", "über")
                        .strings("words", List.of("a", "", "bc"))
                        .ints("n", 1, -2)
                        .floats("f", 0.5f)
                        .bool("yes", true)
                        .float64("pi", Math.PI)
                        .uint64("big", -1)
                        .string("dropped", "x")
                        .toFile();
        Path path = folder.resolve("copy.gguf");
        var pairs = new GgufPairs().copy(source.metadata(), key -> !key.equals("dropped"));
        try (var writer = GgufFileWriter.create(path, pairs, 32, List.of())) {
            writer.commit();
        }
        try (GgufFile file = GgufFile.open(path)) {
            assertEquals(
                    Set.of("s", "words", "n", "f", "yes", "pi", "big"), file.metadata().keys());
            for (String key : file.metadata().keys()) {
                assertEquals(source.metadata().type(key), file.metadata().type(key));
                assertArrayEquals(
                        source.metadata().valueBytes(key).toArray(ValueLayout.JAVA_BYTE),
                        file.metadata().valueBytes(key).toArray(ValueLayout.JAVA_BYTE));
            }
            assertEquals(List.of("a", "", "bc"), file.metadata().strings("words"));
        }
    }

    @Test
    void withoutACommitTheOldFileStays() throws IOException {
        Path path = Files.writeString(folder.resolve("out.gguf"), "old");
        try (var writer = GgufFileWriter.create(path, new GgufPairs(), 32, TENSORS)) {
            writer.append(bytes(102, 0));
            var early = assertThrows(IllegalStateException.class, writer::commit);
            assertTrue(early.getMessage().contains("20 bytes of tensor b"), early.getMessage());
        }
        assertEquals("old", Files.readString(path));
        assertOnlyFile(path);
    }

    /** A process that was killed leaves its temporary file; the next one takes it over. */
    @Test
    void leftoversAreOverwritten() throws IOException {
        Path path = folder.resolve("out.gguf");
        Files.write(folder.resolve(".out.gguf.part"), new byte[10_000]);
        try (var writer = GgufFileWriter.create(path, new GgufPairs(), 32, List.of())) {
            writer.commit();
        }
        assertOnlyFile(path);
        assertTrue(Files.size(path) < 100);
    }

    @Test
    void twoWritersDoNotShareAFile() throws IOException {
        Path path = folder.resolve("out.gguf");
        try (var writer = GgufFileWriter.create(path, new GgufPairs(), 32, List.of())) {
            var error =
                    assertThrows(
                            FileSystemException.class,
                            () -> GgufFileWriter.create(path, new GgufPairs(), 32, List.of()));
            assertTrue(error.getMessage().contains("is being written"), error.getMessage());
            writer.commit();
        }
        assertOnlyFile(path);
    }

    @Test
    void aMissingFolderIsNamed() {
        Path path = folder.resolve("missing").resolve("out.gguf");
        var error =
                assertThrows(
                        NoSuchFileException.class,
                        () -> GgufFileWriter.create(path, new GgufPairs(), 32, List.of()));
        assertEquals(folder.resolve("missing").toString(), error.getMessage());
    }

    @Test
    void aTensorTakesNoMoreThanItsBytes() throws IOException {
        Path path = folder.resolve("out.gguf");
        try (var writer = GgufFileWriter.create(path, new GgufPairs(), 32, TENSORS)) {
            writer.append(bytes(90, 0));
            assertThrows(IllegalArgumentException.class, () -> writer.append(bytes(13, 0)));
        }
    }

    @Test
    void typesThatGgufLacksAreRefused() {
        var entry = new GgufFileWriter.Entry("a", DType.F8_E4M3, new Shape(8));
        Path path = folder.resolve("out.gguf");
        assertThrows(
                IllegalStateException.class,
                () -> GgufFileWriter.create(path, new GgufPairs(), 32, List.of(entry)));
        assertEquals(0, folder.toFile().list().length);
    }

    private void assertOnlyFile(Path path) throws IOException {
        try (var files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList());
        }
    }
}
