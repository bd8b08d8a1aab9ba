package dev.nightjar.tokenizer.format.syntax;

/**
 * Where a value stands in a document, written out only when somebody asks.
 *
 * @param parent where the object or array stands that it is of; null for the whole document
 * @param key its name or its index
 */
public record JsonPath(JsonPath parent, Object key) {
    /** The whole document. */
    public static final JsonPath ROOT = new JsonPath(null, "$");

    private static final int MAX_NAME_CHARS = 60;

    /** The member of this name. */
    public JsonPath member(String name) {
        return new JsonPath(this, name);
    }

    /** The element at this index. */
    public JsonPath element(int index) {
        return new JsonPath(this, index);
    }

    /** Such as {@code $.added_tokens[3].content}. */
    @Override
    public String toString() {
        return switch (key) {
            case Integer index -> parent + "[" + index + "]";
            case String name when parent == null -> name;
            case String name when name.length() > MAX_NAME_CHARS ->
                    parent + "." + name.substring(0, MAX_NAME_CHARS) + "…";
            default -> parent + "." + key;
        };
    }
}
