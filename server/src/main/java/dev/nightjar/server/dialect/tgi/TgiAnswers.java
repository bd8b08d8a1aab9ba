package dev.nightjar.server.dialect.tgi;

import dev.nightjar.server.api.FieldSchema;

/** What the call answers, for the API description. */
final class TgiAnswers {

    private static final String TOKEN =
            """
            {"type":"object","required":["id","text","logprob","special"],"properties":\
            {"id":{"type":"integer"},"text":{"type":"string"},"logprob":{"type":"number"},\
            "special":{"type":"boolean"}}}""";

    private static final String INPUT_TOKEN =
            """
            {"type":"object","required":["id","text","logprob"],"properties":\
            {"id":{"type":"integer"},"text":{"type":"string"},\
            "logprob":{"type":["number","null"]}}}""";

    private static final String DETAILS =
            """
            "finish_reason":{"type":"string","enum":["length","eos_token","stop_sequence"]},\
            "generated_tokens":{"type":"integer"},"seed":{"type":["integer","null"]},\
            "prefill":{"type":"array","items":%2$s},"tokens":{"type":"array","items":%1$s},\
            "top_tokens":{"type":"array","items":{"type":"array","items":%1$s}}"""
                    .formatted(TOKEN, INPUT_TOKEN);

    private static final String REQUIRED =
            """
            "finish_reason","generated_tokens","seed","prefill","tokens\"""";

    /** A whole answer; {@code details} only where they are asked for. */
    static final FieldSchema GENERATED =
            FieldSchema.of(
                    """
                    {"type":"object","required":["generated_text"],"properties":\
                    {"generated_text":{"type":"string"},"details":{"type":"object",\
                    "required":[%1$s],"properties":{%2$s,"best_of_sequences":{"type":"array",\
                    "items":{"type":"object","required":["generated_text",%1$s],"properties":\
                    {"generated_text":{"type":"string"},%2$s}}}}}}}"""
                            .formatted(REQUIRED, DETAILS));

    private TgiAnswers() {}
}
