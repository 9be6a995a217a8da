package dev.starling.worker.step;

/** Which step an experiment asks for ({@code training.step}). */
public enum StepChoice {
    AUTO,
    PLANNED,
    REFERENCE
}
