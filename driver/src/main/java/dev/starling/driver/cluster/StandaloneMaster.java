package dev.starling.driver.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.master.WorkerInfo;
import org.apache.spark.deploy.master.WorkerResourceInfo;
import org.apache.spark.rpc.RpcAddress;
import scala.Option;
import scala.reflect.ClassTag;

/** A standalone master's workers, as its own pages ask for them: what they have in all, not what is free. */
final class StandaloneMaster {
    private static final ClassTag<DeployMessages.MasterStateResponse> STATE =
            scala.reflect.ClassTag$.MODULE$.apply(DeployMessages.MasterStateResponse.class);

    private StandaloneMaster() {}

    /** Why no worker could ever give an executor of this application; empty if one could, or if that cannot be found out. */
    static Optional<String> refusal(SparkContext spark) {
        for (Endpoint address : MasterAddress.of(spark.master())) {
            try {
                return refusal(workers(address, spark), spark.conf(), spark.executorMemory());
            } catch (Exception e) { // Scala throws checked exceptions without saying so.
                if (!(e instanceof SparkException) && !(e instanceof RuntimeException)) {
                    throw e;
                }
                // A master of another version, or one on standby: the next one, or none, may know.
            }
        }
        return Optional.empty();
    }

    private static WorkerInfo[] workers(Endpoint address, SparkContext spark) {
        return spark.env()
                .rpcEnv()
                .setupEndpointRef(new RpcAddress(address.host(), address.port()), Master.ENDPOINT_NAME())
                .askSync(DeployMessages.RequestMasterState$.MODULE$, STATE)
                .workers();
    }

    private static Optional<String> refusal(WorkerInfo[] workers, SparkConf conf, int megabytes) {
        if (workers.length == 0) {
            return Optional.of("the master has no worker (expected at least one)");
        }
        List<String> problems = new ArrayList<>();
        compare("spark.executor.memory in MiB", megabytes, most(workers, WorkerInfo::memory))
                .ifPresent(problems::add);
        compare("spark.executor.cores", conf.getInt("spark.executor.cores", 1), most(workers, WorkerInfo::cores))
                .ifPresent(problems::add);
        int gpus = conf.getInt("spark.executor.resource.gpu.amount", 0);
        compare("spark.executor.resource.gpu.amount", gpus, most(workers, StandaloneMaster::gpus))
                .ifPresent(problems::add);
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private static OptionalInt most(WorkerInfo[] workers, ToIntFunction<WorkerInfo> what) {
        return Arrays.stream(workers).mapToInt(what).max();
    }

    private static int gpus(WorkerInfo worker) {
        Option<WorkerResourceInfo> gpus = worker.resources().get("gpu");
        return gpus.isEmpty() ? 0 : gpus.get().addresses().size();
    }

    private static Optional<String> compare(String setting, int asked, OptionalInt most) {
        return asked <= most.orElse(0)
                ? Optional.empty()
                : Optional.of(setting + " is " + asked + ", and no worker has more than " + most.orElse(0)
                        + " (expected at most that)");
    }
}
