package dev.nightjar.engine.text;

import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.request.Usage;
import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerSpec;
import dev.nightjar.tokenizer.template.ChatTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model that says what it is told to, one printable character or control token at a time, and
 * remembers what it was asked.
 */
final class ScriptedModel implements TokenModel {

    private final List<String> control;
    private final Tokenizer tokenizer;
    private final String script;
    private final FinishReason reason;
    private GenerationRequest asked;

    ScriptedModel(List<String> control, String script, FinishReason reason) {
        this.control = control;
        this.tokenizer = tokenizer(control);
        this.script = script;
        this.reason = reason;
    }

    private static Tokenizer tokenizer(List<String> control) {
        List<String> tokens = new ArrayList<>(control);
        List<TokenType> types =
                new ArrayList<>(control.stream().map(c -> TokenType.CONTROL).toList());
        for (char c = '!'; c <= '~'; c++) {
            tokens.add(String.valueOf(c));
            types.add(TokenType.NORMAL);
        }
        for (String spelled : List.of("Ġ", "Ċ")) {
            tokens.add(spelled);
            types.add(TokenType.NORMAL);
        }
        return Tokenizer.of(
                TokenizerSpec.builder(Algorithm.BYTE_RANKS, tokens).types(types).build());
    }

    Tokenizer tokenizer() {
        return tokenizer;
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
        return new MemoryPlan(0, 0, 1, 32, 0, 1000);
    }

    @Override
    public EngineStats stats() {
        throw new UnsupportedOperationException("nothing is counted here");
    }

    @Override
    public TokenStream submit(GenerationRequest request) {
        asked = request;
        return new Script(ids());
    }

    @Override
    public void logits(int[] ids, LogitsSink sink) {
        throw new UnsupportedOperationException("there are none");
    }

    @Override
    public List<TokenEvent.Token> scorePrompt(int[] ids, int top) {
        throw new UnsupportedOperationException("nothing is scored here");
    }

    /** The script as ids. */
    List<Integer> ids() {
        List<Integer> ids = new ArrayList<>();
        int at = 0;
        while (at < script.length()) {
            int from = at;
            Optional<String> marker =
                    control.stream().filter(token -> script.startsWith(token, from)).findFirst();
            String token =
                    marker.orElse(
                            script.substring(at, at + 1).replace(" ", "Ġ").replace("\n", "Ċ"));
            ids.add(tokenizer.vocabulary().id(token).orElseThrow());
            at += marker.map(String::length).orElse(1);
        }
        return ids;
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
