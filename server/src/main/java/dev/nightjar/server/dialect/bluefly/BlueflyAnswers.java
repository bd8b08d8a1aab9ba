package dev.nightjar.server.dialect.bluefly;

import dev.nightjar.server.answer.TokenCounts;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.FieldSchema;

/** What Bluefly's calls answer, for the API description. */
final class BlueflyAnswers {

    private static final String OUTPUT =
            """
            "output":{"type":"string"},"reasoning":{"type":"string"},\
            "finish_reason":{"type":"string","enum":["stop","length"]}""";

    static final AnswerSpec GENERATED =
            AnswerSpec.json(
                            FieldSchema.of(
                                    """
                                    {"type":"object",\
                                    "required":["id","model","output","finish_reason","usage"],\
                                    "properties":{"id":{"type":"string"},"model":{"type":"string"},\
                                    %1$s,"outputs":{"type":"array","items":{"type":"object",\
                                    "required":["index","output","finish_reason"],"properties":\
                                    {"index":{"type":"integer"},%1$s}}},"usage":%2$s}}"""
                                            .formatted(OUTPUT, TokenCounts.SCHEMA)))
                    .orEvents();

    private static final String STRINGS =
            """
            {"type":"array","items":{"type":"string"}}""";
    private static final String LIMIT =
            """
            {"type":["integer","null"]}""";

    private static final String MODEL_OBJECT =
            """
            {"type":"object","required":["id","object","name","description","capabilities","task",\
            "maxInputLength","max_input_tokens","max_output_tokens","version","versions",\
            "channels","status","created","owned_by"],"properties":{"id":{"type":"string"},\
            "object":{"type":"string","const":"model"},"name":{"type":"string"},\
            "description":{"type":"string"},"capabilities":%1$s,"task":{"type":"string"},\
            "maxInputLength":%2$s,"max_input_tokens":%2$s,"max_output_tokens":%2$s,\
            "version":{"type":"string"},"versions":%1$s,"channels":{"type":"object","properties":\
            {"latest":{"type":"string"},"stable":{"type":"string"},"legacy":{"type":"string"}}},\
            "status":{"type":"string","enum":["ready","unloaded"]},\
            "created":{"type":"integer"},"owned_by":{"type":"string"}}}"""
                    .formatted(STRINGS, LIMIT);

    static final AnswerSpec MODEL = AnswerSpec.json(FieldSchema.of(MODEL_OBJECT));

    static final AnswerSpec MODELS =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["object","models","data"],"properties":\
                            {"object":{"type":"string","const":"list"},\
                            "models":{"type":"array","items":%1$s},\
                            "data":{"type":"array","items":%1$s}}}"""
                                    .formatted(MODEL_OBJECT)));

    private BlueflyAnswers() {}
}
