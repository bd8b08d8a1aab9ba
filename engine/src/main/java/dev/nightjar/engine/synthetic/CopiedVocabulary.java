package dev.nightjar.engine.synthetic;

import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufMetadata;
import dev.nightjar.engine.format.gguf.GgufPairs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The vocabulary of a GGUF file, key for key.
 *
 * @param path the file; weights are not needed
 */
record CopiedVocabulary(Path path) implements SyntheticVocabulary {

    private static final String PREFIX = "tokenizer.";
    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final String TYPES = "tokenizer.ggml.token_type";
    private static final String SCORES = "tokenizer.ggml.scores";
    private static final Set<String> PER_TOKEN = Set.of(TOKENS, TYPES, SCORES);
    private static final int UNUSED = 5;
    private static final int NORMAL = 1;

    @Override
    public void addTo(GgufPairs pairs, int vocabSize) {
        try (GgufFile file = GgufFile.open(path)) {
            GgufMetadata metadata = file.metadata();
            List<String> tokens = new ArrayList<>(metadata.strings(TOKENS));
            int numTokens = tokens.size();
            SyntheticVocabulary.requireFit(file.name(), numTokens, vocabSize);
            pairs.copy(metadata, key -> key.startsWith(PREFIX) && !PER_TOKEN.contains(key));
            while (tokens.size() < vocabSize) {
                tokens.add("[PAD%d]".formatted(tokens.size()));
            }
            pairs.strings(TOKENS, tokens).ints(TYPES, types(metadata, numTokens, vocabSize));
            if (metadata.contains(SCORES)) {
                pairs.floats(SCORES, Arrays.copyOf(metadata.floats(SCORES), vocabSize));
            }
        }
    }

    private static int[] types(GgufMetadata metadata, int numTokens, int vocabSize) {
        int[] known = metadata.optionalInts(TYPES).orElse(new int[0]);
        int[] types = new int[vocabSize];
        for (int id = 0; id < vocabSize; id++) {
            types[id] = id >= numTokens ? UNUSED : id < known.length ? known[id] : NORMAL;
        }
        return types;
    }
}
