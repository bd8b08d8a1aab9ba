package dev.nightjar.engine.format;

import java.util.Objects;

/**
 * How a decoder is asked to judge a pair: four trusted texts around a query and a document. What
 * they spell of special tokens is meant as such; what the pair spells is not.
 *
 * @param before the query's {@link #query}
 * @param query directly before the query
 * @param document between the query and the document
 * @param behind the document
 */
public record PairPrompt(String before, String query, String document, String behind) {

    /** What Qwen3-Reranker is trained with. */
    public static final PairPrompt QWEN3 =
            new PairPrompt(
                    "<|im_start|>system\nJudge whether the Document meets the requirements based on"
                            + " the Query and the Instruct provided. Note that the answer can only"
                            + " be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n",
                    "<Instruct>: Given a web search query, retrieve relevant passages that answer"
                            + " the query\n<Query>: ",
                    "\n<Document>: ",
                    "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n");

    /** Requires the texts. */
    public PairPrompt {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(behind, "behind");
    }
}
