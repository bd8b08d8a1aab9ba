package dev.nightjar.server.embedding;

import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.Embedding;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.answer.EncoderCall;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Computes the vectors that a request asks for, as long as it has time and its client is there. */
public final class Embedder {

    private static final HeaderName WARNING = HeaderNames.create("X-Warning");

    private final Answers answers;

    /** Within the limits of these answers. */
    public Embedder(Answers answers) {
        this.answers = answers;
    }

    /**
     * The vectors, in the order of the inputs.
     *
     * @throws dev.nightjar.server.error.ApiException with status 400 if the model is for another
     *     task or an input is too long
     */
    public List<Embedding> embed(
            ServerRequest request,
            ServerResponse response,
            ServedModel model,
            List<EmbeddingInput> inputs,
            EmbedOptions options) {
        EncoderModel encoder = model.encoder(ModelTask.EMBED);
        int maxTokens =
                Math.min(
                        encoder.maxInputTokens(),
                        model.maxInput().orElse(encoder.maxInputTokens()));
        List<Embedding> embeddings =
                answers.encode(
                        request,
                        response,
                        EncoderCall.embed(
                                encoder,
                                inputs.stream().map(EmbeddingInput::content).toList(),
                                options,
                                maxTokens,
                                () -> {
                                    List<EncoderInput> ids =
                                            inputs.stream()
                                                    .map(
                                                            input ->
                                                                    input.encode(
                                                                            encoder, options,
                                                                            maxTokens))
                                                    .toList();
                                    return encoder.embedInputs(ids, options);
                                }));
        warnOfCut(response, encoder.outputSize(), options);
        return embeddings;
    }

    /** Files do not say whether a model was trained for shorter vectors. */
    private static void warnOfCut(ServerResponse response, int size, EmbedOptions options) {
        if (options.dimensions().orElse(size) < size) {
            response.header(
                    WARNING,
                    ("dimensions keeps %d of %d elements; only vectors of models trained for that"
                                    + " stay as good")
                            .formatted(options.dimensions().getAsInt(), size));
        }
    }
}
