package dev.nightjar.engine.format.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the elements of an array: as doubles as long as they are all numbers. */
final class Elements {
    private double[] numbers = new double[8];
    private int size;
    private List<DocumentValue> items;

    void add(DocumentValue value) {
        if (items == null && value instanceof DocumentValue.Number number) {
            add(number.value());
            return;
        }
        if (items == null) {
            items = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                items.add(new DocumentValue.Number(numbers[i]));
            }
        }
        items.add(value);
    }

    void add(double number) {
        if (items != null) {
            items.add(new DocumentValue.Number(number));
            return;
        }
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    DocumentValue value() {
        return items == null
                ? new DocumentValue.Numbers(Arrays.copyOf(numbers, size))
                : new DocumentValue.Items(items);
    }
}
