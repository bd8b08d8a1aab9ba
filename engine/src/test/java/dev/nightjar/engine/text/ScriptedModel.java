package dev.nightjar.engine.text;

import dev.nightjar.engine.answer.grammar.Alphabet;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.prompt.AnswerChoice;
import dev.nightjar.engine.prompt.ChatRenderer;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.template.ChatTemplates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model that says what it is told to, one printable character or control token at a time, and
 * remembers what it was asked.
 */
final class ScriptedModel implements TokenModel {

    private final Alphabet alphabet;
    private final Tokenizer tokenizer;
    private final String script;
    private final FinishReason reason;
    private GenerationRequest asked;

    ScriptedModel(List<String> control, String script, FinishReason reason) {
        this.alphabet = new Alphabet(control);
        this.tokenizer = alphabet.tokenizer();
        this.script = script;
        this.reason = reason;
    }

    /** The model with text around it. */
    TextModel withTemplate(String template) {
        ChatRenderer chat =
                new ChatRenderer(
                        Optional.of(ChatTemplates.of(template)),
                        Map.of(),
                        AnswerChoice.of(Optional.of(tokenizer), Optional.empty()));
        ModelConfig config =
                ModelConfig.builder("llama")
                        .vocabSize(tokenizer.vocabulary().size())
                        .hiddenSize(8)
                        .intermediateSize(8)
                        .numLayers(1)
                        .numHeads(1)
                        .build();
        return new TextModel(
                this, config, Optional.of(tokenizer), chat, Set.of(), ModelSampling.NONE);
    }

    /** The prompt of the last request, control tokens spelled. */
    String prompt() {
        return tokenizer.decodeWithSpecials(asked.promptIds());
    }

    GenerationRequest asked() {
        return asked;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public String device() {
        return "script";
    }

    @Override
    public MemoryPlan plan() {
        return new MemoryPlan(0, 0, 1, 32, DType.F32, 0, 1000);
    }

    @Override
    public EngineStats stats() {
        throw new UnsupportedOperationException("nothing is counted here");
    }

    @Override
    public TokenStream submit(GenerationRequest request) {
        asked = request;
        return new Script(alphabet.ids(script));
    }

    @Override
    public void logits(int[] ids, LogitsSink sink) {
        throw new UnsupportedOperationException("there are none");
    }

    @Override
    public List<TokenEvent.Token> scorePrompt(int[] ids, int top) {
        throw new UnsupportedOperationException("nothing is scored here");
    }

    private final class Script implements TokenStream {
        private final List<Integer> ids;
        private int next;
        private boolean isAborted;

        Script(List<Integer> ids) {
            this.ids = ids;
        }

        @Override
        public long sequenceId() {
            return 0;
        }

        @Override
        public int promptTokens() {
            return asked.numPromptTokens();
        }

        @Override
        public TokenEvent next() {
            if (next < ids.size() && !isAborted) {
                return new TokenEvent.Token(ids.get(next++), 0, List.of());
            }
            FinishReason ended = isAborted ? FinishReason.ABORT : reason;
            Usage usage = new Usage(promptTokens(), 0, next, 0, 0, 0);
            return new TokenEvent.Finished(ended, Optional.empty(), usage, Optional.empty());
        }

        @Override
        public void abort() {
            isAborted = true;
        }
    }
}
