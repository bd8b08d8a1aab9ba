package dev.nightjar.server.describe;

import dev.nightjar.server.error.ErrorShape;

/** The wire forms of errors, as JSON schemas. */
final class ErrorSchemas {

    private static final String OBJECT =
            """
            {"type":"object","required":["message","type","param","code","details","request_id"],\
            "properties":{"message":{"type":"string"},"type":{"type":"string"},\
            "param":{"type":["string","null"]},"code":{"type":["string","null"]},\
            "details":{"type":"null"},"request_id":{"type":"string"}}}""";

    private ErrorSchemas() {}

    /** The name of a form among the components. */
    static String name(ErrorShape shape) {
        return switch (shape) {
            case OBJECT -> "Error";
            case OBJECT_AND_DETAIL -> "ErrorWithDetail";
            case TEI -> "TeiError";
        };
    }

    /** Its schema. */
    static String schema(ErrorShape shape) {
        return switch (shape) {
            case OBJECT ->
                    """
                    {"type":"object","required":["error"],"properties":{"error":%s}}"""
                            .formatted(OBJECT);
            case OBJECT_AND_DETAIL ->
                    """
                    {"type":"object","required":["error","detail"],"properties":{"error":%s,\
                    "detail":{"type":"string"}}}"""
                            .formatted(OBJECT);
            case TEI ->
                    """
                    {"type":"object","required":["error","error_type"],"properties":\
                    {"error":{"type":"string"},"error_type":{"type":"string"}}}""";
        };
    }
}
