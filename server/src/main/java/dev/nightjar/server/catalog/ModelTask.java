package dev.nightjar.server.catalog;

/** What a model is for. */
public enum ModelTask {
    /** Text from text: completions and conversations. */
    GENERATE("text-generation"),
    /** Vectors of texts. */
    EMBED("embedding"),
    /** Scores of texts for a query. */
    RERANK("reranking"),
    /** Labels of texts. */
    CLASSIFY("classification"),
    /** Predictions for rows of features. */
    PREDICT("prediction");

    private final String word;

    ModelTask(String word) {
        this.word = word;
    }

    /** Its name on the wire. */
    public String word() {
        return word;
    }
}
