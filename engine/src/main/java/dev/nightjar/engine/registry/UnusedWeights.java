package dev.nightjar.engine.registry;

import dev.nightjar.engine.format.WeightMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Looks at what a model left in its checkpoint. */
final class UnusedWeights {

    private static final System.Logger LOG = System.getLogger(UnusedWeights.class.getName());

    /** Rotary tables that old converters wrote; they follow from the config. */
    private static final String DERIVED_ROTARY_TENSOR = "attn_rot_embd.weight";

    /** Names of layers in GGUF and in the checkpoints of model folders. */
    private static final Predicate<String> IN_LAYER =
            Pattern.compile("(^|\\.)(blk|layers?|h)\\.\\d+\\.").asPredicate();

    private UnusedWeights() {}

    /** A layer's tensor that nobody asked for would be maths left out: a wrong result. */
    static void check(String name, WeightMap weights) {
        List<String> unused = weights.unused();
        List<String> inLayers =
                unused.stream()
                        .filter(IN_LAYER)
                        .filter(tensor -> !tensor.endsWith(DERIVED_ROTARY_TENSOR))
                        .toList();
        if (!inLayers.isEmpty()) {
            throw new UnusedWeightsException(inLayers);
        }
        if (!unused.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "model {0}: tensors of its file that are not used: {1}",
                    name,
                    String.join(", ", unused));
        }
    }
}
