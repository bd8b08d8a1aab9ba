package dev.nightjar.engine.format.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch 1.13 wrote, in both forms, and files that want more than to be read. */
class TorchFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt"})
    void allTypesAndViewsAsPythonSeesThem(String file) throws IOException {
        JsonFields expected =
                JsonFields.of("expected", JsonReader.readObject(resource("expected.json"), "", 0));
        try (TorchFile torch = open(resource(file))) {
            assertEquals(expected.object().members().keySet(), Set.copyOf(torch.tensorNames()));
            for (String name : torch.tensorNames()) {
                Tensor tensor = torch.tensor(name).orElseThrow();
                JsonFields facts = expected.optionalFields(name).orElseThrow();
                assertArrayEquals(
                        facts.integers("shape").stream().mapToLong(n -> n).toArray(),
                        tensor.shape().dims(),
                        name);
                assertEquals(facts.optionalNumbers("values").orElseThrow(), values(tensor), name);
            }
        }
    }

    @Test
    void typesKeepTheirNames() throws IOException {
        try (TorchFile torch = open(resource("zip.pt"))) {
            for (DType dtype :
                    List.of(
                            DType.F64,
                            DType.F32,
                            DType.F16,
                            DType.BF16,
                            DType.I64,
                            DType.I32,
                            DType.I16,
                            DType.I8,
                            DType.U8,
                            DType.BOOL)) {
                String name = "type." + dtype.name().toLowerCase(Locale.ROOT);
                assertEquals(dtype, torch.tensor(name).orElseThrow().dtype());
            }
        }
    }

    @Test
    void wholeRowsAreViewsAndTiedTensorsShareMemory() throws IOException {
        MemorySegment data = MemorySegment.ofArray(resource("zip.pt"));
        try (TorchFile torch = TorchFile.of(data, "zip.pt", Arena.ofShared())) {
            MemorySegment a = torch.tensor("tied.a").orElseThrow().data();
            MemorySegment b = torch.tensor("tied.b").orElseThrow().data();
            assertEquals(a.address(), b.address());
            assertTrue(data.asOverlappingSlice(a).isPresent());
            MemorySegment rows = torch.tensor("view.rows").orElseThrow().data();
            assertTrue(data.asOverlappingSlice(rows).isPresent());
            MemorySegment copied = torch.tensor("view.transposed").orElseThrow().data();
            assertTrue(data.asOverlappingSlice(copied).isEmpty());
        }
    }

    @Test
    void tensorsAmongOtherValuesGetPaths() throws IOException {
        try (TorchFile torch = open(resource("nested.pt"))) {
            assertEquals(Set.of("model.a"), torch.tensorNames());
        }
        try (TorchFile torch = open(resource("module.pt"))) {
            assertEquals(
                    List.of(
                            "0.weight",
                            "0.bias",
                            "1.weight",
                            "1.bias",
                            "1.running_mean",
                            "1.running_var",
                            "1.num_batches_tracked"),
                    List.copyOf(torch.tensorNames()));
        }
    }

    @Test
    void aPickledModuleIsRefusedByName() throws IOException {
        byte[] file = resource("whole-module.pt");
        ModelFormatException refused =
                assertThrows(ModelFormatException.class, () -> open(file).close());
        assertTrue(
                refused.getMessage().contains("torch.nn.modules.linear.Linear"),
                refused.getMessage());
    }

    @Test
    void realModels() {
        checkReal(
                234,
                3660.413108636093,
                "generator.conv_pre.bias",
                0.03521765023469925,
                "tts",
                "hifigan-LJ_V2",
                "generator_v2");
        checkReal(
                79,
                -627.3743234872818,
                "1.weight",
                -0.003170013427734375,
                "image",
                "taesd",
                "taef2_decoder.pth");
        checkReal(
                69,
                -1872.88095164299,
                "0.weight",
                -0.0212249755859375,
                "image",
                "taesd",
                "taesana_encoder.pth");
    }

    private static void checkReal(
            int numTensors, double sum, String name, double first, String... path) {
        try (TorchFile torch = TorchFile.open(SharedFiles.get("data", path[0], path[1], path[2]))) {
            assertEquals(numTensors, torch.tensorNames().size());
            assertEquals(first, values(torch.tensor(name).orElseThrow()).getFirst());
            double found =
                    torch.tensorNames().stream()
                            .flatMap(n -> values(torch.tensor(n).orElseThrow()).stream())
                            .mapToDouble(v -> v)
                            .sum();
            assertEquals(sum, found, 1e-6 * Math.abs(sum));
        }
    }

    private static TorchFile open(byte[] file) {
        return TorchFile.of(MemorySegment.ofArray(file), "test file", Arena.ofShared());
    }

    static byte[] resource(String name) throws IOException {
        try (var in = TorchFileTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static List<Double> values(Tensor tensor) {
        int count = (int) tensor.shape().numElements();
        Double[] values = new Double[count];
        if (BlockFormats.of(tensor.dtype()).isPresent()) {
            float[] floats = new float[count];
            BlockFormats.of(tensor.dtype())
                    .orElseThrow()
                    .dequantize(tensor.data(), 0, floats, 0, count);
            for (int i = 0; i < count; i++) {
                values[i] = (double) floats[i];
            }
            return Arrays.asList(values);
        }
        for (int i = 0; i < count; i++) {
            values[i] = element(tensor, i);
        }
        return Arrays.asList(values);
    }

    private static double element(Tensor tensor, long i) {
        MemorySegment data = tensor.data();
        return switch (tensor.dtype()) {
            case F64 -> data.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8 * i);
            case I64 -> data.get(ValueLayout.JAVA_LONG_UNALIGNED, 8 * i);
            case I32 -> data.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * i);
            case I16 -> data.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i);
            case I8, U8, BOOL -> data.get(ValueLayout.JAVA_BYTE, i);
            default -> throw new AssertionError(tensor.dtype());
        };
    }
}
