package dev.nightjar.engine.tabular.graph;

import java.util.List;

/**
 * An array of text.
 *
 * @param shape of it
 * @param texts all of them; not to be changed
 */
public record TextArray(Shape shape, String[] texts) implements Array {

    /** Checks that the texts fill the shape. */
    public TextArray {
        if (texts.length != shape.count()) {
            throw new IllegalArgumentException(
                    "expected texts for %s, found %d".formatted(shape, texts.length));
        }
    }

    /** A vector of text. */
    public static TextArray vector(List<String> texts) {
        return new TextArray(new Shape(texts.size()), texts.toArray(String[]::new));
    }

    @Override
    public ElementType type() {
        return ElementType.TEXT;
    }

    @Override
    public TextArray reshaped(Shape other) {
        return new TextArray(other, texts);
    }

    @Override
    public void copy(Array from, int fromIndex, int toIndex, int count) {
        System.arraycopy(((TextArray) from).texts, fromIndex, texts, toIndex, count);
    }
}
