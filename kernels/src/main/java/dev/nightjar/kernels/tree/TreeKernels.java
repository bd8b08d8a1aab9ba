package dev.nightjar.kernels.tree;

import java.util.Optional;
import java.util.ServiceLoader;

/** Picks a kernel once, and says why if it is the reference. */
public final class TreeKernels {
    private static final System.Logger LOG = System.getLogger(TreeKernels.class.getName());

    private TreeKernels() {}

    /** Looked up when it is first asked for. */
    private static final class Holder {
        static final TreeKernel BEST = find();
    }

    /** The fastest kernel that runs here. */
    public static TreeKernel best() {
        return Holder.BEST;
    }

    private static TreeKernel find() {
        ClassLoader loader = TreeKernels.class.getClassLoader();
        for (TreeKernelProvider provider : ServiceLoader.load(TreeKernelProvider.class, loader)) {
            Optional<String> refusal = provider.refusal();
            if (refusal.isEmpty()) {
                return provider.kernel();
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "trees are walked without vectors: {0}",
                    refusal.get());
        }
        return new ScalarTreeKernel();
    }
}
