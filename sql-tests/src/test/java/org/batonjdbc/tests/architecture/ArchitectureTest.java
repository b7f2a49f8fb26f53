package org.batonjdbc.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between modules, and between the packages of one. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .importPackages(
                    "org.batonjdbc.store", "org.batonjdbc.driver", "org.batonjdbc.shell", "org.batonjdbc.tests");

    @Test
    void modulesKnowOnlyTheOneThatTheyStandOn() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("store")
                .definedBy("org.batonjdbc.store..")
                .layer("driver")
                .definedBy("org.batonjdbc.driver..")
                .layer("shell")
                .definedBy("org.batonjdbc.shell..")
                .layer("sql-tests")
                .definedBy("org.batonjdbc.tests..")
                .whereLayer("sql-tests")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("shell")
                .mayOnlyBeAccessedByLayers("sql-tests")
                .whereLayer("driver")
                .mayOnlyBeAccessedByLayers("shell")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("driver")
                // The slices of a text are the driver's own matter, but only here are statements to slice.
                .ignoreDependency(simpleName("KeySliceTest"), resideInAPackage("org.batonjdbc.driver.sql"))
                .check(ALL);
    }

    @Test
    void theStoreModuleKnowsNoSqlOfApplications() {
        noClasses()
                .that()
                .resideInAPackage("org.batonjdbc.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.calcite..", "org.batonjdbc.driver..")
                .check(ALL);
    }

    /** Tests of an engine may start its server. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "hsqldb", "postgresql"})
    void onlyTheDialectOfAnEngineKnowsTheEngine(String engine) {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.batonjdbc.store.dialect." + engine + "..", "org.batonjdbc.tests.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org." + engine + "..")
                .check(ALL);
    }

    /** The root package of a module is one of its packages: it may be used by the others or use them, not both. */
    @ParameterizedTest
    @ValueSource(strings = {"store", "driver", "shell"})
    void noPackagesOfAModuleNeedEachOther(String module) {
        slices().assignedFrom(packagesOf("org.batonjdbc." + module))
                .should()
                .beFreeOfCycles()
                .check(ALL.that(DescribedPredicate.describe(
                        "are of the module",
                        javaClass -> javaClass.getPackageName().startsWith("org.batonjdbc." + module))));
    }

    private static SliceAssignment packagesOf(String root) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                String name = javaClass.getPackageName();
                return name.equals(root) || name.startsWith(root + ".")
                        ? SliceIdentifier.of(name)
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "the packages of " + root;
            }
        };
    }
}
