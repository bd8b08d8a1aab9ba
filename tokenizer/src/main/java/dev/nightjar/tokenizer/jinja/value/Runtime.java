package dev.nightjar.tokenizer.jinja.value;

/** What filters, tests and methods need of the rendering that they are part of. */
public interface Runtime {

    /** What the rendering has left. */
    Budget budget();

    /** A value that does not exist, for this reason. */
    Undefined undefined(String reason);

    /** {@code value.name}. */
    Value attribute(Value value, String name);

    /** {@code value[key]}. */
    Value item(Value value, Value key);

    /** {@code value | name(arguments)}. */
    Value filter(String name, Value value, Arguments arguments);

    /** {@code value is name(arguments)}. */
    boolean test(String name, Value value, Arguments arguments);

    /** Whether there is a filter of this name. */
    boolean hasFilter(String name);

    /** Whether there is a test of this name. */
    boolean hasTest(String name);

    /** What is printed for a value; charges nothing for texts, which exist already. */
    default String text(Value value) {
        return Printer.text(value, budget());
    }

    /** A text that was made just now. */
    default Str made(String text) {
        budget().text(text.length());
        return Str.of(text);
    }
}
