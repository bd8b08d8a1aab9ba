package dev.nightjar.engine.quantize;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;

/**
 * Which matrices of a mixture get another type than the rest. The rules are those by which files of
 * these names are usually made, so that a name means the same whoever wrote the file: the output
 * matrix, the values of attention and the second matrix of the feed-forward network get more bits,
 * some of them in some layers only.
 *
 * @param mixture the choice
 * @param traits of the model
 */
record MixtureRules(Mixture mixture, ModelTraits traits) {

    /**
     * Where a matrix stands among those of its role: {@code index} of {@code count}, by layer.
     *
     * @param index from 0
     * @param count at least 1
     */
    record Position(int index, int count) {

        boolean isInFirst(int fraction) {
            return index < count / fraction;
        }

        /** The first and last eighth of the layers, and every third between. */
        boolean deservesMoreBits() {
            return isInFirst(8) || index >= 7 * count / 8 || (index - count / 8) % 3 == 2;
        }
    }

    /** The type before it is known whether rows fit its blocks. */
    DType type(TensorRole role, Shape shape, Position position) {
        if (mixture.isPlain()) {
            return mixture.defaultType();
        }
        boolean isOutput =
                role == TensorRole.OUTPUT
                        || role == TensorRole.TOKEN_EMBEDDING && !traits.hasOutput();
        if (mixture == Mixture.MXFP4) {
            return microscaling(role, shape);
        }
        if (isOutput) {
            return output(shape);
        }
        return switch (role) {
            case ATTENTION_VALUE -> attentionValue(position);
            case ATTENTION_KEY -> traits.hasEightExperts() ? DType.Q8_0 : mixture.defaultType();
            case ATTENTION_OUTPUT -> attentionOutput();
            case FEED_FORWARD_DOWN -> feedForwardDown(position);
            default -> mixture.defaultType();
        };
    }

    private DType microscaling(TensorRole role, Shape shape) {
        boolean isOuter = role == TensorRole.OUTPUT || role == TensorRole.TOKEN_EMBEDDING;
        boolean isExpert = shape.rank() > 2;
        return isOuter || traits.numExperts() > 0 && !isExpert ? DType.Q8_0 : DType.MXFP4;
    }

    private DType output(Shape shape) {
        DType type = mixture.defaultType();
        boolean fits = shape.cols() % type.blockSize() == 0;
        return type == DType.Q8_0 || traits.isFalcon() || !fits ? DType.Q8_0 : DType.Q6_K;
    }

    private DType attentionValue(Position position) {
        if (traits.hasEightExperts()) {
            return DType.Q8_0;
        }
        boolean isGrouped = traits.groupSize() >= 4;
        DType type =
                switch (mixture) {
                    case Q2_K -> isGrouped ? DType.Q4_K : DType.Q3_K;
                    case Q3_K_M -> position.index < 2 ? DType.Q5_K : DType.Q4_K;
                    case Q3_K_L -> DType.Q5_K;
                    case Q4_K_S -> position.index < 4 ? DType.Q5_K : DType.Q4_K;
                    case Q4_K_M -> position.deservesMoreBits() ? DType.Q6_K : DType.Q4_K;
                    case Q5_K_M -> position.deservesMoreBits() ? DType.Q6_K : DType.Q5_K;
                    case IQ4_NL, IQ4_XS -> isGrouped ? DType.Q5_K : mixture.defaultType();
                    default -> mixture.defaultType();
                };
        boolean isSmall = type == DType.Q3_K || type == DType.Q4_K;
        return traits.isDeepAndGrouped() && isSmall ? DType.Q5_K : type;
    }

    private DType attentionOutput() {
        if (traits.isFalcon()) {
            return mixture == Mixture.Q3_K_L ? DType.Q4_K : mixture.defaultType();
        }
        if (traits.hasEightExperts()) {
            return switch (mixture) {
                case Q2_K, Q3_K_S, Q3_K_M, Q4_K_S, Q4_K_M, IQ4_NL, IQ4_XS -> DType.Q5_K;
                default -> mixture.defaultType();
            };
        }
        return switch (mixture) {
            case Q2_K -> DType.Q3_K;
            case Q3_K_M -> DType.Q4_K;
            case Q3_K_L -> DType.Q5_K;
            default -> mixture.defaultType();
        };
    }

    private DType feedForwardDown(Position position) {
        boolean more = position.deservesMoreBits();
        if (traits.isFalcon()) {
            return switch (mixture) {
                case Q2_K -> DType.Q3_K;
                case Q3_K_M -> position.isInFirst(16) ? DType.Q5_K : more ? DType.Q4_K : DType.Q3_K;
                case Q3_K_L -> DType.Q4_K;
                case Q4_K_M -> position.isInFirst(16) ? DType.Q6_K : more ? DType.Q5_K : DType.Q4_K;
                case Q5_K_M -> more ? DType.Q6_K : DType.Q5_K;
                case IQ4_NL, IQ4_XS -> position.isInFirst(8) ? DType.Q5_K : mixture.defaultType();
                default -> mixture.defaultType();
            };
        }
        return switch (mixture) {
            case Q2_K -> DType.Q3_K;
            case Q3_K_M -> position.isInFirst(16) ? DType.Q5_K : DType.Q4_K;
            case Q3_K_L -> DType.Q5_K;
            case Q4_K_M -> more ? DType.Q6_K : DType.Q4_K;
            case Q5_K_M -> more ? DType.Q6_K : DType.Q5_K;
            case Q4_K_S, IQ4_NL, IQ4_XS ->
                    position.isInFirst(8) ? DType.Q5_K : mixture.defaultType();
            default -> mixture.defaultType();
        };
    }

    /** The type that takes over where rows do not fill whole blocks of {@code type}. */
    static DType fitting(DType type, Shape shape) {
        if (shape.cols() % type.blockSize() == 0) {
            return type;
        }
        DType smaller =
                switch (type) {
                    case Q2_K, Q3_K -> DType.Q4_0;
                    case Q4_K -> DType.Q5_0;
                    case Q5_K -> DType.Q5_1;
                    case Q6_K -> DType.Q8_0;
                    case IQ4_XS -> DType.IQ4_NL;
                    default -> DType.F16;
                };
        return shape.cols() % smaller.blockSize() == 0 ? smaller : DType.F16;
    }
}
