package dev.nightjar.engine.format.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writer writes, the reader reads. */
class GgufRoundTripTest {

    private static GgufMetadata everyType() {
        return new GgufWriter()
                .string("string", "grüße, 夜鷹 \uD83D\uDC26")
                .bool("yes", true)
                .bool("no", false)
                .raw("uint8", GgufType.UINT8.id(), new byte[] {(byte) 200})
                .raw("int8", GgufType.INT8.id(), new byte[] {(byte) 200})
                .raw("uint16", GgufType.UINT16.id(), new byte[] {(byte) 0xFE, (byte) 0xFF})
                .raw("int16", GgufType.INT16.id(), new byte[] {(byte) 0xFE, (byte) 0xFF})
                .uint32("uint32", 0xFFFF_FFFEL)
                .int32("int32", -2)
                .uint64("uint64", Long.MAX_VALUE)
                .uint64("uint64 above", -1)
                .float32("float32", 0.1)
                .float64("float64", 0.1)
                .strings("strings", List.of("", "a", "\uFFFD"))
                .ints("ints", 1, -1, Integer.MIN_VALUE)
                .floats("floats", 1.5f, -0f)
                .array("bytes", GgufType.UINT8, 2, new byte[] {1, (byte) 255})
                .toFile()
                .metadata();
    }

    @Test
    void scalars() {
        GgufMetadata metadata = everyType();
        assertEquals("grüße, 夜鷹 \uD83D\uDC26", metadata.string("string"));
        assertTrue(metadata.bool("yes"));
        assertFalse(metadata.bool("no"));
        assertEquals(200, metadata.intValue("uint8"));
        assertEquals(-56, metadata.intValue("int8"));
        assertEquals(0xFFFE, metadata.intValue("uint16"));
        assertEquals(-2, metadata.intValue("int16"));
        assertEquals(0xFFFF_FFFEL, metadata.longValue("uint32"));
        assertEquals(-2, metadata.intValue("int32"));
        assertEquals(Long.MAX_VALUE, metadata.longValue("uint64"));
        assertEquals(0.1f, metadata.doubleValue("float32"));
        assertEquals(0.1, metadata.doubleValue("float64"));
        assertEquals(200, metadata.doubleValue("uint8"));
    }

    @Test
    void arrays() {
        GgufMetadata metadata = everyType();
        assertEquals(List.of("", "a", "\uFFFD"), metadata.strings("strings"));
        assertArrayEquals(new int[] {1, -1, Integer.MIN_VALUE}, metadata.ints("ints"));
        assertArrayEquals(new float[] {1.5f, -0f}, metadata.floats("floats"));
        assertArrayEquals(new int[] {1, 255}, metadata.ints("bytes"));
        assertEquals(OptionalLong.of(3), metadata.arrayLength("strings"));
        assertEquals(OptionalLong.empty(), metadata.arrayLength("string"));
        assertEquals(Optional.of(GgufType.UINT8), metadata.elementType("bytes"));
        assertEquals("UINT8[2]", metadata.text("bytes"));
    }

    @Test
    void textForPeople() {
        GgufMetadata metadata = everyType();
        assertEquals("true", metadata.text("yes"));
        assertEquals("-2", metadata.text("int16"));
        assertEquals("0.1", metadata.text("float32"));
        assertEquals("0.1", metadata.text("float64"));
        assertEquals("18446744073709551615", metadata.text("uint64 above"));
        assertEquals("STRING[3]", metadata.text("strings"));
        assertThrows(ModelFormatException.class, () -> metadata.text("none"));
    }

    @Test
    void absentKeys() {
        GgufMetadata metadata = everyType();
        assertEquals(17, metadata.keys().size());
        assertEquals("string", metadata.keys().iterator().next());
        assertEquals(Optional.empty(), metadata.optionalString("none"));
        assertEquals(Optional.empty(), metadata.optionalBool("none"));
        assertEquals(OptionalInt.empty(), metadata.optionalInt("none"));
        assertEquals(Optional.empty(), metadata.optionalStrings("none"));
        assertEquals(Optional.empty(), metadata.type("none"));
        var error = assertThrows(ModelFormatException.class, () -> metadata.longValue("none"));
        assertEquals(
                "test.gguf: metadata key none is missing, expected an integer", error.getMessage());
    }

    @Test
    void wrongTypesNameKeyExpectedAndFound() {
        GgufMetadata metadata = everyType();
        assertProblem("expected a string, found BOOL", () -> metadata.string("yes"));
        assertProblem("expected a bool, found UINT8", () -> metadata.bool("uint8"));
        assertProblem("expected an integer, found FLOAT32", () -> metadata.intValue("float32"));
        assertProblem("expected a number, found STRING", () -> metadata.doubleValue("string"));
        assertProblem(
                "expected an array of strings, found an array of INT32",
                () -> metadata.strings("ints"));
        assertProblem(
                "expected an array of integers, found an array of FLOAT32",
                () -> metadata.ints("floats"));
        assertProblem(
                "expected an array of numbers, found STRING", () -> metadata.floats("string"));
        assertProblem(
                "expected an integer below 2^31, found 4294967294",
                () -> metadata.intValue("uint32"));
        assertProblem(
                "expected an integer below 2^63, found 18446744073709551615",
                () -> metadata.longValue("uint64 above"));
    }

    private static void assertProblem(String problem, Runnable read) {
        var error = assertThrows(GgufFormatException.class, read::run);
        String place = "test.gguf: %s at byte %d: ".formatted(error.field(), error.offset());
        assertEquals(place + problem, error.getMessage());
    }

    @Test
    void malformedTextIsAnErrorWhenItIsAskedFor() {
        byte[] malformed = {1, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
        GgufMetadata metadata =
                new GgufWriter()
                        .raw("author", GgufType.STRING.id(), malformed)
                        .array("tokens", GgufType.STRING, 1, malformed)
                        .raw("flag", GgufType.BOOL.id(), new byte[] {2})
                        .toFile()
                        .metadata();
        assertProblem("expected UTF-8, found malformed bytes", () -> metadata.string("author"));
        assertProblem("expected UTF-8, found malformed bytes", () -> metadata.strings("tokens"));
        assertProblem("expected a bool of 0 or 1, found 2", () -> metadata.bool("flag"));
        assertEquals("\uFFFD", metadata.text("author"));
        assertEquals("true", metadata.text("flag"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void tensors(int version) {
        GgufFile file =
                new GgufWriter()
                        .version(version)
                        .alignment(64)
                        .floatTensor("b", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
                        .zeros("a", DType.Q8_0, 2, 3, 64)
                        .toFile();
        assertEquals(version, file.version());
        assertEquals(64, file.alignment());
        assertEquals(List.of("b", "a"), List.copyOf(file.tensors().keySet()));
        Tensor b = file.tensor("b").orElseThrow();
        assertEquals(new Shape(2, 3), b.shape());
        assertEquals(4, b.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, b.rowBytes()));
        GgufTensorInfo a = file.tensors().get("a");
        assertEquals(new Shape(2, 3, 64), a.shape());
        assertEquals(DType.Q8_0, a.dtype());
        assertEquals(2 * 3 * 68, a.bytes());
        assertEquals(64, a.fileOffset() - file.tensors().get("b").fileOffset());
        assertEquals(0, a.fileOffset() % 64);
        assertEquals(Optional.empty(), file.tensor("c"));
    }

    @Test
    void aFileOfNothingButAHeader() {
        GgufFile file = new GgufWriter().toFile();
        assertEquals(24, file.fileBytes());
        assertEquals(0, file.tensors().size() + file.metadata().keys().size());
    }

    @Test
    void mappedFilesCanBeClosedTwiceAndNotReadAfterwards(@TempDir Path folder) {
        Path path = new GgufWriter().zeros("a", DType.F32, 8).write(folder.resolve("a.gguf"));
        GgufFile file = GgufFile.open(path);
        Tensor tensor = file.tensor("a").orElseThrow();
        assertTrue(tensor.data().isReadOnly());
        assertEquals(0, tensor.data().get(ValueLayout.JAVA_FLOAT, 0));
        file.close();
        file.close();
        assertThrows(
                IllegalStateException.class, () -> tensor.data().get(ValueLayout.JAVA_FLOAT, 0));
    }

    @Test
    void anUnreadableFileIsNamed(@TempDir Path folder) {
        Path path = folder.resolve("none.gguf");
        var error = assertThrows(UncheckedIOException.class, () -> GgufFile.open(path));
        assertEquals("cannot read model file " + path, error.getMessage());
        var isFolder = assertThrows(ModelFormatException.class, () -> GgufFile.open(folder));
        assertTrue(isFolder.getMessage().contains("found a folder"), isFolder.getMessage());
    }
}
