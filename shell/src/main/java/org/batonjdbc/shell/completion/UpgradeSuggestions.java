package org.batonjdbc.shell.completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.batonjdbc.driver.upgrade.VerbOption;
import org.batonjdbc.driver.upgrade.VerbPage;

/** What could stand in an UPGRADE statement: verbs, their words, phases, options and their values. */
final class UpgradeSuggestions {
    private final Catalog catalog;

    UpgradeSuggestions(Catalog catalog) {
        this.catalog = catalog;
    }

    List<Suggestion> at(CurrentStatement statement) {
        if (statement.size() == 1) {
            return verbs();
        }
        Optional<VerbPage> page = VerbPage.named(statement.word(1));
        if (page.isEmpty()) {
            return List.of();
        }
        if (statement.openBracket() >= 0) {
            return option(page.get(), statement);
        }
        return switch (statement.back(1)) {
            case "FOR" ->
                VerbPage.phases().stream()
                        .map(phase -> Suggestion.of(phase, "phase"))
                        .toList();
            case "TABLE", "," -> SqlSuggestions.tables(catalog);
            case "DRY" -> List.of(Suggestion.of("RUN", ""));
            case "WITH" -> List.of(new Suggestion("(", "", true));
            case "TO" -> List.of();
            default -> next(page.get(), statement);
        };
    }

    static List<Suggestion> verbs() {
        return Arrays.stream(VerbPage.values())
                .map(page -> Suggestion.of(page.name(), page.meaning()))
                .toList();
    }

    /** The words that the page's usage has and the statement has not yet. */
    private static List<Suggestion> next(VerbPage page, CurrentStatement statement) {
        List<Suggestion> words = new ArrayList<>();
        boolean isFirst = statement.size() == 2;
        String usage = page.usage();
        if (isFirst && usage.contains(" FOR ")) {
            return List.of(Suggestion.of("FOR", "a phase"));
        }
        if (isFirst && usage.contains("[TO ")) {
            words.add(Suggestion.of("TO", "the store to upgrade to"));
        }
        if (isFirst && usage.contains("[TABLE ")) {
            words.add(Suggestion.of("TABLE", "only some tables"));
        }
        if (isFirst && usage.contains("[DRY RUN]")) {
            words.add(Suggestion.of("DRY", "say only what would happen"));
        }
        if (!page.options().isEmpty() && statement.lastOf(Set.of("WITH")).isEmpty()) {
            words.add(Suggestion.of("WITH", "options"));
        }
        return words;
    }

    private static List<Suggestion> option(VerbPage page, CurrentStatement statement) {
        String before = statement.back(1);
        if (before.equals("(") || before.equals(",")) {
            return page.options().stream()
                    .map(option -> Suggestion.of(option.key(), option.meaning()))
                    .toList();
        }
        if (before.equals("=")) {
            return page.options().stream()
                    .filter(option -> option.key().equalsIgnoreCase(statement.back(2)))
                    .flatMap(option -> values(option).stream())
                    .toList();
        }
        return List.of();
    }

    private static List<Suggestion> values(VerbOption option) {
        return option.choices().stream()
                .map(choice -> Suggestion.of(choice, ""))
                .toList();
    }
}
