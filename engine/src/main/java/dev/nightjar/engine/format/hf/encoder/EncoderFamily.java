package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.NameTable;

/** A family of encoders: what its keys mean, and which of its tensors is which. */
public interface EncoderFamily {

    /**
     * The hyper-parameters.
     *
     * @param pipeline what the folder says beside {@code config.json}
     * @throws dev.nightjar.engine.format.ModelFormatException naming the key, if one is missing,
     *     out of range, or asks for something that is not implemented
     */
    EncoderConfig config(HfConfig config, SentencePipeline pipeline);

    /** The names and layouts of the weights, in those of GGUF. */
    NameTable names(HfConfig config, EncoderConfig encoder);
}
