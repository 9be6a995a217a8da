package dev.starling.driver.dl4j;

import dev.starling.worker.dl4j.FitOutcome;
import dev.starling.worker.network.dl4j.Dl4jMemory;
import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a gang brought home, put where a user of DL4J Spark looks for it. SparkDl4jMultiLayer and SparkComputationGraph themselves count the epoch afterwards. */
record Trained(List<FitResult.Done> replicas) {
    long examples() {
        return replicas.stream().mapToLong(done -> done.outcome().examples()).sum();
    }

    private int iterations() {
        return replicas.stream()
                .mapToInt(done -> done.outcome().iterations())
                .max()
                .orElseThrow();
    }

    /** The mean of the replicas' scores of their last batches, weighted by these batches' examples. */
    OptionalDouble score() {
        double sum = 0;
        long examples = 0;
        for (FitResult.Done done : replicas) {
            FitOutcome outcome = done.outcome();
            if (outcome.lastExamples() > 0) {
                sum += outcome.score() * outcome.lastExamples();
                examples += outcome.lastExamples();
            }
        }
        return examples == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / examples);
    }

    void into(SparkDl4jMultiLayer spark) {
        MultiLayerNetwork network = spark.getNetwork();
        fill(network.params(), network.getUpdater().getStateViewArray());
        network.setIterationCount(iterations());
        score().ifPresent(score -> {
            network.setScore(score);
            spark.setScore(score);
        });
    }

    void into(SparkComputationGraph spark) {
        ComputationGraph network = spark.getNetwork();
        fill(network.params(), network.getUpdater().getStateViewArray());
        network.getConfiguration().setIterationCount(iterations());
        score().ifPresent(score -> {
            network.setScore(score);
            spark.setScore(score);
        });
    }

    private void fill(INDArray parameters, INDArray updaterState) {
        Dl4jMemory.of(parameters).set(replicas.get(0).parameters());
        if (updaterState != null) {
            Dl4jMemory.of(updaterState).set(replicas.get(0).updaterState());
        }
    }

    /** Hands on what listeners sent, by rank. */
    void route(StatsStorageRouter router) {
        for (FitResult.Done done : replicas) {
            if (!done.routed().metaData().isEmpty()) {
                router.putStorageMetaData(done.routed().metaData());
            }
            if (!done.routed().staticInfo().isEmpty()) {
                router.putStaticInfo(done.routed().staticInfo());
            }
            if (!done.routed().updates().isEmpty()) {
                router.putUpdate(done.routed().updates());
            }
        }
    }
}
