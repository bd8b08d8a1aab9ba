package dev.nightjar.engine.decoding;

import dev.nightjar.tokenizer.IncrementalDecoder;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.Vocabulary;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Decodes as the model's own decoder does, but some control tokens stand in the text as spelled.
 */
public final class SpellingDecoder implements IncrementalDecoder {

    private final IncrementalDecoder decoder;
    private final Map<Integer, String> spelled = new HashMap<>();

    /** Spells those of the markers that are control tokens. */
    public SpellingDecoder(Tokenizer tokenizer, Set<String> markers) {
        decoder = tokenizer.decoder();
        Vocabulary vocabulary = tokenizer.vocabulary();
        for (String marker : markers) {
            vocabulary
                    .id(marker)
                    .ifPresent(
                            id -> {
                                if (tokenizer.bytesOf(id).length == 0) {
                                    spelled.put(id, marker);
                                }
                            });
        }
    }

    @Override
    public String accept(int id) {
        String marker = spelled.get(id);
        return marker == null ? decoder.accept(id) : decoder.flush() + marker;
    }

    @Override
    public String flush() {
        return decoder.flush();
    }
}
