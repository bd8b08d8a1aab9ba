package dev.nightjar.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.TensorFile;
import dev.nightjar.engine.format.folder.WeightFiles;
import dev.nightjar.engine.request.EncoderInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that published folders of encoders have: with a prefix or not, of several heads. */
class EncoderNamesTest {

    private static final EncoderInput INPUT = EncoderInput.of(7, 30, 5, 60, 9);

    @TempDir private Path folder;

    private static Path tiny(String family) throws Exception {
        return Path.of(
                EncoderNamesTest.class
                        .getResource("/dev/nightjar/engine/encoders/" + family)
                        .toURI());
    }

    private static Map<String, WrittenTensor> tensors(String family, UnaryOperator<String> names)
            throws Exception {
        Map<String, WrittenTensor> tensors = new LinkedHashMap<>();
        try (TensorFile file = WeightFiles.open(tiny(family))) {
            for (String name : file.tensorNames()) {
                WrittenTensor tensor = WrittenTensor.of(file.tensor(name).orElseThrow());
                tensors.put(names.apply(name), tensor);
            }
        }
        return tensors;
    }

    private void write(String family, Map<String, WrittenTensor> tensors) throws Exception {
        String config = Files.readString(tiny(family).resolve("config.json"));
        Files.writeString(folder.resolve("config.json"), config);
        SafetensorsWriter.write(folder, tensors);
    }

    private static float[] compute(Path checkpoint) throws Exception {
        try (Engine engine = Engine.open(checkpoint)) {
            return engine.encoders().getFirst().compute(List.of(INPUT))[0];
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "roberta", "distilbert", "mpnet", "modernbert"})
    void namesNeedNoPrefix(String family) throws Exception {
        String prefix = family.equals("modernbert") ? "model." : family + ".";
        write(family, tensors(family, name -> name.replace(prefix, "")));
        assertArrayEquals(compute(tiny(family)), compute(folder));
    }

    /** ModernBERT's first layer has none; one in the file asks for other maths. */
    @Test
    void normsThatNoLayerHasAreRefused() throws Exception {
        Map<String, WrittenTensor> tensors = tensors("modernbert", name -> name);
        tensors.put(
                "model.layers.0.attn_norm.weight", tensors.get("model.layers.1.attn_norm.weight"));
        assertRefused("modernbert", tensors, "attn_norm");
    }

    @Test
    void normsThatAreMissingAreNamed() throws Exception {
        Map<String, WrittenTensor> tensors = tensors("modernbert", name -> name);
        tensors.remove("model.layers.2.attn_norm.weight");
        assertRefused("modernbert", tensors, "blk.2.attn_norm.weight");
        tensors = tensors("mpnet", name -> name);
        tensors.remove("mpnet.encoder.relative_attention_bias.weight");
        assertRefused("mpnet", tensors, "attn_rel_b.weight");
    }

    @Test
    void gatesOfAnotherHeightAreRefused() throws Exception {
        String name = "model.layers.1.mlp.Wi.weight";
        Map<String, WrittenTensor> tensors = tensors("modernbert", same -> same);
        tensors.put(name, tensors.get(name).rows(0, 1, 2));
        assertRefused("modernbert", tensors, name);
    }

    private void assertRefused(String family, Map<String, WrittenTensor> tensors, String named)
            throws Exception {
        write(family, tensors);
        var refused = assertThrows(ModelFormatException.class, () -> Engine.open(folder));
        assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }
}
