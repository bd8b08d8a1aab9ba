package dev.nightjar.server.route;

import dev.nightjar.server.error.ErrorShape;
import java.util.List;

/** The wire APIs that this server speaks. */
public enum Dialect {
    /** OpenAI's API below {@code /v1}. */
    OPENAI("OpenAI", ErrorShape.OBJECT),
    /** The llm_serving README: OpenAI's routes at the root, more lenient. */
    LLM_SERVING("llm_serving", ErrorShape.OBJECT_AND_DETAIL),
    /** Bluefly inference services below {@code /api/v1}. */
    BLUEFLY("Bluefly", ErrorShape.OBJECT),
    /** MK1 Flywheel's generate call. */
    FLYWHEEL("Flywheel", ErrorShape.OBJECT),
    /** Text Generation Inference, whose bodies share Flywheel's path. */
    TGI("Text Generation Inference", ErrorShape.TEI),
    /** The OICM inference gateway below {@code /models/{id}/proxy}. */
    OICM("OICM", ErrorShape.OBJECT),
    /** Jina's and Cohere's reranking. */
    COHERE("Jina, Cohere", ErrorShape.OBJECT),
    /** The Open Inference Protocol below {@code /v2}, as KServe and Triton speak it. */
    OPEN_INFERENCE("Open Inference Protocol", ErrorShape.TEI),
    /** What is ours: health, metrics, descriptions. */
    NIGHTJAR("Nightjar", ErrorShape.OBJECT);

    private final String title;
    private final ErrorShape errors;

    Dialect(String title, ErrorShape errors) {
        this.title = title;
        this.errors = errors;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** How its errors look unless a route says otherwise. */
    public ErrorShape errors() {
        return errors;
    }

    /** The dialect that a path without route belongs to. */
    public static Dialect ofPath(String path) {
        if (path.startsWith("/api/v1")) {
            return BLUEFLY;
        }
        if (path.startsWith("/v2/models") || path.startsWith("/v2/health")) {
            return OPEN_INFERENCE;
        }
        if (path.startsWith("/v1") || path.startsWith("/v2")) {
            return OPENAI;
        }
        if (path.startsWith("/models/") && List.of(path.split("/")).contains("proxy")) {
            return OICM;
        }
        return path.startsWith("/flywheel/") ? FLYWHEEL : LLM_SERVING;
    }
}
