package dev.starling.driver.dl4j;

import dev.starling.worker.dl4j.StepWatcher;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Hands a replica's steps on to DL4J Spark's hooks. */
record HooksWatcher(List<TrainingHook> hooks) implements StepWatcher {
    @Override
    public void before(DataSet batch, Model model) {
        hooks.forEach(hook -> hook.preUpdate(batch, model));
    }

    @Override
    public void after(DataSet batch, Model model) {
        hooks.forEach(hook -> hook.postUpdate(batch, model));
    }

    @Override
    public void before(MultiDataSet batch, Model model) {
        hooks.forEach(hook -> hook.preUpdate(batch, model));
    }

    @Override
    public void after(MultiDataSet batch, Model model) {
        hooks.forEach(hook -> hook.postUpdate(batch, model));
    }

    @Override
    public boolean keepsBatches() {
        return true;
    }
}
