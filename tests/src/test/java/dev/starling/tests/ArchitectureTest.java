package dev.starling.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between modules and packages: {@code worker ← driver ← jobs}, and no way round. */
class ArchitectureTest {
    private static final String WORKER = "dev.starling.worker..";
    private static final String DRIVER = "dev.starling.driver..";
    /** The module jobs: its packages, and the root package with the main class. */
    private static final String[] JOBS = {"dev.starling.jobs..", "dev.starling"};

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.starling");

    @ParameterizedTest
    @ValueSource(strings = {WORKER, DRIVER, "dev.starling"})
    void seesTheClassesOfEveryModule(String module) {
        assertThat(CLASSES.that(resideInAPackage(module))).isNotEmpty();
    }

    @Test
    void workerKnowsNeitherDriverNorJobs() {
        noClasses()
                .that()
                .resideInAPackage(WORKER)
                .should()
                .dependOnClassesThat(resideInAPackage(DRIVER).or(resideInAnyPackage(JOBS)))
                .check(CLASSES);
    }

    @Test
    void workerKnowsOfSparkOnlyItsTransportAndOfHadoopNothing() {
        noClasses()
                .that()
                .resideInAPackage(WORKER)
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
                        .and(not(resideInAPackage("org.apache.spark.network.."))))
                .check(CLASSES);
    }

    @Test
    void driverDoesNotKnowJobs() {
        noClasses()
                .that()
                .resideInAPackage(DRIVER)
                .should()
                .dependOnClassesThat(resideInAnyPackage(JOBS))
                .check(CLASSES);
    }

    @Test
    void onlyJobsReadsTheEnvironment() {
        noClasses()
                .that()
                .resideInAnyPackage(WORKER, DRIVER)
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.starling.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
