package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.hf.HfConfig;
import java.util.Map;
import java.util.Optional;

/** The families of encoders by the {@code model_type} of their {@code config.json}. */
public final class EncoderFamilies {

    /** The architecture that computes them all, as GGUF has it. */
    public static final String ARCHITECTURE = "bert";

    private static final Map<String, EncoderFamily> BY_TYPE =
            Map.of(
                    "bert", new BertFamily(),
                    "roberta", new RobertaFamily(),
                    "xlm-roberta", new RobertaFamily(),
                    "camembert", new RobertaFamily(),
                    "distilbert", new DistilBertFamily(),
                    "mpnet", new MpnetFamily(),
                    "modernbert", new ModernBertFamily());

    private EncoderFamilies() {}

    /** The family of a configuration; empty if it is that of no encoder known here. */
    public static Optional<EncoderFamily> find(HfConfig config) {
        return Optional.ofNullable(BY_TYPE.get(config.modelType()));
    }
}
