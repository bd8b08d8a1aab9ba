package dev.nightjar.engine.format.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Mutations;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that are right, and headers that lie. */
class SafetensorsFileTest {

    private static final String GOOD =
            """
            {"__metadata__": {"format": "pt"},
             "b": {"dtype": "U8", "shape": [3], "data_offsets": [8, 11]},
             "a": {"dtype": "F16", "shape": [2, 2], "data_offsets": [0, 8]},
             "scalar": {"dtype": "F8_E4M3", "shape": [], "data_offsets": [11, 12]},
             "none": {"dtype": "F32", "shape": [0, 4], "data_offsets": [12, 12]}}\s\s\s""";

    @TempDir private Path folder;

    @Test
    void tensorsAreViewsInHeaderOrder() {
        byte[] bytes = bytes(GOOD, 12);
        try (SafetensorsFile file = SafetensorsFile.of(MemorySegment.ofArray(bytes), "x")) {
            assertEquals(List.of("b", "a", "scalar", "none"), List.copyOf(file.tensorNames()));
            assertEquals(Map.of("format", "pt"), file.metadata());
            Tensor a = file.tensor("a").orElseThrow();
            assertEquals(DType.F16, a.dtype());
            assertEquals(new Shape(2, 2), a.shape());
            byte[] expected = {0, 1, 2, 3, 4, 5, 6, 7};
            assertArrayEquals(expected, a.data().toArray(ValueLayout.JAVA_BYTE));
            assertEquals(0, file.tensor("scalar").orElseThrow().shape().rank());
            assertEquals(0, file.tensor("none").orElseThrow().data().byteSize());
            assertTrue(file.tensor("c").isEmpty());
        }
    }

    @Test
    void mapsFiles() throws IOException {
        Path path = Files.write(folder.resolve("x.safetensors"), bytes(GOOD, 12));
        SafetensorsFile file = SafetensorsFile.open(path);
        assertEquals(Files.size(path), file.fileBytes());
        assertEquals(3, file.tensor("b").orElseThrow().data().byteSize());
        file.close();
        file.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2,3]                                                       | object",
                "{'a': 5}                                                      | tensor a",
                "{'a': {'shape': [1], 'data_offsets': [0,1]}}                   | dtype",
                "{'a': {'dtype': 'F7', 'shape': [1], 'data_offsets': [0,1]}}    | F7",
                "{'a': {'dtype': 'U8', 'data_offsets': [0,1]}}                  | shape",
                "{'a': {'dtype': 'U8', 'shape': [1]}}                           | data_offsets",
                "{'a': {'dtype': 'U8', 'shape': [1], 'data_offsets': [0]}}      | data_offsets",
                "{'a': {'dtype': 'U8', 'shape': [-1], 'data_offsets': [0,1]}}   | dimensions",
                "{'a': {'dtype': 'U8', 'shape': [1.5], 'data_offsets': [0,1]}}  | integers",
                "{'a': {'dtype': 'U8', 'shape': [2], 'data_offsets': [0,1]}}    | bytes",
                "{'a': {'dtype': 'U8', 'shape': [1], 'data_offsets': [1,0]}}    | data_offsets",
                "{'a': {'dtype': 'U8', 'shape': [1], 'data_offsets': [-1,0]}}   | data_offsets",
                "{'a': {'dtype': 'U8', 'shape': [99], 'data_offsets': [0,99]}}  | complete",
                "{'a': {'dtype': 'U8', 'shape': [4294967296,4294967296], 'data_offsets': [0,1]}}"
                        + " | dimensions",
                "{'a': {'dtype': 'U8', 'shape': [2], 'data_offsets': [0,2]},"
                        + " 'b': {'dtype': 'U8', 'shape': [2], 'data_offsets': [1,3]}} | overlap",
                "{'a': {'dtype': 'U8', 'shape': [1], 'data_offsets': [0,1]},"
                        + " 'a': {'dtype': 'U8', 'shape': [1], 'data_offsets': [1,2]}} | Duplicate",
                "{'__metadata__': 3}                                           | __metadata__",
                "{'__metadata__': {'x': 1}}                                    | __metadata__",
                "{} x                                                          | JSON",
            })
    void brokenHeadersAreNamed(String header, String named) {
        byte[] bytes = bytes(header.replace('\'', '"'), 12);
        ModelFormatException refused =
                assertThrows(
                        ModelFormatException.class,
                        () -> SafetensorsFile.of(MemorySegment.ofArray(bytes), "x").close());
        assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }

    @Test
    void lengthsBeyondTheFileAreRefusedBeforeTheyAreUsed() {
        for (long length : new long[] {-1, Long.MAX_VALUE, 1L << 40, 13, 0, 1}) {
            byte[] bytes = new byte[20];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            MalformedFileException refused =
                    assertThrows(
                            MalformedFileException.class,
                            () -> SafetensorsFile.of(MemorySegment.ofArray(bytes), "x").close());
            assertEquals("header length", refused.field());
            assertEquals(0, refused.offset());
        }
    }

    @Test
    void someDamage() {
        Mutations.check(bytes(GOOD, 12), 5000, 3, SafetensorsFileTest::readAll);
    }

    @Test
    @Tag("full")
    void muchDamage() {
        Mutations.check(bytes(GOOD, 12), 1_000_000, 4, SafetensorsFileTest::readAll);
    }

    private static void readAll(byte[] bytes) {
        try (SafetensorsFile file = SafetensorsFile.of(MemorySegment.ofArray(bytes), "damaged")) {
            file.tensorNames().forEach(file::tensor);
        }
    }

    /** A file with this header and bytes 0, 1, 2, … behind it. */
    private static byte[] bytes(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file =
                ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        for (int i = 0; i < dataBytes; i++) {
            file.put((byte) i);
        }
        return file.array();
    }
}
