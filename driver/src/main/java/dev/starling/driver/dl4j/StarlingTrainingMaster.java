package dev.starling.driver.dl4j;

import dev.starling.driver.dl4j.FitTask.Attendants;
import dev.starling.worker.dl4j.NetworkCopy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the networks of {@link SparkDl4jMultiLayer} and {@link SparkComputationGraph} by Starling's replicas, in place of DL4J's {@code ParameterAveragingTrainingMaster}:
 *
 * <pre>{@code
 * TrainingMaster<?, ?> master = StarlingTrainingMaster.builder(32).batchSizePerWorker(32).averagingFrequency(5).build();
 * SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(sc, configuration, master);
 * network.fit(rdd);
 * }</pre>
 *
 * <p>A fit is one epoch. Every example of the data is trained once, in batches of {@code batchSizePerWorker} examples, whatever sizes the data sets have; only a replica's last batch may be smaller. Examples are dealt one by one, in the order
 * of the RDD, and not shuffled: one worker trains as one machine that fits the same batches does: up to rounding, and to the bit with {@link
 * MasterBuilder#step step(REFERENCE)}. After every {@code averagingFrequency} local steps, and at the end, replicas average parameters, weighted by their
 * examples; running means and variances of batch normalisation are pooled. Afterwards the driver's network has the parameters, the updater state, the iteration count (local steps of the longest part: schedules and
 * Adam's t go by it), the epoch count, and as score the mean of the replicas' last scores.
 *
 * <p>Hooks and listeners must be serializable; each replica has copies of its own, which see its local steps, as with DL4J's master. A {@code RoutingIterationListener}'s records come to the router of {@link
 * #setListeners(StatsStorageRouter, Collection)} after each fit.
 *
 * <p>Works in any session: it needs as many task slots as workers, no dynamic allocation (Spark's barrier stages do not have it), networks of floats. One fit at a time.
 */
public final class StarlingTrainingMaster implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
    private static final Logger LOG = LoggerFactory.getLogger(StarlingTrainingMaster.class);

    private final MasterSettings settings;
    private final List<TrainingHook> hooks;
    private List<TrainingListener> listeners = List.of();
    private Optional<StatsStorageRouter> router = Optional.empty();
    private Optional<FitStats> stats;
    private boolean warned;

    StarlingTrainingMaster(MasterSettings settings, List<TrainingHook> hooks, boolean collectStats) {
        this.settings = settings;
        this.hooks = new ArrayList<>(hooks);
        this.stats = collectStats ? Optional.of(new FitStats()) : Optional.empty();
    }

    public static MasterBuilder builder() {
        return new MasterBuilder();
    }

    /** @param rddDataSetNumExamples examples in each data set, which DL4J's master must be told; Starling looks for itself */
    public static MasterBuilder builder(int rddDataSetNumExamples) {
        return builder();
    }

    /** @param rddDataSetNumExamples likewise */
    public static MasterBuilder builder(int workers, int rddDataSetNumExamples) {
        return builder().workers(workers);
    }

    /** Reads what {@link #toJson} wrote; hooks and listeners are not part of it. */
    public static StarlingTrainingMaster fromJson(String json) {
        return new StarlingTrainingMaster(SettingsText.JSON.read(json), List.of(), false);
    }

    /** Reads what {@link #toYaml} wrote. */
    public static StarlingTrainingMaster fromYaml(String yaml) {
        return new StarlingTrainingMaster(SettingsText.YAML.read(yaml), List.of(), false);
    }

    @Override
    public String toJson() {
        return SettingsText.JSON.write(settings);
    }

    @Override
    public String toYaml() {
        return SettingsText.YAML.write(settings);
    }

    @Override
    public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> trainingData) {
        train(network, trainingData, DataSet::toMultiDataSet);
    }

    @Override
    public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> trainingData) {
        train(graph, trainingData, DataSet::toMultiDataSet);
    }

    @Override
    public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> trainingData) {
        train(graph, trainingData, data -> data);
    }

    /** @param network or {@code graph}: the other is null, and so is one of the loaders; DL4J calls it so */
    @Override
    public void executeTrainingPaths(
            SparkDl4jMultiLayer network,
            SparkComputationGraph graph,
            JavaRDD<String> trainingDataPaths,
            DataSetLoader dsLoader,
            MultiDataSetLoader mdsLoader) {
        JavaSparkContext spark = network != null ? network.getSparkContext() : graph.getSparkContext();
        Configuration hadoop = spark.hadoopConfiguration();
        Function<String, MultiDataSet> load =
                dsLoader != null ? LoadedFrom.dataSets(dsLoader, hadoop) : LoadedFrom.multiDataSets(mdsLoader, hadoop);
        if (network != null) {
            train(network, trainingDataPaths, load);
        } else {
            train(graph, trainingDataPaths, load);
        }
    }

    private <T> void train(SparkDl4jMultiLayer network, JavaRDD<T> data, Function<T, MultiDataSet> toMultiDataSet) {
        NetworkCopy copy = NetworkCopy.of(network.getNetwork());
        long seed = settings.seed()
                .orElse(network.getNetwork().getDefaultConfiguration().getSeed());
        Trained trained = new Trained(fit(network.getSparkContext()).run(copy, seed, data, toMultiDataSet));
        trained.into(network);
        finish(trained);
    }

    private <T> void train(SparkComputationGraph graph, JavaRDD<T> data, Function<T, MultiDataSet> toMultiDataSet) {
        NetworkCopy copy = NetworkCopy.of(graph.getNetwork());
        long seed = settings.seed()
                .orElse(graph.getNetwork()
                        .getConfiguration()
                        .getDefaultConfiguration()
                        .getSeed());
        Trained trained = new Trained(fit(graph.getSparkContext()).run(copy, seed, data, toMultiDataSet));
        trained.into(graph);
        finish(trained);
    }

    private Fit fit(JavaSparkContext spark) {
        return new Fit(spark, settings, new Attendants(listeners, hooks, router.isPresent()));
    }

    private void finish(Trained trained) {
        LOG.info(
                "Trained {} examples on {} replicas, score {}; step: {}",
                trained.examples(),
                trained.replicas().size(),
                trained.score(),
                trained.replicas().get(0).outcome().step());
        stats.ifPresent(all -> trained.replicas().forEach(all::add));
        router.ifPresent(trained::route);
        TreeSet<String> slower = new TreeSet<>();
        trained.replicas().forEach(done -> slower.addAll(done.slower()));
        if (!warned && !slower.isEmpty()) {
            warned = true;
            LOG.warn(
                    "Training is slower in this session than it could be: {}. Set the first kind by spark.executorEnv.<NAME> (in local mode the environment) and the flags by"
                            + " spark.executor.extraJavaOptions (in local mode spark-submit --driver-java-options)",
                    String.join("; ", slower));
        }
    }

    @Override
    public void addHook(TrainingHook trainingHook) {
        hooks.add(trainingHook);
    }

    @Override
    public void removeHook(TrainingHook trainingHook) {
        hooks.remove(trainingHook);
    }

    @Override
    public void setListeners(Collection<TrainingListener> listeners) {
        setListeners(null, listeners);
    }

    /** @param router or null: then what listeners send stays where they send it */
    @Override
    public void setListeners(StatsStorageRouter router, Collection<TrainingListener> listeners) {
        this.router = Optional.ofNullable(router);
        this.listeners = listeners == null ? List.of() : List.copyOf(listeners);
    }

    /** @throws UnsupportedOperationException always: a replica lives in a barrier stage and cannot be had alone */
    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
        throw noWorker();
    }

    /** @throws UnsupportedOperationException always */
    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
        throw noWorker();
    }

    private static UnsupportedOperationException noWorker() {
        return new UnsupportedOperationException(
                "Cannot give a worker: Starling's replicas live in one barrier stage (expected a call of fit)");
    }

    /** Whether {@link #getTrainingStats} collects from now on; what was collected is dropped by false. No time server is asked. */
    @Override
    public void setCollectTrainingStats(boolean collectTrainingStats) {
        stats = collectTrainingStats ? Optional.of(stats.orElseGet(FitStats::new)) : Optional.empty();
    }

    @Override
    public boolean getIsCollectTrainingStats() {
        return stats.isPresent();
    }

    /** @return loading, training, averaging and waiting of each replica and fit so far; null, as DL4J documents, if they are not collected */
    @Override
    public SparkTrainingStats getTrainingStats() {
        return stats.map(FitStats::copy).orElse(null);
    }

    /** @return true: there are none */
    @Override
    public boolean deleteTempFiles(JavaSparkContext sc) {
        return true;
    }

    /** @return true: there are none */
    @Override
    public boolean deleteTempFiles(SparkContext sc) {
        return true;
    }
}
