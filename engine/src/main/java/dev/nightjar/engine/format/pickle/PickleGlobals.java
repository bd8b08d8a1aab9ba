package dev.nightjar.engine.format.pickle;

import dev.nightjar.engine.format.pickle.PickleValue.PickleSymbol;
import java.util.Set;

/** The names that pickles of one kind may use; any other is an error. */
public final class PickleGlobals {

    private final Set<String> names;

    /** Allows names such as {@code collections.OrderedDict} and no others. */
    public PickleGlobals(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    boolean allows(PickleSymbol symbol) {
        return names.contains(symbol.toString());
    }
}
