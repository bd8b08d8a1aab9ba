package dev.nightjar.server.dialect.openai;

import dev.nightjar.server.answer.TokenCounts;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.FieldSchema;

/** What OpenAI's calls answer, for the API description. */
public final class AnswerSchemas {

    private static final String FRAME =
            """
            "id":{"type":"string"},"object":{"type":"string","const":"%s"},\
            "created":{"type":"integer"},"model":{"type":"string"},\
            "system_fingerprint":{"type":"string"}""";

    private static final String FINISH =
            """
            "finish_reason":{"type":"string","enum":["stop","length","tool_calls"]}""";

    private static final String MODEL_OBJECT =
            """
            {"type":"object","required":["id","object","created","owned_by"],"properties":\
            {"id":{"type":"string"},"object":{"type":"string","const":"model"},\
            "created":{"type":"integer"},"owned_by":{"type":"string"}}}""";

    static final AnswerSpec MODEL = AnswerSpec.json(FieldSchema.of(MODEL_OBJECT));

    /** The list of models. */
    public static final AnswerSpec MODELS =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["object","data"],"properties":\
                            {"object":{"type":"string","const":"list"},\
                            "data":{"type":"array","items":%s}}}"""
                                    .formatted(MODEL_OBJECT)));

    /** The prompt of a conversation. */
    public static final AnswerSpec PROMPT =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["prompt"],"properties":\
                            {"prompt":{"type":"string"}}}"""));

    /** The answers to a conversation. */
    public static final AnswerSpec CHAT =
            generated(
                    "chat.completion",
                    """
                    {"type":"object","required":["index","message","logprobs","finish_reason"],\
                    "properties":{"index":{"type":"integer"},"message":{"type":"object",\
                    "required":["role","content","refusal"],"properties":{"role":\
                    {"type":"string","const":"assistant"},"content":{"type":["string","null"]},\
                    "refusal":{"type":["string","null"]}}},"logprobs":{"type":["object","null"]},\
                    %s}}"""
                            .formatted(FINISH));

    static final AnswerSpec COMPLETION =
            generated(
                    "text_completion",
                    """
                    {"type":"object","required":["text","index","logprobs","finish_reason"],\
                    "properties":{"text":{"type":"string"},"index":{"type":"integer"},\
                    "logprobs":{"type":["object","null"]},%s}}"""
                            .formatted(FINISH));

    private AnswerSchemas() {}

    private static AnswerSpec generated(String object, String choice) {
        String schema =
                """
                {"type":"object","required":["id","object","created","model","choices","usage"],\
                "properties":{%s,"choices":{"type":"array","items":%s},"usage":%s}}"""
                        .formatted(FRAME.formatted(object), choice, TokenCounts.SCHEMA);
        return AnswerSpec.json(FieldSchema.of(schema)).orEvents();
    }
}
