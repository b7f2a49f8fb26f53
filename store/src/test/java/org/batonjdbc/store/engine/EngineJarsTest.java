package org.batonjdbc.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineJarsTest {
    @TempDir
    Path engines;

    @TempDir
    Path repository;

    private String repositoryBefore;

    @BeforeEach
    void useAnEmptyRepository() {
        repositoryBefore = System.getProperty("maven.repo.local");
        System.setProperty("maven.repo.local", repository.toString());
    }

    @AfterEach
    void restoreTheRepository() {
        if (repositoryBefore == null) {
            System.clearProperty("maven.repo.local");
        } else {
            System.setProperty("maven.repo.local", repositoryBefore);
        }
    }

    private static Path file(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.createFile(path);
    }

    @Test
    void theConfiguredDirectoryComesBeforeTheRepository() throws Exception {
        Path inRepository = file(repository.resolve("com/h2database/h2/2.5.252/h2-2.5.252.jar"));
        assertThat(EngineJars.in(engines).find("h2:2.5.252", "jdbc:any:store")).containsExactly(inRepository);

        Path inDirectory = file(engines.resolve("h2-2.5.252.jar"));

        assertThat(EngineJars.in(engines).find("h2:2.5.252", "jdbc:any:store")).containsExactly(inDirectory);
        assertThat(EngineJars.standard().find("H2:2.5.252", "jdbc:any:store")).containsExactly(inRepository);
    }

    @Test
    void coordinatesAndPathsAreTakenAsTheyAre() throws Exception {
        Path driver = file(repository.resolve("org/example/jdbc/driver/1.0-rc.1/driver-1.0-rc.1.jar"));

        assertThat(EngineJars.standard().find("org.example.jdbc:driver:1.0-rc.1", "jdbc:any:store"))
                .containsExactly(driver);
        assertThat(EngineJars.standard().find(driver.toString(), "jdbc:any:store"))
                .containsExactly(driver);
        assertThatThrownBy(() -> EngineJars.standard().find("/nowhere/driver.jar", "jdbc:any:store"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("there is no file /nowhere/driver.jar");
    }

    @Test
    void derbyComesInThreeJarsFromItsRelease1015On() throws Exception {
        file(engines.resolve("derby-10.14.2.0.jar"));
        for (String artifact : new String[] {"derby", "derbyshared", "derbytools"}) {
            file(engines.resolve(artifact + "-10.16.1.1.jar"));
        }

        assertThat(EngineJars.in(engines).find("derby:10.14.2.0", "jdbc:any:store"))
                .hasSize(1);
        assertThat(EngineJars.in(engines).find("derby:10.16.1.1", "jdbc:any:store"))
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("derby-10.16.1.1.jar", "derbyshared-10.16.1.1.jar", "derbytools-10.16.1.1.jar");
    }

    @Test
    void aServerOfDerbysIsReachedThroughAnotherJar() throws Exception {
        file(engines.resolve("derbyclient-10.14.2.0.jar"));

        assertThat(EngineJars.in(engines).find("derby:10.14.2.0", "jdbc:derby://localhost/orders"))
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("derbyclient-10.14.2.0.jar");
    }

    @Test
    void aMissingJarIsLookedForInEveryPlaceAndTheMessageSaysWhatToDo() throws Exception {
        file(repository.resolve("com/h2database/h2/1.4.200/h2-1.4.200.jar"));

        assertThatThrownBy(() -> EngineJars.in(engines).find("h2:2.4.240", "jdbc:any:store"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"))
                .hasMessageContaining(engines.resolve("h2-2.4.240.jar").toString())
                .hasMessageContaining(
                        Path.of(".baton", "engines", "h2-2.4.240.jar").toString())
                .hasMessageContaining(repository
                        .resolve("com/h2database/h2/2.4.240/h2-2.4.240.jar")
                        .toString())
                .hasMessageContaining("mvn dependency:get -Dartifact=com.h2database:h2:2.4.240")
                .hasMessageContaining("here are: 1.4.200");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearestAndAllKnownOnes() {
        assertThatThrownBy(() -> EngineJars.standard().find("postgres:42.7.8", "jdbc:any:store"))
                .hasMessageContaining("did you mean postgresql?")
                .hasMessageContaining("h2, hsqldb, derby, postgresql, mariadb");
        assertThatThrownBy(() -> EngineJars.standard().find("oracle:23", "jdbc:any:store"))
                .hasMessageContaining("'oracle' is not known; known are");
    }

    @Test
    void aNameThatCannotBeReadIsAnsweredWithTheForms() {
        assertThatThrownBy(() -> EngineJars.standard().find("h2", "jdbc:any:store"))
                .hasMessageContaining("needs a version, such as h2:");
        assertThatThrownBy(() -> EngineJars.standard().find("h2:", "jdbc:any:store"))
                .hasMessageContaining("group:artifact:version");
        assertThatThrownBy(() -> EngineJars.standard().find("a:b:c:d", "jdbc:any:store"))
                .hasMessageContaining("too many parts");
    }
}
