"""MLlib's time for ten folds of banknotes, for deploy/bench selection: each line on standard input asks for one measurement, its seconds go to standard output.

CrossValidator, parallelism 2, over a cached table in local[2]; MultilayerPerceptronClassifier 4-16-2 trains by L-BFGS over all rows, 50 iterations stand for the epochs; standardised in each fold.
It trains once more on all rows at the end, as it always does. Needs pyspark 3.5.
"""

import csv
import sys
import time

from pyspark.ml import Pipeline
from pyspark.ml.classification import MultilayerPerceptronClassifier
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import StandardScaler
from pyspark.ml.linalg import Vectors
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
from pyspark.sql import SparkSession

session = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "2")
    .getOrCreate()
)
session.sparkContext.setLogLevel("ERROR")
rows = list(csv.reader(open(sys.argv[1])))[1:]
table = session.createDataFrame(
    [(Vectors.dense([float(v) for v in row[:4]]), float(row[4]), i % 10) for i, row in enumerate(rows)],
    ["raw", "label", "fold"],
)
table = table.withColumn("fold", table.fold.cast("int")).repartition(2).cache()
table.count()
perceptron = MultilayerPerceptronClassifier(layers=[4, 16, 2], maxIter=50, seed=42)
validator = CrossValidator(
    estimator=Pipeline(stages=[StandardScaler(withMean=True, inputCol="raw", outputCol="features"), perceptron]),
    estimatorParamMaps=ParamGridBuilder().build(),
    evaluator=MulticlassClassificationEvaluator(metricName="accuracy"),
    numFolds=10,
    foldCol="fold",
    parallelism=2,
)
for line in sys.stdin:
    start = time.perf_counter()
    model = validator.fit(table)
    print(time.perf_counter() - start, flush=True)
    print("MLlib, accuracy", model.avgMetrics[0], file=sys.stderr)
