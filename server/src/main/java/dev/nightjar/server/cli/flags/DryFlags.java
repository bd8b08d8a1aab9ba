package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.request.DryParams;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How repeated passages are avoided. */
final class DryFlags {

    private static final DryParams USUAL = DryParams.of(0);

    @Option(
            names = "--dry-multiplier",
            paramLabel = "X",
            description = "Above 0 makes what would go on repeating a passage less likely.")
    private double multiplier;

    @Option(
            names = "--dry-base",
            paramLabel = "X",
            description = "How fast that grows with the length of the passage; default: 1.75.")
    private double base = USUAL.base();

    @Option(
            names = "--dry-allowed-length",
            paramLabel = "N",
            description = "Passages shorter than N tokens may recur; default: 2.")
    private int allowedLength = USUAL.allowedLength();

    @Option(
            names = "--dry-window",
            paramLabel = "N",
            description = "How many last tokens that looks at; default: -1, all of them.")
    private int window = USUAL.window();

    @Option(
            names = "--dry-sequence-breaker",
            paramLabel = "TEXT",
            description = "No passage reaches over TEXT; several times, instead of the usual ones.")
    private List<String> sequenceBreakers = USUAL.sequenceBreakers();

    /** Empty if nothing is asked for. */
    Optional<DryParams> params() {
        DryParams params =
                DryParams.of(multiplier)
                        .withBase(base)
                        .withAllowedLength(allowedLength)
                        .withWindow(window)
                        .withSequenceBreakers(sequenceBreakers);
        return params.isActive() ? Optional.of(params) : Optional.empty();
    }
}
