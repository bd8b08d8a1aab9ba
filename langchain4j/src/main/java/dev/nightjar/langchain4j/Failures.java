package dev.nightjar.langchain4j;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.nightjar.engine.ModelNotLoadedException;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.text.NoVocabularyException;
import dev.nightjar.tokenizer.template.ChatTemplateException;

/** The engine's failures as LangChain4j's, which know what is worth another try. */
final class Failures {

    private Failures() {}

    static LangChain4jException mapped(RuntimeException failure) {
        return switch (failure) {
            case LangChain4jException known -> known;
            case ModelNotLoadedException missing -> new ModelNotFoundException(missing);
            case QueueFullException full -> new RateLimitException(full);
            case dev.nightjar.engine.request.InvalidRequestException invalid ->
                    new InvalidRequestException(invalid);
            case ContextLengthException tooLong -> new InvalidRequestException(tooLong);
            case ChatTemplateException refused -> new InvalidRequestException(refused);
            case NoVocabularyException textless -> new InvalidRequestException(textless);
            default -> new InternalServerException(failure);
        };
    }
}
