package dev.nightjar.engine.encoder;

import dev.nightjar.engine.format.EncoderPrompts;
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
    private final EncoderTraits traits;
    private final Optional<Tokenizer> tokenizer;
    private final Optional<InputEncoder> inputs;
    private final Instant loadedAt = Instant.now();

    /**
     * Puts text around an encoder.
     *
     * @param tokenizer empty if the file has no vocabulary
     */
    public EncoderModel(TokenEncoder model, EncoderTraits traits, Optional<Tokenizer> tokenizer) {
        this.model = model;
        this.traits = traits;
        this.tokenizer = tokenizer;
        this.inputs = tokenizer.map(known -> new InputEncoder(known, traits.inputs()));
    }

    /** The name it is served under. */
    public String name() {
        return model.name();
    }

    /** The architecture its file names. */
    public String architecture() {
        return traits.architecture();
    }

    /** What it is computed on, in a word: {@code cpu}. */
    public String device() {
        return model.device();
    }

    /** What it offers. */
    public Set<EncoderTask> tasks() {
        return Set.of(traits.task());
    }

    /** How hidden states become a result; the first of several results side by side. */
    public Pooling pooling() {
        return traits.poolings().getFirst();
    }

    /** How hidden states become a result, whose parts stand side by side; at least one. */
    public List<Pooling> poolings() {
        return traits.poolings();
    }

    /** What its files say may go in front of texts. */
    public EncoderPrompts prompts() {
        return traits.inputs().prompts();
    }

    /** V. */
    public int vocabSize() {
        return traits.vocabSize();
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
        return traits.outputSize();
    }

    /** Names of the scores in the model's order; empty for a model of vectors. */
    public List<String> labels() {
        return traits.labels();
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
     * The ids and types of a text or a pair, special tokens included, without a prompt.
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

    /**
     * The ids of a text that is to become a vector, behind the prompt of the options.
     *
     * @param maxTokens at most {@link #maxInputTokens}
     * @throws ContextLengthException if it is too long and shall not be cut
     * @throws InvalidRequestException if the model has no such prompt
     * @throws NoVocabularyException if the file has no vocabulary
     */
    public EncoderInput encode(String text, EmbedOptions options, int maxTokens) {
        return inputs.orElseThrow(this::noVocabulary)
                .encode(text, options.prompt(), options.overflow(), maxTokens);
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
     * @throws InvalidRequestException if vectors have fewer dimensions than are asked for, or the
     *     model has no such prompt
     */
    public List<Embedding> embed(List<String> texts, EmbedOptions options)
            throws InterruptedException {
        require(EncoderTask.EMBED);
        List<EncoderInput> ids =
                texts.stream().map(text -> encode(text, options, maxInputTokens())).toList();
        return embedInputs(ids, options);
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
                            Scores.of(traits.scoreKind(), labels(), scores[i]),
                            ids.get(i).numTokens()));
        }
        return results;
    }

    /**
     * What the model computes for token ids, taken as they are, whatever its task: the pooled
     * vector, not normalized, or the raw scores of its head. Where a model takes inputs without
     * tokens, their vectors are zero.
     *
     * @throws InvalidRequestException if an id or a type is not one of the model's
     * @throws ContextLengthException if an input is too long
     */
    public float[][] compute(List<EncoderInput> ids) throws InterruptedException {
        ids.forEach(this::check);
        List<EncoderInput> filled = ids.stream().filter(input -> input.numTokens() > 0).toList();
        float[][] computed = filled.isEmpty() ? new float[0][] : model.encode(filled);
        float[][] results = new float[ids.size()][];
        int next = 0;
        for (int i = 0; i < results.length; i++) {
            boolean isFilled = ids.get(i).numTokens() > 0;
            results[i] = isFilled ? computed[next++] : new float[outputSize()];
        }
        return results;
    }

    private List<EncoderInput> encodeAll(List<String> texts, Overflow overflow) {
        return texts.stream().map(text -> encode(TextInput.of(text), overflow)).toList();
    }

    private void check(EncoderInput input) {
        if (input.numTokens() == 0 && !traits.inputs().allowsNoTokens()) {
            throw new InvalidRequestException(
                    "input", "an input needs at least one token id, found none");
        }
        if (input.numTokens() > maxInputTokens()) {
            throw ContextLengthException.ofInput(input.numTokens(), maxInputTokens());
        }
        for (int id : input.ids()) {
            check("token ids", id, vocabSize());
        }
        for (int type : input.typeIds()) {
            check("token types", type, Math.max(1, traits.inputs().numTokenTypes()));
        }
    }

    private static void check(String what, int found, int count) {
        if (found < 0 || found >= count) {
            throw new InvalidRequestException(
                    "input", "%s go from 0 to %d, found %d".formatted(what, count - 1, found));
        }
    }

    private void require(EncoderTask asked) {
        if (traits.task() != asked) {
            throw new UnsupportedTaskException(name(), asked, traits.task());
        }
    }

    private NoVocabularyException noVocabulary() {
        return new NoVocabularyException(name());
    }
}
