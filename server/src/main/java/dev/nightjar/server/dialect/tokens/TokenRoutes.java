package dev.nightjar.server.dialect.tokens;

import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.route.Route;
import java.util.List;

/** The routes that encode and decode, at one of OpenAI's places and as lenient as that one. */
public final class TokenRoutes {

    private static final AnswerSpec TOKENS =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["tokens","count","max_model_len"],\
                            "properties":{"tokens":{"type":"array","items":{"type":["integer",\
                            "object"]}},"token_strs":{"type":"array","items":{"type":"string"}},\
                            "count":{"type":"integer"},"max_model_len":{"type":"integer"}}}"""));

    private static final AnswerSpec TEXT =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["content","prompt"],"properties":\
                            {"content":{"type":"string"},"prompt":{"type":"string"}}}"""));

    private final Surface surface;
    private final ModelCatalog models;

    /** At this place. */
    public TokenRoutes(Surface surface, ModelCatalog models) {
        this.surface = surface;
        this.models = models;
    }

    /** The routes. */
    public List<Route> all() {
        TokenizeRoute tokenize = new TokenizeRoute(surface, models);
        DetokenizeRoute detokenize = new DetokenizeRoute(surface, models);
        String call = surface.prefix().isEmpty() ? "root-" : "";
        return List.of(
                Route.post(
                                surface.dialect(),
                                surface.prefix() + "/tokenize",
                                "Counts and shows the tokens of a text or a conversation.",
                                tokenize.body(),
                                tokenize)
                        .withAnswer(TOKENS)
                        .withExample(
                                call + "tokenize",
                                "{\"model\":\"{model}\",\"text\":\"Hello, world!\"}"),
                Route.post(
                                surface.dialect(),
                                surface.prefix() + "/detokenize",
                                "Shows the text of tokens.",
                                detokenize.body(),
                                detokenize)
                        .withAnswer(TEXT)
                        .withExample(
                                call + "detokenize",
                                "{\"model\":\"{model}\",\"tokens\":[100,101,102]}"));
    }
}
