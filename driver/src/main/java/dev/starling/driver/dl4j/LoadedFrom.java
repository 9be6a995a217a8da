package dev.starling.driver.dl4j;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A data set from a file that Hadoop reaches, by a loader of the user's. */
final class LoadedFrom {
    private LoadedFrom() {}

    static Function<String, MultiDataSet> dataSets(DataSetLoader loader, Configuration hadoop) {
        SerializableConfiguration shipped = new SerializableConfiguration(hadoop);
        return path -> loader.load(new HadoopSource(path, shipped.value())).toMultiDataSet();
    }

    static Function<String, MultiDataSet> multiDataSets(MultiDataSetLoader loader, Configuration hadoop) {
        SerializableConfiguration shipped = new SerializableConfiguration(hadoop);
        return path -> loader.load(new HadoopSource(path, shipped.value()));
    }

    private record HadoopSource(String path, Configuration hadoop) implements Source {
        @Override
        public InputStream getInputStream() throws IOException {
            Path file = new Path(path);
            return file.getFileSystem(hadoop).open(file);
        }

        @Override
        public String getPath() {
            return path;
        }
    }
}
