package dev.nightjar.engine.format.pickle;

import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleDict;
import dev.nightjar.engine.format.pickle.PickleValue.PickleList;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stack and the memo of a pickle that is being read. Each operation takes or adds a bounded
 * number of references, so the memory of both is bounded by the number of opcodes.
 */
final class PickleStack {
    private final PickleInput input;
    private final List<PickleValue> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();

    PickleStack(PickleInput input) {
        this.input = input;
    }

    void push(PickleValue value) {
        values.add(value);
    }

    PickleValue pop() {
        requireValues(1);
        return values.removeLast();
    }

    PickleValue peek() {
        requireValues(1);
        return values.getLast();
    }

    void mark() {
        marks.add(values.size());
    }

    void popOrMark() {
        if (values.size() > floor()) {
            values.removeLast();
        } else {
            popToMark();
        }
    }

    /** The values above the last mark, which goes with them. */
    List<PickleValue> popToMark() {
        if (marks.isEmpty()) {
            throw input.error("expected a mark on the stack, found none");
        }
        return popAll(values.size() - marks.removeLast());
    }

    void pushTuple(int size) {
        requireValues(size);
        push(new PickleTuple(popAll(size)));
    }

    void pushTuple() {
        push(new PickleTuple(popToMark()));
    }

    void pushList() {
        PickleList list = new PickleList();
        list.elements.addAll(popToMark());
        push(list);
    }

    void pushDict() {
        PickleDict dict = new PickleDict();
        dict.entries.addAll(entries(popToMark()));
        push(dict);
    }

    void append() {
        PickleValue element = pop();
        elementsOf(peek()).add(element);
    }

    void appendAll() {
        List<PickleValue> elements = popToMark();
        elementsOf(peek()).addAll(elements);
    }

    void setItem() {
        PickleValue value = pop();
        PickleValue key = pop();
        entriesOf(peek()).add(new PickleDict.Entry(key, value));
    }

    void setItems() {
        List<PickleDict.Entry> entries = entries(popToMark());
        entriesOf(peek()).addAll(entries);
    }

    void put(int index) {
        memo.put(index, peek());
    }

    void memoize() {
        put(memo.size());
    }

    void get(int index) {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw input.error("expected a memo entry %d, found none".formatted(index));
        }
        push(value);
    }

    /** A call of a function with the tuple above it. */
    void call() {
        PickleValue arguments = pop();
        push(new PickleCall(pop(), arguments));
    }

    /** A call with a tuple and a dictionary of named arguments. */
    void callWithKeywords() {
        PickleValue keywords = pop();
        PickleValue arguments = pop();
        push(new PickleCall(pop(), new PickleTuple(List.of(arguments, keywords))));
    }

    /** A call with all values above the mark. */
    void pushCall(PickleValue function) {
        push(new PickleCall(function, new PickleTuple(popToMark())));
    }

    /** A call of the first value above the mark with the others. */
    void pushCall() {
        List<PickleValue> all = popToMark();
        if (all.isEmpty()) {
            throw input.error("expected a class above the mark, found nothing");
        }
        push(new PickleCall(all.getFirst(), new PickleTuple(all.subList(1, all.size()))));
    }

    /** Sets the state of the object below it, which it takes from the stack. */
    PickleCall setState() {
        PickleValue state = pop();
        if (!(pop() instanceof PickleCall call)) {
            throw input.error("expected an object to set the state of, found another value");
        }
        call.state = Optional.of(state);
        return call;
    }

    private List<PickleValue> elementsOf(PickleValue target) {
        return switch (target) {
            case PickleList list -> list.elements;
            case PickleCall call -> call.elements;
            default -> throw input.error("expected a list to append to, found " + target.kind());
        };
    }

    private List<PickleDict.Entry> entriesOf(PickleValue target) {
        return switch (target) {
            case PickleDict dict -> dict.entries;
            case PickleCall call -> call.entries;
            default ->
                    throw input.error("expected a dictionary to put into, found " + target.kind());
        };
    }

    private List<PickleDict.Entry> entries(List<PickleValue> keysAndValues) {
        if (keysAndValues.size() % 2 != 0) {
            throw input.error(
                    "expected keys and values in pairs, found %d".formatted(keysAndValues.size()));
        }
        List<PickleDict.Entry> entries = new ArrayList<>(keysAndValues.size() / 2);
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            entries.add(new PickleDict.Entry(keysAndValues.get(i), keysAndValues.get(i + 1)));
        }
        return entries;
    }

    private List<PickleValue> popAll(int count) {
        List<PickleValue> above = values.subList(values.size() - count, values.size());
        List<PickleValue> result = List.copyOf(above);
        above.clear();
        return result;
    }

    private int floor() {
        return marks.isEmpty() ? 0 : marks.getLast();
    }

    private void requireValues(int count) {
        if (values.size() - floor() < count) {
            throw input.error(
                    "expected %d values on the stack, found %d"
                            .formatted(count, values.size() - floor()));
        }
    }
}
