package dev.nightjar.engine.grammar.schema;

import java.util.ArrayList;
import java.util.List;

/** Takes alternatives apart: each branch together with all that holds beside it. */
final class Alternation {

    private Alternation() {}

    /** The branches of the first alternatives, each with the other demands. */
    static List<List<Source>> branches(Constraints constraints) {
        Constraints.Alternatives first = constraints.alternatives.getFirst();
        List<Source> rest = new ArrayList<>();
        for (Source source : constraints.sources) {
            boolean isOwner = source.key().equals(first.owner().key());
            rest.add(isOwner ? source.without(first.keyword()) : source);
        }
        List<List<Source>> branches = new ArrayList<>();
        for (Source branch : first.branches()) {
            List<Source> all = new ArrayList<>(rest);
            all.add(branch);
            branches.add(all);
        }
        return branches;
    }
}
