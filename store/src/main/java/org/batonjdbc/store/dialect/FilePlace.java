package org.batonjdbc.store.dialect;

import java.io.IOException;
import java.nio.file.Path;

/** Where a store's file is, or will be, whatever dots and links the path that a URL names leads through. */
public final class FilePlace {
    private FilePlace() {}

    /** The one path of that file; {@code ~/} is the user's home. */
    public static String of(String path) {
        Path whole = Path.of(path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path)
                .toAbsolutePath()
                .normalize();
        for (Path there = whole; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(whole)).toString();
            } catch (IOException e) {
                // It is not there yet, and what is not there is no link: its directory tells.
            }
        }
        return whole.toString();
    }
}
