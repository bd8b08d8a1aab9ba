package dev.nightjar.kernels.tree;

import java.util.Optional;

/** Offers a kernel that is faster than the reference; found by service lookup. */
public interface TreeKernelProvider {

    /** Why it cannot run here; empty if it can. */
    Optional<String> refusal();

    /** The kernel; asked for only when there is no refusal. */
    TreeKernel kernel();
}
