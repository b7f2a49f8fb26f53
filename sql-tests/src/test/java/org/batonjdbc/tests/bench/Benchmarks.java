package org.batonjdbc.tests.bench;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks of this package with JMH; takes JMH's own arguments, such as the name of a benchmark or {@code -f 3}.
 * Without {@code -f}, {@code -wi}, {@code -i}, {@code -w} and {@code -r} each is as short as its class says.
 */
public final class Benchmarks {
    private Benchmarks() {}

    /** Prints a table of JMH's, with allocation beside time. */
    public static void main(String[] arguments) throws Exception {
        CommandLineOptions asked = new CommandLineOptions(arguments);
        Options options = new OptionsBuilder()
                .parent(asked)
                .include(
                        asked.getIncludes().isEmpty()
                                ? "org.batonjdbc.tests.bench."
                                : asked.getIncludes().get(0))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                        "-Xmx3g",
                        "-Dbaton.engines=" + System.getProperty("baton.engines"),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
                .build();
        new Runner(options).run();
    }
}
