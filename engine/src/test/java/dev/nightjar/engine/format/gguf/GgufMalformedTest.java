package dev.nightjar.engine.format.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.tensor.DType;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie, one lie each; the error names the field that does. */
class GgufMalformedTest {
    private static final int F32 = DType.F32.ggufId();

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 31, 1L << 40, 1})
    void countsBeyondTheFile(long count) {
        assertRefused("tensor count", new GgufWriter().statedTensors(count));
        assertRefused("metadata count", new GgufWriter().statedPairs(count));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 31, 1L << 40, 10})
    void stringsAndArraysBeyondTheFile(long length) {
        byte[] claim = longBytes(length);
        assertRefused("k", new GgufWriter().raw("k", GgufType.STRING.id(), claim));
        for (GgufType type : GgufType.values()) {
            assertRefused("k", new GgufWriter().array("k", type, length, new byte[9]));
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new GgufWriter().statedPairs(1).statedTensors(0).toBytes());
        file.writeBytes(claim);
        file.writeBytes(new byte[9]);
        assertRefused("metadata key", file.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 1L << 31, Long.MAX_VALUE, Long.MAX_VALUE - 100, -1, Long.MIN_VALUE})
    void theLastStringOfTheLastArrayBeyondTheFile(long length) {
        byte[] elements = Arrays.copyOf(longBytes(length), 17);
        assertRefused("k", new GgufWriter().array("k", GgufType.STRING, 1, elements));
    }

    @Test
    void elementsOfAnArrayThatRunOut() {
        byte[] elements = Arrays.copyOf(longBytes(9), 17);
        assertRefused("k", new GgufWriter().array("k", GgufType.STRING, 2, elements));
    }

    @Test
    void arraysNestedTooDeep() {
        byte[] nested = {};
        for (int depth = 0; depth < 3; depth++) {
            nested = nest(depth == 0 ? GgufType.UINT8 : GgufType.ARRAY, depth == 0 ? 0 : 1, nested);
        }
        GgufMetadata metadata =
                new GgufWriter().array("k", GgufType.ARRAY, 1, nested).toFile().metadata();
        assertEquals("ARRAY[1]", metadata.text("k"));
        byte[] deeper = nest(GgufType.ARRAY, 1, nested);
        assertRefused("k", new GgufWriter().array("k", GgufType.ARRAY, 1, deeper));
    }

    @Test
    void unknownValueTypes() {
        assertRefused("k", new GgufWriter().raw("k", 13, new byte[8]));
        assertRefused("k", new GgufWriter().raw("k", -1, new byte[8]));
    }

    @Test
    void namesThatAreEmptyTooLongMalformedOrDouble() {
        assertRefused("metadata key", new GgufWriter().uint64("", 1));
        assertRefused("metadata key", new GgufWriter().bool("k".repeat(65_536), true));
        assertRefused("metadata key", new GgufWriter().bool("k", true).bool("k", true));
        assertRefused("tensor name", new GgufWriter().zeros("", DType.F32, 1));
        assertRefused("tensor name", new GgufWriter().zeros("t".repeat(65_536), DType.F32, 1));
        assertRefused(
                "tensor name", new GgufWriter().zeros("t", DType.F32, 1).zeros("t", DType.F32, 1));
        byte[] malformed = new GgufWriter().bool("kk", true).toBytes();
        malformed[32] = (byte) 0xC0;
        assertRefused("metadata key", malformed);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, 24, 33, 1L << 21, 1L << 31})
    void alignmentsThatAreNone(long alignment) {
        assertRefused("general.alignment", new GgufWriter().uint32("general.alignment", alignment));
    }

    @Test
    void alignmentOfAnotherType() {
        assertRefused("general.alignment", new GgufWriter().string("general.alignment", "32"));
    }

    @Test
    void ranksAndDimensions() {
        assertRefused("tensor t", new GgufWriter().entry("t", F32, 0).dataBytes(64));
        assertRefused("tensor t", new GgufWriter().entry("t", F32, 0, 1, 1, 1, 1, 1));
        assertRefused("tensor t", new GgufWriter().entry("t", F32, 0, 4, 0));
        assertRefused("tensor t", new GgufWriter().entry("t", F32, 0, -1));
        assertRefused("tensor t", new GgufWriter().entry("t", F32, 0, Long.MIN_VALUE));
        assertRefused("tensor t", new GgufWriter().entry("t", F32, 0, 1L << 32, 1L << 32));
        assertRefused("tensor t", new GgufWriter().entry("t", F32, 0, 1L << 31, 1L << 32));
        assertRefused("tensor t", new GgufWriter().entry("t", F32, 0, 1L << 62, 4, 1L << 62, 4));
        assertRefused("tensor t", new GgufWriter().entry("t", F32, 0, 1L << 61));
        assertRefused("tensor t", new GgufWriter().entry("t", F32, 0, (1L << 61) - 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 31, 63, 64, 1000, -1, Integer.MIN_VALUE})
    void unknownTensorTypes(int id) {
        var error =
                assertRefused("tensor t", new GgufWriter().entry("t", id, 0, 256).dataBytes(4096));
        assertTrue(
                error.getMessage().endsWith("type id " + Integer.toUnsignedString(id)),
                error.getMessage());
    }

    @Test
    void rowsOfBrokenBlocks() {
        GgufWriter writer = new GgufWriter().entry("t", DType.Q4_0.ggufId(), 0, 32, 16);
        assertRefused("tensor t", writer.dataBytes(4096));
    }

    @ParameterizedTest
    @CsvSource({"0, 127", "32, 128", "-32, 128", "16, 256", "9223372036854775776, 128"})
    void dataOutsideTheFileOrMisaligned(long offset, int dataBytes) {
        assertRefused(
                "tensor t", new GgufWriter().entry("t", F32, offset, 32).dataBytes(dataBytes));
    }

    @Test
    void aTensorOfAlmostTheWholeRangeWhereTheFileEndsBeforeItsData() {
        byte[] file = new GgufWriter().entry("t", F32, 0, (1L << 61) - 1).toBytes();
        int headerBytes = 24 + 8 + 1 + 4 + 8 + 4 + 8;
        assertRefused("tensor t", Arrays.copyOf(file, headerBytes));
    }

    @Test
    void overlappingTensors() {
        assertRefused(
                "data of tensor b",
                new GgufWriter().entry("a", F32, 0, 32).entry("b", F32, 96, 32).dataBytes(256));
        assertRefused(
                "data of tensor a",
                new GgufWriter().entry("a", F32, 32, 8).entry("b", F32, 0, 64).dataBytes(256));
        assertRefused(
                "data of tensor b",
                new GgufWriter().entry("a", F32, 0, 8).entry("b", F32, 0, 8).dataBytes(256));
        var gap = new GgufWriter().entry("b", F32, 128, 32).entry("a", F32, 0, 32).dataBytes(256);
        assertEquals(2, gap.toFile().tensors().size());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 'expected version 2 or 3, found 1, which is obsolete; convert the model again'",
        "4, 'expected version 2 or 3, found 4'",
        "0, 'expected version 2 or 3, found 0'",
        "-1, 'expected version 2 or 3, found 4294967295'",
    })
    void otherVersions(int version, String problem) {
        var error = assertRefused("version", new GgufWriter().version(version));
        assertEquals("test.gguf: version at byte 4: " + problem, error.getMessage());
    }

    @Test
    void bigEndianFilesAreNamed() {
        var error = assertRefused("version", new GgufWriter().version(Integer.reverseBytes(3)));
        assertTrue(error.getMessage().contains("big-endian"), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "'', an empty file",
        "GG, bytes 47 47",
        "ABCDEFGH, bytes 41 42 43 44",
        "version https://git-lfs, git-lfs pointer",
        "<!DOCTYPE html>, HTML page",
        "PK\u0003\u0004.., zip archive",
        "'12345678{\"a\":{}}', safetensors",
        "lmgg.., obsolete GGML",
        "tjgg.., obsolete GGML",
        "FUGG.., reverse byte order",
    })
    void filesOfOtherKindsAreNamed(String content, String found) {
        var error = assertRefused("magic", content.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(0, error.offset());
        assertTrue(error.getMessage().contains(found), error.getMessage());
    }

    @Test
    void onePartOfSeveralCannotBeOpenedFromMemory() {
        assertRefused("split.count", new GgufWriter().uint32("split.count", 2));
    }

    private static GgufFormatException assertRefused(String field, GgufWriter writer) {
        return assertRefused(field, writer.toBytes());
    }

    private static GgufFormatException assertRefused(String field, byte[] bytes) {
        var error =
                assertThrows(
                        GgufFormatException.class,
                        () -> GgufFile.of(MemorySegment.ofArray(bytes), "test.gguf"));
        assertEquals(field, error.field(), error.getMessage());
        assertTrue(error.offset() >= 0 && error.offset() <= bytes.length, error.getMessage());
        assertTrue(List.of(error.getMessage().split(" ")).contains("expected"), error.getMessage());
        return error;
    }

    private static byte[] nest(GgufType type, long count, byte[] elements) {
        return ByteBuffer.allocate(12 + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type.id())
                .putLong(count)
                .put(elements)
                .array();
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }
}
