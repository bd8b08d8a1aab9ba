package dev.nightjar.engine;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Inventory;
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
 * A checkpoint inside of a jar, which stays open for as long as the checkpoint does.
 *
 * @param inside reads its files from the jar
 * @param jar is closed after it; closing it twice does no harm
 */
record JarCheckpoint(Checkpoint inside, Runnable jar) implements Checkpoint {

    @Override
    public String name() {
        return inside.name();
    }

    @Override
    public String architecture() {
        return inside.architecture();
    }

    @Override
    public ModelConfig config() {
        return inside.config();
    }

    @Override
    public EncoderConfig encoderConfig() {
        return inside.encoderConfig();
    }

    @Override
    public EncoderPipeline encoderPipeline() {
        return inside.encoderPipeline();
    }

    @Override
    public Optional<StaticConfig> staticConfig() {
        return inside.staticConfig();
    }

    @Override
    public Optional<CausalPipeline> causalPipeline() {
        return inside.causalPipeline();
    }

    @Override
    public TensorSource weights() {
        return inside.weights();
    }

    @Override
    public long weightBytes() {
        return inside.weightBytes();
    }

    @Override
    public Optional<Tokenizer> tokenizer() {
        return inside.tokenizer();
    }

    @Override
    public Optional<TemplateSources> chatTemplates() {
        return inside.chatTemplates();
    }

    @Override
    public Optional<MistralVersion> promptFormat() {
        return inside.promptFormat();
    }

    @Override
    public Set<Integer> endTokens() {
        return inside.endTokens();
    }

    @Override
    public ModelSampling sampling() {
        return inside.sampling();
    }

    @Override
    public Inventory inventory() {
        return inside.inventory();
    }

    @Override
    public void close() {
        try {
            inside.close();
        } finally {
            jar.run();
        }
    }
}
