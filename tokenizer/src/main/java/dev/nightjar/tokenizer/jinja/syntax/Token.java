package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.value.Nothing;
import dev.nightjar.tokenizer.jinja.value.Position;
import dev.nightjar.tokenizer.jinja.value.Value;

/**
 * A piece of source.
 *
 * @param type what it is
 * @param text its characters, of a text block those that are left after white space control
 * @param value of a literal, else none
 * @param at where it begins
 */
record Token(Type type, String text, Value value, Position at) {

    /** What a token is. */
    enum Type {
        TEXT("text"),
        OUTPUT_BEGIN("'{{'"),
        OUTPUT_END("'}}'"),
        BLOCK_BEGIN("'{%'"),
        BLOCK_END("'%}'"),
        NAME("a name"),
        STRING("a string"),
        INTEGER("an integer"),
        FLOAT("a number"),
        OPERATOR("an operator"),
        END("the end of the template");

        private final String description;

        Type(String description) {
            this.description = description;
        }
    }

    static Token of(Type type, String text, Position at) {
        return new Token(type, text, Nothing.NONE, at);
    }

    boolean isName(String name) {
        return type == Type.NAME && text.equals(name);
    }

    boolean isOperator(String operator) {
        return type == Type.OPERATOR && text.equals(operator);
    }

    /** For messages. */
    String description() {
        return switch (type) {
            case NAME, OPERATOR, INTEGER, FLOAT -> "'" + text + "'";
            default -> type.description;
        };
    }
}
