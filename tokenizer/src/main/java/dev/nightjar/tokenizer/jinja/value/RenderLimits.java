package dev.nightjar.tokenizer.jinja.value;

/**
 * What one rendering may cost. None of it depends on a clock, so a rendering that passes once
 * passes always.
 *
 * @param maxSourceChars of the template
 * @param maxSteps expressions evaluated and items walked through
 * @param maxChars of all texts made on the way, the output included
 * @param maxDepth of calls, blocks and expressions inside each other
 */
public record RenderLimits(int maxSourceChars, long maxSteps, long maxChars, int maxDepth) {

    /** For templates that come with a checkpoint. */
    public static RenderLimits ofCheckpoint() {
        return new RenderLimits(1 << 20, 4_000_000, 32_000_000, 400);
    }

    /** For templates that come with a request. */
    public static RenderLimits ofRequest() {
        return new RenderLimits(1 << 17, 1_000_000, 8_000_000, 400);
    }
}
