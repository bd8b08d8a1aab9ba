package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.rule.Node;
import dev.nightjar.engine.grammar.rule.Rule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs rules over bytes and tokens: from a set of stacks to the next. What follows is remembered in
 * the sets, so that a step is mostly one look-up. For one thread at a time.
 */
final class Machine {

    /** Sets of stacks that one grammar remembers, up to 1 KiB each. */
    private static final int CAPACITY = 4096;

    /** Work for one token, and for one mask: several times what large grammars take. */
    private static final long STEP_WORK = 200_000;

    private static final long MASK_WORK = 4_000_000;

    private final WorkLimit work = new WorkLimit();
    private final StackPool pool = new StackPool(CAPACITY, work);

    /** Nodes that are reached and what lies below them, while a step is made. */
    private final Map<Node, Stacks> reached = new LinkedHashMap<>();

    private final Deque<Node> open = new ArrayDeque<>();
    private boolean isComplete;

    /** Begins with a token. */
    void beginStep() {
        reset(STEP_WORK);
    }

    /** Begins with a mask. */
    void beginMask() {
        reset(MASK_WORK);
    }

    /** Work that was too much may have left something behind. */
    private void reset(long amount) {
        work.allow(amount);
        reached.clear();
        open.clear();
        isComplete = false;
    }

    /** Where a rule begins. */
    Stacks start(Rule rule) {
        reach(rule.start(), StackPool.EMPTY);
        return settle();
    }

    /** A node above the empty stack. */
    Stacks alone(Node node) {
        return pool.one(node, StackPool.EMPTY);
    }

    /** Counts how often the sets of before were forgotten. */
    int generation() {
        return pool.generation();
    }

    /** Where a byte leads; {@link StackPool#NONE} if it is not allowed. */
    Stacks step(Stacks stacks, int value) {
        if (!stacks.mayFollow(value)) {
            return StackPool.NONE;
        }
        Stacks known = stacks.next(value);
        if (known != null) {
            return known;
        }
        for (int i = 0; i < stacks.tops.length; i++) {
            Stacks below = stacks.below[i];
            stacks.tops[i].step(value, target -> reach(target, below));
        }
        Stacks next = settle();
        stacks.rememberNext(value, next);
        return next;
    }

    /** Where a token leads as such, without its text. */
    Stacks stepToken(Stacks stacks, int id, boolean hasText) {
        for (int i = 0; i < stacks.tops.length; i++) {
            Stacks below = stacks.below[i];
            stacks.tops[i].stepToken(id, hasText, target -> reach(target, below));
        }
        return settle();
    }

    Stacks union(Stacks a, Stacks b) {
        return pool.union(a, b);
    }

    /** Returns of a set whose tops are complete rules' callers: what may follow the return. */
    Stacks settled(Stacks stacks) {
        if (stacks.settled() == null) {
            for (int i = 0; i < stacks.tops.length; i++) {
                reach(stacks.tops[i], stacks.below[i]);
            }
            isComplete |= stacks.hasEmpty;
            stacks.rememberSettled(settle());
        }
        return stacks.settled();
    }

    private void reach(Node node, Stacks below) {
        work.spend(1);
        Stacks known = reached.get(node);
        Stacks all = known == null ? below : pool.union(known, below);
        if (all != known) {
            reached.put(node, all);
            open.add(node);
        }
    }

    /** Makes all calls and returns that are possible, and keeps the nodes that take a symbol. */
    private Stacks settle() {
        while (!open.isEmpty()) {
            Node node = open.poll();
            Stacks below = reached.get(node);
            if (node.isAccepting()) {
                for (int i = 0; i < below.tops.length; i++) {
                    reach(below.tops[i], below.below[i]);
                }
                isComplete |= below.hasEmpty;
            }
            for (int i = 0; i < node.numCalls(); i++) {
                Node then = node.returnOf(i);
                // A call at the end of a rule returns to where the rule itself would return.
                reach(node.call(i).start(), then.isEnd() ? below : pool.one(then, below));
            }
        }
        List<Node> tops = new ArrayList<>(reached.size());
        List<Stacks> below = new ArrayList<>(reached.size());
        reached.forEach(
                (node, stacks) -> {
                    if (node.hasTerminals()) {
                        tops.add(node);
                        below.add(stacks);
                    }
                });
        boolean hasEmpty = isComplete;
        reached.clear();
        isComplete = false;
        return pool.of(tops.toArray(Node[]::new), below.toArray(Stacks[]::new), hasEmpty);
    }
}
