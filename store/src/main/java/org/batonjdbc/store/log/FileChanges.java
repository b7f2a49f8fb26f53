package org.batonjdbc.store.log;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import org.batonjdbc.store.SqlState;
import org.batonjdbc.store.catalog.Catalog;

/** Changes of a large transaction, in a temporary file and in the form in which a log stores them. */
final class FileChanges implements Changes {
    private final TemporaryFile file;
    private final ChangeCodec codec;
    private final ChangeCodec.Writer writer;
    private int count;

    /** No changes yet, to tables of this catalog. */
    FileChanges(Catalog catalog) throws IOException {
        this.file = TemporaryFile.create();
        this.codec = new ChangeCodec(catalog);
        this.writer = new ChangeCodec.Writer(new DataOutputStream(file));
    }

    void add(Change change) throws IOException {
        writer.write(change);
        count++;
    }

    /** All of them as bytes. */
    InputStream in() throws IOException {
        return file.in(0);
    }

    long bytes() {
        return file.length();
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean isLarge() {
        return true;
    }

    @Override
    public void each(Taker taker) throws SQLException {
        try (DataInputStream in = new DataInputStream(in())) {
            codec.readAll(in, taker);
        } catch (IOException e) {
            throw SqlState.REFUSED.error("the changes of a large transaction cannot be read from disk", e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
