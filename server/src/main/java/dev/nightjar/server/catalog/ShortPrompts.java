package dev.nightjar.server.catalog;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What a smaller model would have to continue, were it asked instead of the one that a client
 * named.
 *
 * @param prompts of a request, as they are for a model
 * @param maxTokens most generated tokens, if the request says so
 */
public record ShortPrompts(
        Function<TextModel, ? extends List<? extends Prompt>> prompts, OptionalInt maxTokens) {

    private static final System.Logger LOG = System.getLogger(ShortPrompts.class.getName());

    /** Whether the smaller model takes all of them, counted by its own tokenizer. */
    boolean suit(ServedModel smaller, ShortRoute route) {
        try {
            TextModel model = smaller.text();
            int output = maxTokens.orElse(1);
            int mostPrompt =
                    Math.min(
                            Math.min(route.maxTokens(), model.maxContext() - output),
                            smaller.maxInput().orElse(Integer.MAX_VALUE));
            return output <= smaller.maxOutput().orElse(Integer.MAX_VALUE)
                    && prompts.apply(model).stream()
                            .allMatch(prompt -> isShort(prompt, model, mostPrompt));
        } catch (RuntimeException refused) {
            // It cannot be had, or not for this; the model that was named says what is wrong.
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "a request does not go to model '%s'".formatted(smaller.id()),
                    refused);
            return false;
        }
    }

    /** Ids of tokens mean nothing to another model. */
    private static boolean isShort(Prompt prompt, TextModel model, int most) {
        return !(prompt instanceof Prompt.Tokens) && model.promptIds(prompt).length <= most;
    }
}
