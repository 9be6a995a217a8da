package dev.starling.driver.ensemble;

import dev.starling.worker.data.Preparation;
import dev.starling.worker.network.NetworkSpec;
import java.io.Serializable;

/** One model of several, without its parameters. */
public record Member(NetworkSpec network, Preparation preparation) implements Serializable {}
