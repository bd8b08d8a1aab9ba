package dev.nightjar.engine.checkpoint;

import dev.nightjar.engine.format.CausalPipeline;
import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.StaticConfig;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.mistral.MistralVersion;
import dev.nightjar.tokenizer.template.TemplateSources;
import java.util.Optional;
import java.util.Set;

/**
 * An open checkpoint: all that it takes to put a model into service. The files behind it were
 * checked on opening; what they say about the model is read and checked when asked for.
 *
 * <p>It owns its files: weights must not be used after {@link #close}. For one thread, but its
 * weights are safe for use by several.
 */
public interface Checkpoint extends AutoCloseable {

    /** What errors call it, usually the path. */
    String name();

    /**
     * Name of the architecture.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if it names none that is known
     */
    String architecture();

    /**
     * The hyper-parameters.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if they are damaged or ask for
     *     something that is not implemented
     */
    ModelConfig config();

    /**
     * The hyper-parameters of a checkpoint whose architecture is an encoder.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if they are damaged or ask for
     *     something that is not implemented
     */
    EncoderConfig encoderConfig();

    /**
     * What stands around an encoder's hidden states.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if it asks for something that is not
     *     implemented
     */
    EncoderPipeline encoderPipeline();

    /** The hyper-parameters, if the checkpoint is nothing but a table of token vectors. */
    default Optional<StaticConfig> staticConfig() {
        return Optional.empty();
    }

    /**
     * What stands around the hidden states of a decoder, if its files make an encoder of it.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if they ask for something that is not
     *     implemented
     */
    default Optional<CausalPipeline> causalPipeline() {
        return Optional.empty();
    }

    /** The weights by the names that architectures ask for. */
    TensorSource weights();

    /** Bytes of all weights. */
    long weightBytes();

    /** The vocabulary, if there is one; token ids are all that can be used otherwise. */
    Optional<Tokenizer> tokenizer();

    /** The chat templates, if there are any. */
    Optional<TemplateSources> chatTemplates();

    /** How conversations are written as ids, if its tokenizer file is Mistral's own. */
    Optional<MistralVersion> promptFormat();

    /** Tokens that end a generation, beyond those that the tokenizer knows. */
    Set<Integer> endTokens();

    /** What the files suggest for sampling; values out of range are logged and left out. */
    ModelSampling sampling();

    /** What is in the files, for people. */
    Inventory inventory();

    /** Releases the files and all memory; the second call does nothing. */
    @Override
    void close();
}
