package org.batonjdbc.shell.terminal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.batonjdbc.shell.session.Secrets;
import org.jline.reader.impl.history.DefaultHistory;

/** A history that only its owner may read, and that does not keep what may carry a password. */
final class DiscreetHistory extends DefaultHistory {
    @Override
    public void add(Instant time, String line) {
        if (!Secrets.mayBeIn(line)) {
            super.add(time, line);
        }
    }

    /** Creates the file and its directory for the owner alone, if they are not there. */
    static void prepare(Path file) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            create(
                    file,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } else if (Files.notExists(file)) {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    private static void create(Path file, FileAttribute<?> directoryRights, FileAttribute<?> fileRights)
            throws IOException {
        Files.createDirectories(file.getParent(), directoryRights);
        try {
            Files.createFile(file, fileRights);
        } catch (FileAlreadyExistsException e) {
            return; // made by an earlier run, or by another shell this very moment
        }
    }
}
