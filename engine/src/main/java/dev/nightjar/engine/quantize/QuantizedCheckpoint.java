package dev.nightjar.engine.quantize;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Inventory;
import dev.nightjar.engine.format.CausalPipeline;
import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.StaticConfig;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.mistral.MistralVersion;
import dev.nightjar.tokenizer.template.TemplateSources;
import java.util.Optional;
import java.util.Set;

/** A checkpoint whose weights are quantized while they are loaded; its files stay as they are. */
public final class QuantizedCheckpoint implements Checkpoint {

    /** A name without a rule of its own. */
    private static final String ANY_MATRIX = "blk.0.any.weight";

    private final Checkpoint original;
    private final QuantizedWeights weights;

    private QuantizedCheckpoint(Checkpoint original, QuantizedWeights weights) {
        this.original = original;
        this.weights = weights;
    }

    /**
     * A checkpoint in the types of a mixture; closing it closes the original.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if its hyper-parameters are damaged;
     *     the original is closed then
     */
    public static QuantizedCheckpoint of(Checkpoint original, Mixture mixture) {
        try {
            TensorSource tensors = original.weights();
            return new QuantizedCheckpoint(
                    original, new QuantizedWeights(tensors, mixture, ModelTraits.of(original)));
        } catch (RuntimeException damaged) {
            original.close();
            throw damaged;
        }
    }

    @Override
    public TensorSource weights() {
        return weights;
    }

    /** By the names in the files, which may be others: an estimate for such. */
    @Override
    public long weightBytes() {
        return original.inventory().tensors().stream().mapToLong(this::bytes).sum();
    }

    private long bytes(Inventory.Item tensor) {
        String name = tensor.shape().rank() > 1 ? ANY_MATRIX : tensor.name();
        DType type = weights.type(name, tensor.dtype(), tensor.shape());
        return type == tensor.dtype()
                ? tensor.bytes()
                : type.bytesFor(tensor.shape().numElements());
    }

    @Override
    public String name() {
        return original.name();
    }

    @Override
    public String architecture() {
        return original.architecture();
    }

    @Override
    public ModelConfig config() {
        return original.config();
    }

    @Override
    public EncoderConfig encoderConfig() {
        return original.encoderConfig();
    }

    @Override
    public EncoderPipeline encoderPipeline() {
        return original.encoderPipeline();
    }

    @Override
    public Optional<StaticConfig> staticConfig() {
        return original.staticConfig();
    }

    @Override
    public Optional<CausalPipeline> causalPipeline() {
        return original.causalPipeline();
    }

    @Override
    public Optional<Tokenizer> tokenizer() {
        return original.tokenizer();
    }

    @Override
    public Optional<TemplateSources> chatTemplates() {
        return original.chatTemplates();
    }

    @Override
    public Optional<MistralVersion> promptFormat() {
        return original.promptFormat();
    }

    @Override
    public Set<Integer> endTokens() {
        return original.endTokens();
    }

    @Override
    public ModelSampling sampling() {
        return original.sampling();
    }

    @Override
    public Inventory inventory() {
        return original.inventory();
    }

    @Override
    public void close() {
        original.close();
    }
}
