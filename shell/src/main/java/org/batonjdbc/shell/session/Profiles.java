package org.batonjdbc.shell.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.batonjdbc.driver.option.Names;

/**
 * The file of named connections: for each name in brackets, lines such as {@code url = ...}. One that holds a password is
 * refused unless only its owner may read it.
 */
public final class Profiles {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path file;
    private final Map<String, Map<String, String>> profiles;

    private Profiles(Path file, Map<String, Map<String, String>> profiles) {
        this.file = file;
        this.profiles = profiles;
    }

    /**
     * One named connection.
     *
     * @param url never null
     * @param user null if it names none
     * @param password null if it holds none
     * @param settings settings that it changes
     */
    public record Profile(String url, String user, String password, Map<Setting, String> settings) {
        /** Its user with its password; where it names no user, the other one, with the other's password if it has none. */
        public Login login(Login other) {
            return user == null
                    ? new Login(other.user(), password == null ? other.password() : password)
                    : new Login(user, password);
        }

        @Override
        public String toString() {
            return "profile of " + Secrets.redactUrl(url);
        }
    }

    /** Reads the file; without one there are no profiles. */
    public static Profiles read(Path file) throws ShellException {
        Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
        if (Files.exists(file)) {
            try {
                parse(file, Files.readAllLines(file, StandardCharsets.UTF_8), profiles);
                if (profiles.values().stream().anyMatch(Profiles::holdsPassword)) {
                    refuseUnlessPrivate(file);
                }
            } catch (IOException e) {
                throw new ShellException("cannot read " + file + ": " + e, e);
            }
        }
        return new Profiles(file, profiles);
    }

    private static void parse(Path file, List<String> lines, Map<String, Map<String, String>> profiles)
            throws ShellException {
        Map<String, String> current = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                current = profiles.computeIfAbsent(
                        line.substring(1, line.length() - 1).strip(), name -> new LinkedHashMap<>());
            } else if (current == null || equals < 1) {
                // the line itself is not shown, it may hold a password
                throw new ShellException(file + ":" + (i + 1) + ": expected [name], or name = value below one");
            } else {
                current.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
    }

    private static boolean holdsPassword(Map<String, String> profile) {
        return profile.containsKey("password") || Secrets.mayBeIn(profile.getOrDefault("url", ""));
    }

    private static void refuseUnlessPrivate(Path file) throws IOException, ShellException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // nothing that could be asked
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        if (!OWNERS.containsAll(rights)) {
            throw new ShellException(file + " holds a password and may be read by others: chmod 600 " + file);
        }
    }

    /** The names of all profiles. */
    public Set<String> names() {
        return profiles.keySet();
    }

    /** A profile by its name. */
    public Profile named(String name) throws ShellException {
        Map<String, String> values = profiles.get(name);
        if (values == null) {
            throw new ShellException(
                    "'" + name + "' is neither a JDBC URL, which begins with jdbc:, nor a profile in " + file
                            + ";"
                            + Names.nearest(name, names())
                                    .map(near -> " did you mean " + near + "?")
                                    .orElse(
                                            names().isEmpty()
                                                    ? " there are none"
                                                    : " there are " + String.join(", ", names())));
        }
        Map<Setting, String> settings = new LinkedHashMap<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (!Set.of("url", "user", "password").contains(value.getKey())) {
                settings.put(
                        Setting.named(value.getKey())
                                .orElseThrow(() -> new ShellException("profile " + name + " in " + file + ": '"
                                        + value.getKey() + "' is neither url, user, password nor a setting")),
                        value.getValue());
            }
        }
        if (!values.containsKey("url")) {
            throw new ShellException("profile " + name + " in " + file + " has no url");
        }
        return new Profile(values.get("url"), values.get("user"), values.get("password"), settings);
    }
}
