package dev.nightjar.engine.answer.call;

/**
 * How a call is written whose arguments are tags.
 *
 * @param nameEnd what ends the name, or empty if the first argument or the end does
 * @param keyOpen before the name of an argument
 * @param keyClose behind it
 * @param valueOpen before its value, or empty if that follows at once
 * @param valueClose behind it
 * @param end behind the last argument
 */
record TagSyntax(
        String nameEnd,
        String keyOpen,
        String keyClose,
        String valueOpen,
        String valueClose,
        String end) {

    /** {@code name><parameter=key>value</parameter></function>}. */
    static final TagSyntax PARAMETERS =
            new TagSyntax(">", "<parameter=", ">", "", "</parameter>", "</function>");

    /** {@code name<arg_key>key</arg_key><arg_value>value</arg_value></tool_call>}. */
    static final TagSyntax KEYS_AND_VALUES =
            new TagSyntax(
                    "", "<arg_key>", "</arg_key>", "<arg_value>", "</arg_value>", "</tool_call>");
}
