package org.batonjdbc.shell.completion;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.batonjdbc.driver.upgrade.VerbPage;
import org.batonjdbc.shell.command.Command;
import org.batonjdbc.shell.output.Format;
import org.batonjdbc.shell.session.Setting;

/** What could stand in a backslash command: its name, and what it takes. */
final class CommandSuggestions {
    private static final int MOST_FILES = 200;
    private static final List<Suggestion> URLS = List.of(
            new Suggestion("jdbc:baton:failover:(", "a pair of stores", true),
            new Suggestion("jdbc:baton:attach:", "a pair in another process, by its id", true),
            new Suggestion("jdbc:h2:", "H2", true),
            new Suggestion("jdbc:hsqldb:", "HSQLDB", true),
            new Suggestion("jdbc:postgresql://", "PostgreSQL", true),
            new Suggestion("jdbc:mariadb://", "MariaDB", true));

    private final Catalog catalog;
    private final List<Command> commands;
    private final Collection<String> variables;

    CommandSuggestions(Catalog catalog, List<Command> commands, Collection<String> variables) {
        this.catalog = catalog;
        this.commands = commands;
        this.variables = variables;
    }

    /** Behind what stands before the word; nothing does where the word is the command itself. */
    List<Suggestion> at(String before, String typed) {
        if (before.isEmpty()) {
            return names();
        }
        String[] words = before.split("\\s+", -1);
        String last = words[words.length - 1].toLowerCase(Locale.ROOT);
        boolean isFirst = words.length == 1;
        return switch (shortName(words[0].substring(1))) {
            case "d" -> isFirst ? SqlSuggestions.tables(catalog) : List.of();
            case "i", "o" -> isFirst ? files(typed) : List.of();
            case "c" -> isFirst ? connections() : List.of();
            case "x" -> isFirst ? choices(Setting.EXPANDED) : List.of();
            case "timing" -> isFirst ? choices(Setting.TIMING) : List.of();
            case "format" -> isFirst ? formats() : List.of();
            case "pset" ->
                isFirst
                        ? settings()
                        : Setting.named(last).map(CommandSuggestions::choices).orElse(List.of());
            case "set" ->
                isFirst
                        ? settingsAndVariables()
                        : Setting.named(last).map(CommandSuggestions::choices).orElse(List.of());
            case "unset" -> isFirst ? variables() : List.of();
            case "watch" -> last.equals("until") ? phases() : List.of(Suggestion.of("until", "a phase"));
            case "h" -> verbs(isFirst, last);
            case "expect" -> isFirst ? List.of(Suggestion.of("no", "none of the values may occur")) : List.of();
            default -> List.of();
        };
    }

    private List<Suggestion> names() {
        List<Suggestion> names = new ArrayList<>();
        for (Command command : commands) {
            command.names().forEach(name -> names.add(Suggestion.of("\\" + name, command.meaning())));
        }
        return names;
    }

    private String shortName(String written) {
        return commands.stream()
                .filter(command -> command.names().contains(written))
                .map(command -> command.names().get(0))
                .findFirst()
                .orElse("");
    }

    private static List<Suggestion> choices(Setting setting) {
        return setting.choices().stream()
                .map(choice -> Suggestion.of(choice, ""))
                .toList();
    }

    private static List<Suggestion> formats() {
        return Arrays.stream(Format.values())
                .map(format -> Suggestion.of(format.toString(), format.meaning()))
                .toList();
    }

    private static List<Suggestion> settings() {
        return Arrays.stream(Setting.values())
                .map(setting -> Suggestion.of(setting.key(), setting.meaning()))
                .toList();
    }

    private List<Suggestion> variables() {
        return variables.stream()
                .sorted()
                .map(name -> Suggestion.of(name, "variable"))
                .toList();
    }

    private List<Suggestion> settingsAndVariables() {
        List<Suggestion> all = new ArrayList<>(settings());
        all.addAll(variables());
        return all;
    }

    private static List<Suggestion> phases() {
        return VerbPage.phases().stream()
                .map(phase -> Suggestion.of(phase, "phase"))
                .toList();
    }

    private static List<Suggestion> verbs(boolean isFirst, String last) {
        if (isFirst) {
            List<Suggestion> words = new ArrayList<>(UpgradeSuggestions.verbs());
            words.add(Suggestion.of("UPGRADE", "the UPGRADE statements"));
            return words;
        }
        return last.equals("upgrade") ? UpgradeSuggestions.verbs() : List.of();
    }

    private List<Suggestion> connections() {
        List<Suggestion> connections = new ArrayList<>();
        catalog.profiles().forEach(name -> connections.add(Suggestion.of(name, "profile")));
        connections.addAll(URLS);
        return connections;
    }

    /** Those in the directory that is typed; a directory goes on. Hidden ones only for who has typed their dot. */
    private static List<Suggestion> files(String typed) {
        List<Suggestion> files = new ArrayList<>();
        String directory = typed.substring(0, typed.lastIndexOf('/') + 1);
        String name = typed.substring(directory.length());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory.isEmpty() ? "." : directory))) {
            for (Path entry : entries) {
                String file = entry.getFileName().toString();
                if (file.startsWith(name) && (!file.startsWith(".") || name.startsWith("."))) {
                    boolean isDirectory = Files.isDirectory(entry);
                    files.add(new Suggestion(
                            directory + file + (isDirectory ? "/" : ""),
                            isDirectory ? "directory" : "file",
                            isDirectory));
                }
                if (files.size() == MOST_FILES) {
                    break;
                }
            }
        } catch (IOException | InvalidPathException e) {
            return List.of(); // no such directory: then nothing of it can be offered
        }
        files.sort(Comparator.comparing(Suggestion::value));
        return files;
    }
}
