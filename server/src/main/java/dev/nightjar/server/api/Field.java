package dev.nightjar.server.api;

import java.util.List;
import java.util.function.Function;

/**
 * A member of a request body: its name, what it takes, what it means and how it is read. Requests
 * are read by the same declarations that the API description is written from.
 *
 * @param <T> what it is read as
 * @param name as clients write it
 * @param schema what it takes, as a JSON schema
 * @param summary what it means, one sentence
 * @param reader reads it, or answers with an error that names it
 */
public record Field<T>(
        String name, FieldSchema schema, String summary, Function<RequestField, T> reader) {

    /** Of any shape. */
    public static <T> Field<T> of(
            String name, FieldSchema schema, String summary, Function<RequestField, T> reader) {
        return new Field<>(name, schema, summary, reader);
    }

    /** A number in {@code [low, high]}. */
    public static Field<Double> number(String name, double low, double high, String summary) {
        return of(name, FieldSchema.number(low, high), summary, field -> field.number(low, high));
    }

    /** A number in {@code (low, high]}. */
    public static Field<Double> numberAbove(String name, double low, double high, String summary) {
        return of(
                name,
                FieldSchema.numberAbove(low, high),
                summary,
                field -> field.numberAbove(low, high));
    }

    /** An integer in {@code [low, high]}. */
    public static Field<Integer> integer(String name, int low, int high, String summary) {
        return of(name, FieldSchema.integer(low, high), summary, field -> field.integer(low, high));
    }

    /** An integer of 64 bits. */
    public static Field<Long> longInteger(String name, String summary) {
        return of(name, FieldSchema.integer(), summary, RequestField::integer);
    }

    /** True or false. */
    public static Field<Boolean> bool(String name, String summary) {
        return of(name, FieldSchema.bool(), summary, RequestField::bool);
    }

    /** A string. */
    public static Field<String> string(String name, String summary) {
        return of(name, FieldSchema.string(), summary, RequestField::string);
    }

    /** One of these words. */
    public static Field<String> word(String name, List<String> words, String summary) {
        return of(name, FieldSchema.words(words), summary, field -> field.word(words));
    }

    /** One that changes no answer of this server, whatever it holds. */
    public static Field<Boolean> withoutEffect(String name) {
        return of(name, FieldSchema.anything(), "Accepted and without effect here.", any -> true);
    }

    /** The same under another name. */
    public Field<T> named(String other) {
        return new Field<>(other, schema, summary, reader);
    }

    /** The same with another meaning. */
    public Field<T> meaning(String other) {
        return new Field<>(name, schema, other, reader);
    }
}
