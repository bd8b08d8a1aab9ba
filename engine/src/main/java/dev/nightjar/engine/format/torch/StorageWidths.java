package dev.nightjar.engine.format.torch;

import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleDict;
import dev.nightjar.engine.format.pickle.PickleValue.PickleList;
import dev.nightjar.engine.format.pickle.PickleValue.PicklePersistent;
import dev.nightjar.engine.format.pickle.PickleValue.PickleSymbol;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import dev.nightjar.kernels.tensor.DType;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Bytes per element of every storage that a value refers to, by key. The older form states only
 * numbers of elements where the elements stand, and their type in the references alone.
 */
final class StorageWidths {

    private final Map<String, Long> widths = new HashMap<>();
    private final Set<PickleValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<PickleValue> waiting = new ArrayDeque<>();

    private StorageWidths() {}

    static Map<String, Long> of(PickleValue root) {
        StorageWidths all = new StorageWidths();
        all.waiting.add(root);
        while (!all.waiting.isEmpty()) {
            PickleValue value = all.waiting.removeLast();
            if (all.seen.add(value)) {
                all.visit(value);
            }
        }
        return all.widths;
    }

    private void visit(PickleValue value) {
        switch (value) {
            case PickleTuple tuple -> waiting.addAll(tuple.elements());
            case PickleList list -> waiting.addAll(list.elements());
            case PickleDict dict -> visitAll(dict.entries());
            case PickleCall call -> {
                waiting.add(call.arguments());
                call.state().ifPresent(waiting::add);
                waiting.addAll(call.elements());
                visitAll(call.entries());
            }
            case PicklePersistent reference -> note(reference);
            default -> {
                // No references in it.
            }
        }
    }

    private void visitAll(List<PickleDict.Entry> entries) {
        entries.forEach(entry -> waiting.add(entry.value()));
    }

    private void note(PicklePersistent reference) {
        if (reference.id() instanceof PickleTuple id
                && id.elements().size() >= 5
                && id.elements().get(1) instanceof PickleSymbol type
                && id.elements().get(2) instanceof PickleText key) {
            Optional<DType> dtype = TorchNames.storageType(type.toString());
            widths.putIfAbsent(key.value(), dtype.map(DType::blockBytes).orElse(1).longValue());
        }
    }
}
