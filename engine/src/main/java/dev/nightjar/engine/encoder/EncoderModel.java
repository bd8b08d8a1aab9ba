package dev.nightjar.engine.encoder;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.metrics.EncoderPlan;
import dev.nightjar.engine.metrics.EncoderStats;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.text.NoVocabularyException;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.encoding.TextInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An encoder in service, as callers see it. Safe for use by many threads: texts are encoded on the
 * caller's thread, and what several callers ask for is computed together. A result does not depend
 * on what is computed beside it.
 *
 * <p>All calls that compute wait for their results; interrupt the thread to give up. They throw
 * {@link dev.nightjar.engine.request.QueueFullException} if too many requests wait and {@link
 * dev.nightjar.engine.request.EngineClosedException} if the engine is shutting down.
 */
public final class EncoderModel {

    private final TokenEncoder model;
    private final EncoderConfig config;
    private final Optional<Tokenizer> tokenizer;
    private final Optional<InputEncoder> inputs;
    private final EncoderTask task;
    private final List<String> labels;
    private final Instant loadedAt = Instant.now();

    /**
     * Puts text around an encoder.
     *
     * @param tokenizer empty if the file has no vocabulary
     */
    public EncoderModel(TokenEncoder model, EncoderConfig config, Optional<Tokenizer> tokenizer) {
        this.model = model;
        this.config = config;
        this.tokenizer = tokenizer;
        this.inputs = tokenizer.map(known -> new InputEncoder(known, config.numTokenTypes()));
        this.task = task(config);
        this.labels = labels(config);
    }

    private static EncoderTask task(EncoderConfig config) {
        if (config.pooling() != Pooling.RANK) {
            return EncoderTask.EMBED;
        }
        return config.numScores() == 1 ? EncoderTask.RERANK : EncoderTask.CLASSIFY;
    }

    private static List<String> labels(EncoderConfig config) {
        return config.labels().isEmpty()
                ? IntStream.range(0, config.numScores()).mapToObj(i -> "LABEL_" + i).toList()
                : config.labels();
    }

    /** The name it is served under. */
    public String name() {
        return model.name();
    }

    /** The architecture its file names. */
    public String architecture() {
        return config.architecture();
    }

    /** What it is computed on, in a word: {@code cpu}. */
    public String device() {
        return model.device();
    }

    /** What it offers. */
    public Set<EncoderTask> tasks() {
        return Set.of(task);
    }

    /** How hidden states become a result. */
    public Pooling pooling() {
        return config.pooling();
    }

    /** V. */
    public int vocabSize() {
        return config.vocabSize();
    }

    /** Most tokens of one input, special ones included. */
    public int maxInputTokens() {
        return model.plan().maxInputTokens();
    }

    /** Where its memory goes and how much it takes at once. */
    public EncoderPlan plan() {
        return model.plan();
    }

    /** Elements of a vector, or scores of an input. */
    public int outputSize() {
        return config.outputSize();
    }

    /** Names of the scores in the model's order; empty for a model of vectors. */
    public List<String> labels() {
        return labels;
    }

    /** When it was loaded. */
    public Instant loadedAt() {
        return loadedAt;
    }

    /** Its counters now. */
    public EncoderStats stats() {
        return model.stats();
    }

    /**
     * Its tokenizer.
     *
     * @throws NoVocabularyException if the file has no vocabulary
     */
    public Tokenizer tokenizer() {
        return tokenizer.orElseThrow(this::noVocabulary);
    }

    /**
     * The ids and types of a text or a pair, special tokens included.
     *
     * @throws ContextLengthException if it is too long and shall not be cut
     * @throws NoVocabularyException if the file has no vocabulary
     */
    public EncoderInput encode(TextInput text, Overflow overflow) {
        return encode(text, overflow, maxInputTokens());
    }

    /**
     * As {@link #encode(TextInput, Overflow)} within a limit of the caller's.
     *
     * @param maxTokens at most {@link #maxInputTokens}
     */
    public EncoderInput encode(TextInput text, Overflow overflow, int maxTokens) {
        return inputs.orElseThrow(this::noVocabulary).encode(text, overflow, maxTokens);
    }

    /** Vectors of length 1; see {@link #embed(List, EmbedOptions)}. */
    public List<Embedding> embed(List<String> texts) throws InterruptedException {
        return embed(texts, EmbedOptions.defaults());
    }

    /**
     * The vectors of texts, in their order.
     *
     * @throws UnsupportedTaskException if the model's head gives scores
     * @throws ContextLengthException if a text is too long and shall not be cut
     * @throws InvalidRequestException if vectors have fewer dimensions than are asked for
     */
    public List<Embedding> embed(List<String> texts, EmbedOptions options)
            throws InterruptedException {
        require(EncoderTask.EMBED);
        return embedInputs(encodeAll(texts, options.overflow()), options);
    }

    /**
     * As {@link #embed(List, EmbedOptions)} for token ids, which are taken as they are; those that
     * are too long are refused.
     */
    public List<Embedding> embedInputs(List<EncoderInput> ids, EmbedOptions options)
            throws InterruptedException {
        require(EncoderTask.EMBED);
        if (options.dimensions().orElse(1) > outputSize()) {
            throw new InvalidRequestException(
                    "dimensions",
                    "vectors of model %s have %d dimensions, found %d asked for"
                            .formatted(name(), outputSize(), options.dimensions().getAsInt()));
        }
        float[][] vectors = compute(ids);
        List<Embedding> embeddings = new ArrayList<>(ids.size());
        for (int i = 0; i < vectors.length; i++) {
            float[] shaped = Scores.shaped(vectors[i], options);
            embeddings.add(new Embedding(shaped, ids.get(i).numTokens()));
        }
        return embeddings;
    }

    /** As {@link #rerank(String, List, Overflow)}; pairs that are too long are refused. */
    public List<RankedText> rerank(String query, List<String> texts) throws InterruptedException {
        return rerank(query, texts, Overflow.REFUSE);
    }

    /**
     * Texts by how well they suit a query, the best first.
     *
     * @throws UnsupportedTaskException if the model has no head of one score
     * @throws ContextLengthException if a pair is too long and shall not be cut
     */
    public List<RankedText> rerank(String query, List<String> texts, Overflow overflow)
            throws InterruptedException {
        require(EncoderTask.RERANK);
        List<EncoderInput> pairs =
                texts.stream()
                        .map(text -> encode(TextInput.ofPair(query, text), overflow))
                        .toList();
        float[][] scores = compute(pairs);
        List<RankedText> ranked = new ArrayList<>(pairs.size());
        for (int i = 0; i < scores.length; i++) {
            float raw = scores[i][0];
            ranked.add(new RankedText(i, Scores.sigmoid(raw), raw, pairs.get(i).numTokens()));
        }
        ranked.sort(Comparator.comparing(text -> -text.rawScore()));
        return ranked;
    }

    /** As {@link #classify(List, Overflow)} for one text, refused if it is too long. */
    public Classification classify(String text) throws InterruptedException {
        return classify(List.of(text), Overflow.REFUSE).getFirst();
    }

    /**
     * The labels of texts, in their order.
     *
     * @throws UnsupportedTaskException if the model has no head of several scores
     * @throws ContextLengthException if a text is too long and shall not be cut
     */
    public List<Classification> classify(List<String> texts, Overflow overflow)
            throws InterruptedException {
        require(EncoderTask.CLASSIFY);
        List<EncoderInput> ids = encodeAll(texts, overflow);
        float[][] scores = compute(ids);
        List<Classification> results = new ArrayList<>(ids.size());
        for (int i = 0; i < scores.length; i++) {
            results.add(
                    new Classification(
                            Scores.of(config.scoreKind(), labels, scores[i]),
                            ids.get(i).numTokens()));
        }
        return results;
    }

    /**
     * What the model computes for token ids, taken as they are, whatever its task: the pooled
     * vector, not normalized, or the raw scores of its head.
     *
     * @throws InvalidRequestException if an id or a type is not one of the model's
     * @throws ContextLengthException if an input is too long
     */
    public float[][] compute(List<EncoderInput> ids) throws InterruptedException {
        ids.forEach(this::check);
        return model.encode(ids);
    }

    private List<EncoderInput> encodeAll(List<String> texts, Overflow overflow) {
        return texts.stream().map(text -> encode(TextInput.of(text), overflow)).toList();
    }

    private void check(EncoderInput input) {
        if (input.numTokens() > maxInputTokens()) {
            throw ContextLengthException.ofInput(input.numTokens(), maxInputTokens());
        }
        for (int id : input.ids()) {
            check("token ids", id, vocabSize());
        }
        for (int type : input.typeIds()) {
            check("token types", type, Math.max(1, config.numTokenTypes()));
        }
    }

    private static void check(String what, int found, int count) {
        if (found < 0 || found >= count) {
            throw new InvalidRequestException(
                    "input", "%s go from 0 to %d, found %d".formatted(what, count - 1, found));
        }
    }

    private void require(EncoderTask asked) {
        if (task != asked) {
            throw new UnsupportedTaskException(name(), asked, task);
        }
    }

    private NoVocabularyException noVocabulary() {
        return new NoVocabularyException(name());
    }
}
