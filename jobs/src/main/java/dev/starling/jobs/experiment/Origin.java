package dev.starling.jobs.experiment;

import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Scale;
import dev.starling.worker.network.NetworkSpec;
import java.util.Optional;

/**
 * A stored model that a network begins from.
 *
 * @param location its run, an absolute path or a URI
 * @param scale by which its inputs were scaled; empty for a model that came without data: nobody knows
 * @param preparation what became of a row before it saw it; likewise
 */
public record Origin(String location, NetworkSpec network, Optional<Scale> scale, Optional<Preparation> preparation) {}
