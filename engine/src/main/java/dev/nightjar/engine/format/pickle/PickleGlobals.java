package dev.nightjar.engine.format.pickle;

import dev.nightjar.engine.format.pickle.PickleValue.PickleSymbol;
import java.util.Set;

/** The names that pickles of one kind may use; any other is an error. */
public final class PickleGlobals {

    private final Set<String> names;
    private final Set<String> packages;

    /** Allows names such as {@code collections.OrderedDict} and no others. */
    public PickleGlobals(Set<String> names) {
        this(names, Set.of());
    }

    /** Allows names, and all names under packages such as {@code sklearn}. */
    public PickleGlobals(Set<String> names, Set<String> packages) {
        this.names = Set.copyOf(names);
        this.packages = Set.copyOf(packages);
    }

    boolean allows(PickleSymbol symbol) {
        String module = symbol.module();
        int dot = module.indexOf('.');
        return names.contains(symbol.toString())
                || packages.contains(dot < 0 ? module : module.substring(0, dot));
    }
}
