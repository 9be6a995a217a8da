package dev.starling.driver.data;

import java.io.Serializable;
import java.util.List;

/** One source of rows. Paths are absolute: a local path without a scheme, or any Hadoop URI; a CSV's path may be a folder or hold globs. */
public sealed interface SourceSpec extends Serializable {
    /**
     * IDX files (MNIST's format), gzip by name; unsigned bytes.
     *
     * @param labels may be empty where the target is the input
     */
    record Idx(String features, String labels) implements SourceSpec {}

    /**
     * @param delimiter one character, or the word {@code whitespace} for runs of blanks and tabs
     * @param target columns; several only for numbers; empty where the target is the input
     * @param features which columns are inputs; the targets never are
     * @param categorical inputs that are one-hot encoded
     * @param aside columns that are no inputs, whatever {@code features} says of all: cross-validation groups or orders rows by them
     */
    record Csv(
            String path,
            boolean header,
            String delimiter,
            char quote,
            boolean multiline,
            List<String> target,
            Features features,
            List<String> categorical,
            Missing missing,
            List<String> aside)
            implements SourceSpec {
        public Csv {
            target = List.copyOf(target);
            categorical = List.copyOf(categorical);
            aside = List.copyOf(aside);
        }

        public Csv(
                String path,
                boolean header,
                String delimiter,
                char quote,
                boolean multiline,
                List<String> target,
                Features features,
                List<String> categorical,
                Missing missing) {
            this(path, header, delimiter, quote, multiline, target, features, categorical, missing, List.of());
        }

        public Csv withAside(List<String> columns) {
            return new Csv(path, header, delimiter, quote, multiline, target, features, categorical, missing, columns);
        }
    }

    /** Columns are names, or without a header numbers from 0, −1 the last; as text. */
    sealed interface Features extends Serializable {
        record All() implements Features {}

        record Only(List<String> columns) implements Features {
            public Only {
                columns = List.copyOf(columns);
            }
        }

        record Drop(List<String> columns) implements Features {
            public Drop {
                columns = List.copyOf(columns);
            }
        }
    }

    /** @param values texts that mean a missing value */
    record Missing(List<String> values, Policy policy) implements Serializable {
        public Missing {
            values = List.copyOf(values);
        }
    }

    enum Policy {
        /** A missing value is invalid input, told with file and line. */
        ERROR,
        /** The row is left out. */
        DROP,
        /** The training rows' mean for numbers; no category for categorical columns; a missing target is still an error. */
        MEAN
    }
}
