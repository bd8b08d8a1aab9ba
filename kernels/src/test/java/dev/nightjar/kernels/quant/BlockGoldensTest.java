package dev.nightjar.kernels.quant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.kernels.tensor.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Blocks of the types that no reference model uses, built by {@code src/test/python} from the
 * definitions of the types.
 */
class BlockGoldensTest {

    static Stream<List<String>> blocks() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                BlockGoldensTest.class.getResourceAsStream("block-goldens.txt"),
                                StandardCharsets.US_ASCII))) {
            return lines.lines().map(line -> List.of(line.split(" "))).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void blocksHoldTheirValues(List<String> line) {
        DType dtype = DType.valueOf(line.get(0));
        byte[] data = HexFormat.of().parseHex(line.get(1));
        MemorySegment expected = MemorySegment.ofArray(HexFormat.of().parseHex(line.get(2)));
        float[] actual = new float[256];
        BlockFormats.of(dtype)
                .orElseThrow()
                .dequantize(MemorySegment.ofArray(data), 0, actual, 0, 256);
        for (int i = 0; i < actual.length; i++) {
            assertEquals(expected.get(LittleEndian.FLOAT, 4L * i), actual[i], dtype + " at " + i);
        }
    }
}
