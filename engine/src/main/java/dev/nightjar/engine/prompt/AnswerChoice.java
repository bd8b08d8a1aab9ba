package dev.nightjar.engine.prompt;

import dev.nightjar.engine.answer.AnswerFormat;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What decides, beside its template, how a model's answers are read.
 *
 * @param vocabulary whether a text is one of its tokens
 * @param wanted the format that somebody chose
 */
public record AnswerChoice(Predicate<String> vocabulary, Optional<AnswerFormat> wanted) {

    /** Nothing but the template decides. */
    public static AnswerChoice byTemplate() {
        return new AnswerChoice(text -> false, Optional.empty());
    }

    /**
     * For a model.
     *
     * @param name the format that somebody chose
     * @throws InvalidRequestException if there is no such format
     */
    public static AnswerChoice of(Optional<Tokenizer> tokenizer, Optional<String> name) {
        return new AnswerChoice(
                text -> tokenizer.filter(known -> isToken(known, text)).isPresent(),
                name.map(AnswerChoice::named));
    }

    private static boolean isToken(Tokenizer tokenizer, String text) {
        return tokenizer.vocabulary().id(text).isPresent();
    }

    private static AnswerFormat named(String name) {
        return AnswerFormat.named(name)
                .orElseThrow(
                        () ->
                                new InvalidRequestException(
                                        "answer-format",
                                        "unknown answer format \"%s\"; expected one of %s"
                                                .formatted(name, AnswerFormat.labels())));
    }
}
