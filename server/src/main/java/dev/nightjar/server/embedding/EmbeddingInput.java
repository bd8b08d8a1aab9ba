package dev.nightjar.server.embedding;

import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;

/** One thing that becomes a vector. */
public sealed interface EmbeddingInput {

    /** Where it stands in the request, such as {@code input[3]}. */
    String path();

    /** The text or the ids, wherever they stand. */
    Object content();

    /**
     * Its tokens.
     *
     * @param options what stands in front of a text, and what happens to one that is longer than
     *     {@code maxTokens}
     * @throws ApiException with status 400 if it is too long or not the model's
     */
    EncoderInput encode(EncoderModel model, EmbedOptions options, int maxTokens);

    /**
     * A text.
     *
     * @param path where it stands
     * @param text as the client wrote it
     */
    record Text(String path, String text) implements EmbeddingInput {

        @Override
        public Object content() {
            return text;
        }

        @Override
        public EncoderInput encode(EncoderModel model, EmbedOptions options, int maxTokens) {
            try {
                return model.encode(text, options, maxTokens);
            } catch (ContextLengthException tooLong) {
                throw tooLong(path, tooLong.promptTokens(), maxTokens);
            } catch (InvalidRequestException unfit) {
                throw ApiError.invalidRequest(path + ": " + unfit.getMessage())
                        .withParam(path)
                        .asException();
            }
        }
    }

    /**
     * Token ids, special ones included. They are never cut, as that would lose the special ones,
     * and get no prompt.
     *
     * @param path where they stand
     * @param ids at least one
     */
    record Ids(String path, int[] ids) implements EmbeddingInput {

        @Override
        public Object content() {
            return ids;
        }

        @Override
        public EncoderInput encode(EncoderModel model, EmbedOptions options, int maxTokens) {
            if (ids.length > maxTokens) {
                throw tooLong(path, ids.length, maxTokens);
            }
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] >= model.vocabSize()) {
                    String place = "%s[%d]".formatted(path, i);
                    throw ApiError.invalidRequest(
                                    "%s must be a token id from 0 to %d, found %d"
                                            .formatted(place, model.vocabSize() - 1, ids[i]))
                            .withParam(place)
                            .asException();
                }
            }
            return EncoderInput.of(ids);
        }
    }

    private static ApiException tooLong(String path, int found, int allowed) {
        return ApiError.invalidRequest(
                        "%s has %d tokens, but the model takes at most %d; shorten it"
                                .formatted(path, found, allowed))
                .withParam(path)
                .withCode("context_length_exceeded")
                .asException();
    }
}
