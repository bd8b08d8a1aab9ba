package dev.nightjar.kernels.cpu.simd.matmul;

import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.cpu.simd.assembled.NativeTiles;
import dev.nightjar.kernels.cpu.simd.assembled.TileForm;
import dev.nightjar.kernels.cpu.simd.code.CodeFormat;
import dev.nightjar.kernels.cpu.simd.code.CodeTiles;
import dev.nightjar.kernels.cpu.simd.code.NibbleFormat;
import dev.nightjar.kernels.cpu.simd.code.QuantizedRows;
import dev.nightjar.kernels.cpu.simd.code.QuantizedTiles;
import dev.nightjar.kernels.cpu.simd.code.QuantizedTiles.Form;
import dev.nightjar.kernels.cpu.simd.code.WholeFormat;
import dev.nightjar.kernels.cpu.simd.code.WholeTiles;
import dev.nightjar.kernels.cpu.simd.group.FusedTiles;
import dev.nightjar.kernels.cpu.simd.group.GroupFormat;
import dev.nightjar.kernels.cpu.simd.group.Q8_0Words;
import dev.nightjar.kernels.cpu.simd.group.WordFactors;
import dev.nightjar.kernels.cpu.simd.layout.MatmulRows;
import dev.nightjar.kernels.cpu.simd.pack.PackedWeight;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.util.Arrays;
import java.util.Optional;

/**
 * Activations in every form that the parts of a weight read: as they are, in tiles, quantized.
 * Parts of one weight share them, so that what reads the same activations prepares them once.
 */
public final class PreparedRows {

    /**
     * For more rows, decoding codes into a panel pays. Vectors of less than 512 bits are half as
     * many codes, and then the sums of a block take as long to add up as to make.
     */
    private static final int MAX_PAIRED = VectorShapes.BITS == 512 ? 16 : 1;

    /** Rows of the largest tile that is multiplied while weights are decoded. */
    private static final int FUSED = VectorShapes.BITS == 512 ? 8 : 4;

    private static final TileForm[] FORMS = TileForm.values();

    final MatmulRows rows = new MatmulRows();
    private final ActivationTiles activations;
    private final WordFactors factors;
    private final ActivationTiles factorTiles;
    final QuantizedRows quantized = new QuantizedRows();
    final QuantizedTiles pairedTiles;
    final QuantizedTiles panelTiles;
    final QuantizedTiles wholeTiles;
    private final NativeTiles[] nativeTiles = new NativeTiles[FORMS.length];
    private boolean few;

    PreparedRows(WorkerPool pool) {
        activations = new ActivationTiles(pool, FusedTiles.MAX_ROWS, FUSED);
        factors = new WordFactors(pool);
        factorTiles = new ActivationTiles(pool, Q8_0Words.FUSED_ROWS, Q8_0Words.LARGEST);
        pairedTiles = new QuantizedTiles(pool, CodeTiles.MAX);
        panelTiles = new QuantizedTiles(pool, CodeTiles.MAX);
        wholeTiles = new QuantizedTiles(pool, WholeTiles.MAX);
        Arrays.setAll(nativeTiles, i -> new NativeTiles(pool, FORMS[i]));
    }

    /** Prepares the first row, which is alone. */
    void single(PackedWeight weight) {
        if (weight.takesFactors()) {
            factors.fill(rows, 1);
        }
        codes(weight, 1);
        for (TileForm form : FORMS) {
            if (weight.takes(form)) {
                NativeTiles tiles = nativeTiles[form.ordinal()];
                tiles.tiles.clear();
                tiles.add(0, 1);
                tiles.fill(rows);
            }
        }
    }

    private void codes(PackedWeight weight, int n) {
        if (!weight.hasCodes()) {
            return;
        }
        quantized.quantize(rows, n);
        for (int i = 0; i < weight.numParts(); i++) {
            Optional<CodeFormat> codes = weight.part(i).codes();
            if (codes.isPresent()) {
                quantized.arrange(codes.get().order());
            }
        }
    }

    /**
     * Forgets the tiles.
     *
     * @param fusesTiles whether the next ones meet weights that are decoded for each of them
     */
    void clear(boolean fusesTiles) {
        activations.clear(fusesTiles);
        factorTiles.clear(true);
        pairedTiles.tiles.clear();
        panelTiles.tiles.clear();
        wholeTiles.tiles.clear();
        for (NativeTiles tiles : nativeTiles) {
            tiles.tiles.clear();
        }
    }

    /** Cuts rows {@code [from, to)} into tiles. */
    void add(int from, int to) {
        activations.add(from, to);
        factorTiles.add(from, to);
        pairedTiles.add(from, to);
        panelTiles.add(from, to);
        wholeTiles.add(from, to);
        for (NativeTiles tiles : nativeTiles) {
            tiles.add(from, to);
        }
    }

    /** Takes a row that no other row shares a tile with, and that vectors multiply without one. */
    void addAlone(int row) {
        for (NativeTiles tiles : nativeTiles) {
            tiles.add(row, row + 1);
        }
    }

    /** Prepares {@code n} rows, which are in tiles, for exact products in tiles and one by one. */
    void fill(boolean takesActivations, boolean takesFactors, int n) {
        if (takesActivations) {
            activations.pack(rows);
        }
        if (takesFactors) {
            factors.fill(rows, n);
            factorTiles.pack(factors.rows);
        }
    }

    /** What a format multiplies with, row by row. */
    MatmulRows rowsOf(GroupFormat format) {
        return format.takesFactors() ? factors.rows : rows;
    }

    /** The same in tiles. */
    ActivationTiles tilesOf(GroupFormat format) {
        return format.takesFactors() ? factorTiles : activations;
    }

    /**
     * Prepares {@code n} rows, which are in tiles, for products of codes in tiles and one by one.
     *
     * @param least rows that meet the same weights
     * @param most rows that do
     */
    void fillCodes(PackedWeight weight, int n, int least, int most) {
        few = most <= MAX_PAIRED;
        boolean alone = false;
        boolean nibbles = false;
        boolean wholes = false;
        for (int i = 0; i < weight.numParts(); i++) {
            Optional<CodeFormat> codes = weight.part(i).codes();
            if (codes.isPresent()) {
                alone |= least <= codes.get().maxAlone();
                boolean tiled = most > codes.get().maxAlone();
                nibbles |= tiled && codes.get() instanceof NibbleFormat;
                wholes |= tiled && codes.get() instanceof WholeFormat;
            }
        }
        if (alone) {
            codes(weight, n);
        }
        if (nibbles && few) {
            pairedTiles.quantize(rows, Form.PAIRS);
        } else if (nibbles) {
            panelTiles.quantize(rows, Form.TWICE);
        }
        if (wholes) {
            wholeTiles.quantize(rows, Form.WHOLE);
        }
    }

    /** Prepares the rows, which are in tiles, for assembled functions. */
    void fillAssembled(PackedWeight weight) {
        for (TileForm form : FORMS) {
            if (weight.takes(form)) {
                nativeTiles[form.ordinal()].fill(rows);
            }
        }
    }

    /** The tiles that assembled functions read. */
    NativeTiles tilesOf(AssembledProducts products) {
        return nativeTiles[products.form().ordinal()];
    }

    /** The tiles that a part reads. */
    QuantizedTiles tilesOf(CodeFormat codes) {
        if (codes instanceof WholeFormat) {
            return wholeTiles;
        }
        return few ? pairedTiles : panelTiles;
    }
}
