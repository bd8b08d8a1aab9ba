package dev.nightjar.tokenizer.jinja.value;

/** What a rendering has left of its {@link RenderLimits}. Belongs to one rendering. */
public final class Budget {
    private final RenderLimits limits;
    private long steps;
    private long chars;
    private int depth;

    /** A full one. */
    public Budget(RenderLimits limits) {
        this.limits = limits;
    }

    /** Takes steps. */
    public void step(long count) {
        steps += count;
        if (steps > limits.maxSteps()) {
            throw JinjaException.limit(
                    "the template takes more than %d steps".formatted(limits.maxSteps()));
        }
    }

    /** Takes the steps of reading a value's characters; what is no text takes none. */
    public void read(Value value) {
        if (value instanceof Str) {
            step(value.weight());
        }
    }

    /** Takes characters of a text that is about to be made. */
    public void text(long length) {
        chars += length;
        if (chars > limits.maxChars()) {
            throw JinjaException.limit(
                    "the template makes more than %d characters of text"
                            .formatted(limits.maxChars()));
        }
    }

    /** Goes one level deeper. */
    public void enter() {
        if (++depth > limits.maxDepth()) {
            depth--;
            throw JinjaException.limit(
                    "the template nests more than %d deep".formatted(limits.maxDepth()));
        }
    }

    /** Comes back from a level. */
    public void leave() {
        depth--;
    }
}
