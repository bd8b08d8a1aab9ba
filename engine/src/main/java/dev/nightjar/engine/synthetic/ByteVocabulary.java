package dev.nightjar.engine.synthetic;

import dev.nightjar.engine.format.gguf.GgufPairs;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A byte-level vocabulary.
 *
 * @param name for errors
 * @param tokens in the order of their ids
 * @param numOrdinary tokens before the first that steers the model
 * @param merges pairs "left right" by rank
 * @param preTokenizer the rule that cuts text into words, as GGUF files name it
 * @param bos the token that begins a text
 * @param eos the token that ends one
 */
record ByteVocabulary(
        String name,
        List<String> tokens,
        int numOrdinary,
        List<String> merges,
        String preTokenizer,
        OptionalInt bos,
        OptionalInt eos)
        implements SyntheticVocabulary {

    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int UNUSED = 5;

    /** Roles and contents, line by line. */
    private static final String TEMPLATE =
            "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '\\n' }}"
                    + "{% endfor %}{% if add_generation_prompt %}{{ 'assistant:' }}{% endif %}";

    @Override
    public void addTo(GgufPairs pairs, int vocabSize) {
        SyntheticVocabulary.requireFit(name, tokens.size(), vocabSize);
        List<String> all = new ArrayList<>(tokens);
        while (all.size() < vocabSize) {
            all.add("[PAD%d]".formatted(all.size()));
        }
        pairs.string("tokenizer.ggml.model", "gpt2")
                .string("tokenizer.ggml.pre", preTokenizer)
                .strings("tokenizer.ggml.tokens", all)
                .ints("tokenizer.ggml.token_type", types(vocabSize))
                .strings("tokenizer.ggml.merges", merges);
        bos.ifPresent(id -> pairs.uint32("tokenizer.ggml.bos_token_id", id));
        eos.ifPresent(id -> pairs.uint32("tokenizer.ggml.eos_token_id", id));
        pairs.bool("tokenizer.ggml.add_bos_token", bos.isPresent())
                .string("tokenizer.chat_template", TEMPLATE);
    }

    private int[] types(int vocabSize) {
        int[] types = new int[vocabSize];
        for (int id = 0; id < vocabSize; id++) {
            types[id] = id < numOrdinary ? NORMAL : id < tokens.size() ? CONTROL : UNUSED;
        }
        return types;
    }
}
