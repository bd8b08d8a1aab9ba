package dev.nightjar.engine.text;

import dev.nightjar.engine.answer.AnswerStyle;
import dev.nightjar.engine.answer.grammar.AnswerDemand;
import dev.nightjar.engine.answer.part.AnswerSetup;
import dev.nightjar.engine.answer.part.CallLimit;
import dev.nightjar.engine.answer.part.DeclaredTools;
import dev.nightjar.engine.decoding.SpellingDecoder;
import dev.nightjar.engine.prompt.PreparedChat;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.ToolChoice;
import dev.nightjar.tokenizer.IncrementalDecoder;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.template.ChatPrompt;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What follows from a request for its prompt and for the reading of its answer.
 *
 * @param ids the prompt
 * @param reading how the answer is read; empty if it is plain text
 */
record AnswerPlan(int[] ids, Optional<Reading> reading) {

    /**
     * How an answer with markers is read.
     *
     * @param answers how it is written
     * @param setup what is known before it begins
     * @param splitting whether it is taken apart
     */
    record Reading(AnswerStyle answers, AnswerSetup setup, TextOutput.Splitting splitting) {

        /** What it is held to. */
        AnswerDemand demand(TextOutput output) {
            return new AnswerDemand(answers, setup, output.toolChoice(), output.format());
        }
    }

    /** Of a prompt that is no conversation. */
    static AnswerPlan plain(int[] ids) {
        return new AnswerPlan(ids, Optional.empty());
    }

    /**
     * Of a conversation.
     *
     * @throws InvalidRequestException if a tool has to be called and is not there
     */
    static AnswerPlan of(
            Prompt.Chat chat, TextOutput output, Function<Prompt.Chat, PreparedChat> prepare) {
        boolean mayCall = !(output.toolChoice() instanceof ToolChoice.None);
        ChatPrompt prompt = mayCall ? chat.prompt() : chat.prompt().withoutTools();
        DeclaredTools tools = DeclaredTools.of(toolsOf(prompt));
        check(output.toolChoice(), tools);
        PreparedChat prepared = prepare.apply(new Prompt.Chat(prompt, chat.template()));
        AnswerSetup setup =
                new AnswerSetup(
                        tools,
                        output.toolCalls() == TextOutput.ToolCalls.SINGLE
                                ? CallLimit.ONE
                                : CallLimit.MANY,
                        prepared.beginning());
        Reading reading = new Reading(prepared.answers(), setup, output.splitting());
        return new AnswerPlan(
                prepared.ids(),
                Optional.of(reading).filter(known -> known.answers().isMarked(setup)));
    }

    private static List<?> toolsOf(ChatPrompt prompt) {
        return prompt.tools().isPresent() ? prompt.tools().get() : List.of();
    }

    private static void check(ToolChoice choice, DeclaredTools tools) {
        if (choice instanceof ToolChoice.Required && tools.isEmpty()) {
            throw new InvalidRequestException(
                    "tool_choice", "tool_choice asks for a call, but there are no tools");
        }
        if (choice instanceof ToolChoice.Named named && tools.find(named.name()).isEmpty()) {
            throw new InvalidRequestException(
                    "tool_choice",
                    "tool_choice names %s, which is none of the tools".formatted(named.name()));
        }
    }

    /** Makes text of the answer's tokens, its markers included. */
    IncrementalDecoder decoder(Tokenizer tokenizer) {
        return reading.<IncrementalDecoder>map(
                        known ->
                                new SpellingDecoder(
                                        tokenizer, known.answers().markers(known.setup())))
                .orElseGet(tokenizer::decoder);
    }

    /** Makes events of that text. */
    AnswerText text(TextOutput output, Tokenizer tokenizer) {
        return new AnswerText(
                reading.filter(known -> known.splitting() == TextOutput.Splitting.SPLIT)
                        .map(known -> known.answers().parser(known.setup())),
                output.stop(),
                output.topLogprobs().isPresent()
                        ? Optional.of(new TokenTexts(tokenizer))
                        : Optional.empty());
    }
}
