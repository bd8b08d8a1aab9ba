package dev.nightjar.engine.text;

import dev.nightjar.engine.answer.grammar.AnswerGrammars;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.prompt.ChatRenderer;
import dev.nightjar.engine.prompt.PreparedChat;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.DryParams;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.TokenConstraint;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.sample.BreakerTokens;
import dev.nightjar.tokenizer.Tokenizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model in service, as callers see it: text in, text out. Safe for use by many threads; encoding
 * and decoding run on the caller's thread, only tokens pass to the engine's.
 */
public final class TextModel {

    private final TokenModel model;
    private final ModelConfig config;
    private final Optional<Tokenizer> tokenizer;
    private final ChatRenderer chat;
    private final Optional<AnswerGrammars> grammars;
    private final Optional<BreakerTokens> breakers;
    private final ModelSampling samplingDefaults;
    private final Instant loadedAt = Instant.now();

    /**
     * Puts text around a model.
     *
     * @param tokenizer empty if the file has no vocabulary
     * @param chat how its conversations are rendered
     * @param endTokens ids that end its answers
     * @param samplingDefaults what its file suggests for sampling
     */
    public TextModel(
            TokenModel model,
            ModelConfig config,
            Optional<Tokenizer> tokenizer,
            ChatRenderer chat,
            Set<Integer> endTokens,
            ModelSampling samplingDefaults) {
        this.model = model;
        this.config = config;
        this.tokenizer = tokenizer;
        this.chat = chat;
        this.grammars =
                tokenizer.map(known -> new AnswerGrammars(known, endTokens, config.vocabSize()));
        this.breakers = tokenizer.map(BreakerTokens::new);
        this.samplingDefaults = samplingDefaults;
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

    /** V. */
    public int vocabSize() {
        return config.vocabSize();
    }

    /** Most tokens of prompt and completion together. */
    public int maxContext() {
        return model.plan().maxContext();
    }

    /** What its file suggests for sampling; requests are not touched by it. */
    public ModelSampling samplingDefaults() {
        return samplingDefaults;
    }

    /** When it was loaded. */
    public Instant loadedAt() {
        return loadedAt;
    }

    /** Where its memory goes. */
    public MemoryPlan memoryPlan() {
        return model.plan();
    }

    /** Its counters now. */
    public EngineStats stats() {
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

    /** Whether it knows how conversations are written: by a template, or as ids. */
    public boolean canChat() {
        return chat.isKnown();
    }

    /**
     * The text that a conversation becomes.
     *
     * @throws InvalidRequestException if there is no template for it, or its own cannot be used
     * @throws dev.nightjar.tokenizer.template.ChatTemplateException if the model's template refuses
     *     it
     */
    public String render(Prompt.Chat conversation) {
        return chat.render(conversation.prompt(), conversation.template(), name());
    }

    /** The ids a prompt stands for, BOS included where the model wants it. */
    public int[] promptIds(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Text text -> encode(text.text());
            case Prompt.Chat conversation -> prepare(conversation).ids();
            case Prompt.Tokens tokens -> tokens.ids();
        };
    }

    /** Begins a generation. The caller reads the stream to its end or closes it. */
    public TextStream start(TextRequest request) {
        AnswerPlan plan = plan(request);
        GenerationRequest generation =
                new GenerationRequest(
                        limited(plan.ids(), request.inputLimit()),
                        request.sampling(),
                        request.choice(),
                        request.timeout(),
                        request.cacheSalt(),
                        request.output().topLogprobs().orElse(0),
                        constraint(plan, request.output()),
                        request.priority());
        Tokenizer known = tokenizer();
        return new TextStream(
                submit(generation),
                plan.decoder(known),
                known.vocabulary().size(),
                plan.text(request.output(), known));
    }

    private Optional<TokenConstraint> constraint(AnswerPlan plan, TextOutput output) {
        AnswerGrammars known = grammars.orElseThrow(this::noVocabulary);
        return plan.reading().isPresent()
                ? known.answer(plan.reading().get().demand(output))
                : output.format().map(known::text);
    }

    private AnswerPlan plan(TextRequest request) {
        return request.prompt() instanceof Prompt.Chat conversation
                ? AnswerPlan.of(conversation, request.output(), this::prepare)
                : AnswerPlan.plain(promptIds(request.prompt()));
    }

    private PreparedChat prepare(Prompt.Chat conversation) {
        return chat.prepare(conversation.prompt(), conversation.template(), name(), this::encode);
    }

    /** Generates a whole text. */
    public Completion generate(TextRequest request) throws InterruptedException {
        try (TextStream stream = start(request)) {
            return stream.await();
        }
    }

    /**
     * Begins a generation in token ids. The caller reads the stream to its end or closes it.
     *
     * @throws InvalidRequestException if an id of the request is not one of the model's
     */
    public TokenStream submit(GenerationRequest request) {
        check("prompt", request.promptIds());
        check("logit_bias", request.sampling().logitBias().keySet());
        check("stop_token_ids", request.sampling().stopTokens());
        Optional<DryParams> dry = request.sampling().dry().filter(DryParams::isActive);
        dry.ifPresent(some -> check("dry_sequence_breakers", some.breakerTokens()));
        if (dry.isPresent() && !dry.get().sequenceBreakers().isEmpty()) {
            DryParams resolved = breakers.orElseThrow(this::noVocabulary).resolve(dry.get());
            SamplingParams sampling = request.sampling().withDry(resolved);
            return model.submit(request.withSampling(sampling));
        }
        return model.submit(request);
    }

    /**
     * How likely the model finds each token of a prompt after those before it; beside whatever else
     * runs. Waits for the result; interrupt the thread to give up.
     *
     * @param top how many alternatives to report with each token, at most {@value
     *     TextOutput#MAX_TOP_LOGPROBS}
     * @return one entry per id; the first is without a log probability
     * @throws InvalidRequestException if there is no id, or one is not one of the model's
     * @throws dev.nightjar.engine.request.ContextLengthException if the ids exceed the context
     * @throws dev.nightjar.engine.request.QueueFullException if too many prompts wait
     * @throws dev.nightjar.engine.request.EngineClosedException if the engine is shutting down
     * @throws NoVocabularyException if the file has no vocabulary
     */
    public List<TokenText> scorePrompt(int[] ids, int top) throws InterruptedException {
        if (ids.length == 0) {
            throw new InvalidRequestException("prompt", "the prompt is empty; give it some text");
        }
        check("prompt", ids);
        TokenTexts texts = new TokenTexts(tokenizer());
        List<TokenText> tokens = new ArrayList<>(ids.length);
        tokens.add(texts.first(ids[0]));
        model.scorePrompt(ids, top).forEach(token -> tokens.add(texts.of(token)));
        return tokens;
    }

    /** Logits of every position of a token sequence, exact, beside whatever else runs. */
    public void logits(int[] ids, LogitsSink sink) {
        model.logits(ids, sink);
    }

    private int[] limited(int[] ids, Optional<InputLimit> limit) {
        if (limit.isEmpty() || ids.length <= limit.get().maxTokens()) {
            return ids;
        }
        int maxTokens = limit.get().maxTokens();
        return switch (limit.get().overflow()) {
            case REFUSE -> throw ContextLengthException.ofPrompt(ids.length, maxTokens);
            case KEEP_LAST -> {
                int[] last = Arrays.copyOfRange(ids, ids.length - maxTokens, ids.length);
                tokenizer().vocabulary().bos().ifPresent(bos -> keepFirst(ids, bos, last));
                yield last;
            }
        };
    }

    private static void keepFirst(int[] ids, int bos, int[] last) {
        if (ids[0] == bos) {
            last[0] = bos;
        }
    }

    private int[] encode(String text) {
        int[] ids = tokenizer().withBos(tokenizer().encodeRendered(text));
        if (ids.length == 0) {
            throw new InvalidRequestException("prompt", "the prompt is empty; give it some text");
        }
        return ids;
    }

    private NoVocabularyException noVocabulary() {
        return new NoVocabularyException(name());
    }

    private void check(String parameter, int[] ids) {
        for (int id : ids) {
            check(parameter, id);
        }
    }

    private void check(String parameter, Set<Integer> ids) {
        ids.forEach(id -> check(parameter, id));
    }

    private void check(String parameter, int id) {
        if (id < 0 || id >= vocabSize()) {
            throw new InvalidRequestException(
                    parameter,
                    "token ids go from 0 to %d, found %d".formatted(vocabSize() - 1, id));
        }
    }
}
