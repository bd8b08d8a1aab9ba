package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.Weight;

/** A weight as the CPU backends keep it: matrices stay where they are, vectors become floats. */
public sealed interface CpuWeight extends Weight
        permits MatrixWeight, VectorWeight, ExpertsWeight {}
