package dev.nightjar.engine.format.packed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.Mutations;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.lazy.TensorCopies;
import dev.nightjar.engine.format.safetensors.SafetensorsFile;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights packed by a script of ours from the published layouts, and what they must become. */
class PackedWeightsTest {

    @ParameterizedTest
    @CsvSource({
        "gptq4-symmetric, Q4_0",
        "gptq4-symmetric-v2, Q4_0",
        "gptq4-asymmetric, Q8_0",
        "gptq4-asymmetric-v2, Q8_0",
        "gptq4-one-group, Q4_0",
        "gptq4-ordered, F16",
        "gptq4-small-groups, F16",
        "gptq4-wide-scales, F32",
        "gptq2-symmetric, Q4_0",
        "gptq8-symmetric, Q8_0",
        "gptq8-asymmetric, F16",
        "awq, Q8_0",
        "float8-blocks, BF16",
        "float8-tensor, BF16",
        "float8-rows, BF16"
    })
    void valuesAreExact(String name, DType expected) throws IOException {
        try (Case packed = new Case(name);
                Arena arena = Arena.ofConfined()) {
            Map<String, LazyTensor> tensors = packed.unpack();
            assertEquals(Set.of("p.weight"), tensors.keySet());
            LazyTensor weight = tensors.get("p.weight");
            assertEquals(expected, weight.dtype());
            Tensor tensor = weight.load(arena);
            assertEquals(packed.expected().shape(), tensor.shape());
            assertArrayEquals(floats(packed.expected()), floats(tensor));
        }
    }

    @Test
    void expertsComeOneByOne() throws IOException {
        try (Case packed = new Case("mxfp4");
                Arena arena = Arena.ofConfined()) {
            Map<String, LazyTensor> tensors = packed.unpack();
            assertEquals(Set.of("p.x.0.weight", "p.x.1.weight"), tensors.keySet());
            for (int e = 0; e < 2; e++) {
                Tensor expert = tensors.get("p.x.%d.weight".formatted(e)).load(arena);
                assertEquals(DType.MXFP4, expert.dtype());
                LazyTensor all = LazyTensor.of(packed.expected());
                assertArrayEquals(floats(all.at(e).load(arena)), floats(expert));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'quant_method': 'bitsandbytes'}",
                "{'quant_method': 'gptq', 'bits': 3, 'group_size': 32}",
                "{'quant_method': 'gptq', 'bits': 4}",
                "{'quant_method': 'gptq', 'bits': 4, 'group_size': 64}",
                "{'quant_method': 'gptq', 'bits': 4, 'group_size': 32, 'checkpoint_format': 'x'}",
                "{'quant_method': 'gptq', 'bits': 8, 'group_size': 32}",
                "{'quant_method': 'awq', 'bits': 4, 'group_size': 32, 'version': 'gemv'}",
                "{'quant_method': 'compressed-tensors', 'format': 'pack-quantized'}",
                "{}"
            })
    void whatDoesNotFitIsRefused(String config) throws IOException {
        try (Case packed = new Case("gptq4-symmetric")) {
            assertThrows(ModelFormatException.class, () -> packed.unpack(config));
        }
    }

    @Test
    void zeroPointsThatAreNotInTheMiddleShowAtTheLatestWhenRead() throws IOException {
        String config = "{'quant_method': 'gptq', 'bits': 4, 'group_size': 32, 'sym': true}";
        try (Case packed = new Case("gptq4-asymmetric");
                Arena arena = Arena.ofConfined()) {
            LazyTensor weight = packed.unpack(config).get("p.weight");
            ModelFormatException refused =
                    assertThrows(ModelFormatException.class, () -> weight.load(arena));
            assertTrue(refused.getMessage().contains("sym"), refused.getMessage());
        }
    }

    @Test
    void someDamage() throws IOException {
        damage(1500);
    }

    @Test
    @Tag("full")
    void muchDamage() throws IOException {
        damage(200_000);
    }

    /** Of the header, where shapes and types stand, and the configurations. */
    private static void damage(int count) throws IOException {
        byte[] whole = bytes();
        int header = MemorySegment.ofArray(whole).get(Bits.INT, 0) + 8;
        byte[] start = Arrays.copyOf(whole, header);
        int refused =
                Mutations.refused(
                        start,
                        count,
                        6,
                        damaged -> {
                            byte[] file =
                                    Arrays.copyOf(damaged, damaged.length + whole.length - header);
                            System.arraycopy(
                                    whole, header, file, damaged.length, whole.length - header);
                            readAll(file);
                        });
        assertTrue(refused > 0);
    }

    private static void readAll(byte[] bytes) {
        try (SafetensorsFile file = SafetensorsFile.of(MemorySegment.ofArray(bytes), "x");
                Arena arena = Arena.ofConfined()) {
            file.metadata()
                    .forEach(
                            (name, config) ->
                                    PackedWeights.unpack(part(file, name), fields(config))
                                            .values()
                                            .forEach(tensor -> tensor.load(arena)));
        }
    }

    private static Optional<JsonFields> fields(String config) {
        byte[] json = config.getBytes(StandardCharsets.UTF_8);
        return Optional.of(JsonFields.of("config", JsonReader.readObject(json, "config", 0)));
    }

    private static float[] floats(Tensor tensor) {
        return TensorCopies.floats(tensor, 0, (int) tensor.shape().numElements());
    }

    private static byte[] bytes() throws IOException {
        try (var in = PackedWeightsTest.class.getResourceAsStream("packed.safetensors")) {
            return in.readAllBytes();
        }
    }

    /** The tensors whose names begin with a case, without it. */
    private static TensorSource part(SafetensorsFile file, String name) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        String prefix = name + ".";
        file.tensorNames().stream()
                .filter(n -> n.startsWith(prefix + "p."))
                .forEach(
                        n ->
                                tensors.put(
                                        n.substring(prefix.length()),
                                        file.tensor(n).orElseThrow()));
        return new TensorSource() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Set<String> tensorNames() {
                return tensors.keySet();
            }

            @Override
            public Optional<Tensor> tensor(String tensorName) {
                return Optional.ofNullable(tensors.get(tensorName));
            }
        };
    }

    private record Case(String name, SafetensorsFile file) implements AutoCloseable {

        Case(String name) throws IOException {
            this(name, SafetensorsFile.of(MemorySegment.ofArray(bytes()), "packed.safetensors"));
        }

        Tensor expected() {
            return file.tensor(name + ".expected").orElseThrow();
        }

        Map<String, LazyTensor> unpack() {
            return unpack(file.metadata().get(name));
        }

        Map<String, LazyTensor> unpack(String config) {
            return PackedWeights.unpack(part(file, name), fields(config.replace('\'', '"')));
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
