package dev.starling.driver.selection.bagging;

/**
 * How the squared error of models divides, as means over N rows: with ȳ(xₙ) the mean over models of what they predict for row n, bias² = 1/N Σₙ (ȳ(xₙ) − tₙ)², variance = 1/N Σₙ 1/M Σₘ (ȳ(xₙ) − yₘ(xₙ))², error = 1/N Σₙ 1/M Σₘ
 * (yₘ(xₙ) − tₙ)² (course notes, 3.16). error = bias² + variance for any predictions; where targets have noise of variance σ², that is part of the bias². bias² is the squared error of the mean, and so of the ensemble.
 *
 * @param bias2 ≥ 0
 * @param variance ≥ 0
 * @param error bias² + variance, but summed on its own
 */
public record Decomposition(double bias2, double variance, double error) {}
