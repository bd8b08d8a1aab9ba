package dev.nightjar.tokenizer.format;

import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.pipeline.PipelineTokenizer;
import java.util.List;

/** Opens tokenizers. */
public final class TokenizerLoader {
    private TokenizerLoader() {}

    /**
     * The tokenizer of a tokenizer.json alone.
     *
     * @param json the bytes of the file
     * @param name how errors call the file
     * @throws dev.nightjar.tokenizer.TokenizerException if it is damaged or says something that is
     *     not implemented
     */
    public static Tokenizer ofJson(byte[] json, String name) {
        return PipelineTokenizer.of(TokenizerJson.read(json, name, List.of()).spec());
    }
}
