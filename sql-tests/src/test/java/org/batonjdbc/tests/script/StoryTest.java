package org.batonjdbc.tests.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.stream.Stream;
import net.hydromatic.quidem.Quidem;
import org.batonjdbc.tests.fixture.Leaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each {@code .iq} file of {@code src/test/resources/stories}: whole upgrades from H2 1.4.200 to 2.5.252, told in
 * SQL over failover URLs. What Quidem prints must be the file itself; with {@code -Dbaton.stories.accept=true} the file
 * becomes what it prints.
 */
class StoryTest {
    private static final Path SOURCES = Path.of("src/test/resources/stories");

    static Stream<Path> stories() throws Exception {
        URI directory = StoryTest.class.getResource("/stories").toURI();
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.filter(path -> path.toString().endsWith(".iq")).sorted().toList().stream();
        }
    }

    private final Leaks leaks = Leaks.before();

    @AfterEach
    void noThreadIsLeft() throws Exception {
        leaks.failOnThreads();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void aStoryGoesAsItIsWritten(Path story) throws Exception {
        String name = story.getFileName().toString().replace(".iq", "").replace('-', '_');
        String written = Files.readString(story, StandardCharsets.UTF_8);

        String happened = run(name, written);

        if (Boolean.getBoolean("baton.stories.accept")) {
            accept(SOURCES.resolve(story.getFileName()), happened);
        } else {
            assertThat(happened).isEqualTo(written);
        }
    }

    private static void accept(Path source, String happened) throws IOException {
        Files.writeString(source, happened, StandardCharsets.UTF_8);
    }

    private static String run(String name, String script) {
        StringWriter happened = new StringWriter();
        Quidem.Config config = Quidem.configBuilder()
                .withReader(new StringReader(script))
                .withWriter(happened)
                .withConnectionFactory((connection, reference) -> reference ? null : connect(name, connection))
                .build();
        new Quidem(config).execute();
        return happened.toString();
    }

    /**
     * {@code !use pair} is a pair of this story's own, {@code !use upgraded} its second store alone; what follows a
     * question mark are options of the URL.
     */
    private static Connection connect(String story, String connection) throws Exception {
        String[] parts = connection.split("\\?", 2);
        String active = "(h2:1.4.200@jdbc:h2:mem:" + story + ";DB_CLOSE_DELAY=-1)";
        String upgraded = "(h2:2.5.252@jdbc:h2:mem:" + story + ";DB_CLOSE_DELAY=-1;MODE=LEGACY)";
        String stores = parts[0].equals("pair") ? active + "," + upgraded : upgraded;
        String url = "jdbc:baton:failover:" + stores + "?engines=" + System.getProperty("baton.engines")
                + (parts.length == 1 ? "" : "&" + parts[1]);
        return Masks.over(DriverManager.getConnection(url, "sa", ""));
    }
}
