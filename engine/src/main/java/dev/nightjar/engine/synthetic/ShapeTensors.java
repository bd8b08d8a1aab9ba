package dev.nightjar.engine.synthetic;

import dev.nightjar.kernels.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors that a GGUF file of a shape has, in the order in which such files have them. */
final class ShapeTensors {

    static final String ROPE_DIVISORS = "rope_freqs.weight";

    private static final double LOW_FREQUENCY = 1;
    private static final double HIGH_FREQUENCY = 4;
    private static final double ORIGINAL_POSITIONS = 8192;

    private ShapeTensors() {}

    /** Shapes by name; the embedding serves as output matrix too. */
    static Map<String, Shape> of(ModelShape shape) {
        ModelShape.Sizes sizes = shape.sizes();
        Map<String, Shape> tensors = new LinkedHashMap<>();
        if (shape.rope().scaling() != 0) {
            tensors.put(ROPE_DIVISORS, new Shape(sizes.headDim() / 2));
        }
        tensors.put("token_embd.weight", new Shape(sizes.vocabSize(), sizes.hiddenSize()));
        for (int layer = 0; layer < sizes.numLayers(); layer++) {
            addLayer(tensors, "blk." + layer + ".", shape);
        }
        tensors.put("output_norm.weight", new Shape(sizes.hiddenSize()));
        return tensors;
    }

    private static void addLayer(Map<String, Shape> tensors, String prefix, ModelShape shape) {
        ModelShape.Sizes sizes = shape.sizes();
        int hidden = sizes.hiddenSize();
        int queries = sizes.numHeads() * sizes.headDim();
        int keys = sizes.numKvHeads() * sizes.headDim();
        tensors.put(prefix + "attn_norm.weight", new Shape(hidden));
        addProjection(tensors, prefix + "attn_q", queries, shape);
        addProjection(tensors, prefix + "attn_k", keys, shape);
        addProjection(tensors, prefix + "attn_v", keys, shape);
        tensors.put(prefix + "attn_output.weight", new Shape(hidden, queries));
        tensors.put(prefix + "ffn_norm.weight", new Shape(hidden));
        tensors.put(prefix + "ffn_gate.weight", new Shape(sizes.intermediateSize(), hidden));
        tensors.put(prefix + "ffn_up.weight", new Shape(sizes.intermediateSize(), hidden));
        tensors.put(prefix + "ffn_down.weight", new Shape(hidden, sizes.intermediateSize()));
    }

    private static void addProjection(
            Map<String, Shape> tensors, String name, int rows, ModelShape shape) {
        tensors.put(name + ".weight", new Shape(rows, shape.sizes().hiddenSize()));
        if (shape.hasBiases()) {
            tensors.put(name + ".bias", new Shape(rows));
        }
    }

    /**
     * Llama 3's divisors {@code [D / 2]}: 1 for high frequencies, the factor for low ones, and
     * between the two a blend by wave length.
     */
    static float[] ropeDivisors(ModelShape shape) {
        int headDim = shape.sizes().headDim();
        double factor = shape.rope().scaling();
        float[] divisors = new float[headDim / 2];
        for (int i = 0; i < divisors.length; i++) {
            double waveLength = 2 * Math.PI * Math.pow(shape.rope().theta(), 2.0 * i / headDim);
            double turns = ORIGINAL_POSITIONS / waveLength;
            double share =
                    Math.clamp((turns - LOW_FREQUENCY) / (HIGH_FREQUENCY - LOW_FREQUENCY), 0, 1);
            divisors[i] = (float) (1 / ((1 - share) / factor + share));
        }
        return divisors;
    }
}
