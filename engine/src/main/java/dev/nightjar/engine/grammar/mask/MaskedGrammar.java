package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.rule.Node;
import dev.nightjar.engine.grammar.rule.Rule;
import dev.nightjar.engine.grammar.rule.TokenSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A grammar over a vocabulary and what was found out of it. Safe for use by many threads. */
public final class MaskedGrammar {

    /** Nodes of the trie to visit ahead at most: some tenths of a second. */
    private static final long MAX_PREPARATION = 60_000_000;

    private final Rule root;
    private final TokenIndex index;
    private final MaskCache cache;
    private final Machine machine = new Machine();
    private final MaskMaker maker;
    private Stacks start;
    private int generation;
    private long sizeBytes;

    /** Takes the rule that a whole text must fit. */
    public MaskedGrammar(Rule root, TokenIndex index, MaskCache cache) {
        this.root = root;
        this.index = index;
        this.cache = cache;
        maker = new MaskMaker(index, machine);
    }

    /** Computes the masks of all nodes ahead, unless they are very many. */
    public synchronized void prepare() {
        long bytes = 0;
        Set<Rule> found = new HashSet<>(Set.of(root));
        List<Rule> rules = new ArrayList<>(found);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Set<Rule> callees = new LinkedHashSet<>();
            rules.get(i).visit(nodes, callees, index.maxTokenBytes());
            callees.stream().filter(found::add).forEach(rules::add);
        }
        for (Node node : nodes) {
            if (node.hasTerminals() && maker.numVisited() < MAX_PREPARATION) {
                machine.beginMask();
                bytes += node.mask() == null ? maker.nodeMask(node).sizeBytes() : 0;
            }
        }
        maker.forget();
        sizeBytes = bytes;
    }

    /** The memory of the masks that were computed ahead for this grammar alone. */
    public synchronized long sizeBytes() {
        return sizeBytes;
    }

    TokenIndex index() {
        return index;
    }

    synchronized Stacks start() {
        if (start == null || generation != machine.generation()) {
            machine.beginStep();
            start = machine.start(root);
            generation = machine.generation();
        }
        return start;
    }

    /** The tokens that may follow, end tokens aside. */
    TokenSet mask(Stacks stacks) {
        TokenSet known = cache.find(stacks);
        if (known == null) {
            synchronized (this) {
                known = maker.mask(stacks);
            }
            cache.remember(stacks, known);
        }
        return known;
    }

    /** Where a token leads, by its text and as such; none if it may not follow. */
    synchronized Stacks accept(Stacks stacks, int token) {
        machine.beginStep();
        byte[] text = index.text(token);
        Stacks byText = text.length == 0 ? StackPool.NONE : stacks;
        for (int i = 0; i < text.length && byText != StackPool.NONE; i++) {
            byText = machine.step(byText, text[i] & 0xFF);
        }
        return machine.union(byText, machine.stepToken(stacks, token, text.length > 0));
    }
}
